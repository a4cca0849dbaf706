"""The body of a pull request: our part between markers, what people wrote around it, and the ledger at the end."""

from __future__ import annotations

from dataclasses import dataclass

from repairbot.publish import ledger as ledgers
from repairbot.publish.ledger import Ledger

LARGEST = 65_536  # characters that GitHub takes
BEGIN = "<!-- repairbot:begin -->"
END = "<!-- repairbot:end -->"
_MARK = "<!-- repairbot:"


@dataclass(frozen=True, slots=True)
class Around:
    """What people wrote before and after our part."""

    before: str = ""
    after: str = ""


def around(body: str) -> Around:
    """Everything that is not ours. Where a marker is gone nobody can tell, so all of the text is kept."""
    text = ledgers.without(body.replace("\r\n", "\n").replace("\r", "\n"))
    start = text.rfind(BEGIN)
    stop = text.find(END, start)
    if start < 0 or stop < 0:
        return Around(text.replace(BEGIN, "").replace(END, "").strip("\n"), "")
    return Around(text[:start].strip("\n"), text[stop + len(END) :].strip("\n"))


def assembled(ours: str, ledger: Ledger, kept: Around, shorter: str) -> str:
    """The whole body; `shorter` takes the place of our part where GitHub would not take it all."""
    body = _joined(ours, ledger, kept)
    return body if len(body) <= LARGEST else _joined(shorter, ledger, kept)


def with_ledger(body: str, ledger: Ledger) -> str:
    """The same body with another ledger."""
    return f"{ledgers.without(body).rstrip()}\n\n{ledgers.written(ledger)}\n"


def _joined(ours: str, ledger: Ledger, kept: Around) -> str:
    # Text of the target could otherwise end our part where it likes.
    harmless = ours.replace(_MARK, "<!- - repairbot:").strip("\n")
    parts = (kept.before, f"{BEGIN}\n{harmless}\n{END}", kept.after, ledgers.written(ledger))
    return "\n\n".join(part for part in parts if part) + "\n"
