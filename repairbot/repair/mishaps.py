"""One fix that a mistake of ours stops must not take the others with it: it is refused, and the mistake is kept."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import TypeVar

from repairbot.errors import RepairbotError
from repairbot.rule import Refusal
from repairbot.source.stack import FOR_A_FILE, room

T = TypeVar("T")


class Mishaps:
    """What went wrong in the work on fixes: `tracebacks` by the path of the file that was worked on."""

    def __init__(self) -> None:
        self.tracebacks: dict[str, str] = {}

    def kept(self, path: str, work: Callable[[], T]) -> T | Refusal:
        """Return what the work gives, or a refusal where it fails for a reason that it did not foresee."""
        try:
            with room(FOR_A_FILE):
                return work()
        except RepairbotError:  # what it says holds for the whole run
            raise
        except RecursionError:
            return Refusal("the code around it nests too deeply for a fix")
        except MemoryError:
            return Refusal("a fix takes more memory than there is")
        except Exception:  # noqa: BLE001 - a boundary of the program: a fix that crashes us must not end the scan
            self.tracebacks.setdefault(path, traceback.format_exc())
            return Refusal("a mistake of ours stopped the work on a fix; please report it")
