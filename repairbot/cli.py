"""argv → a command → the exit code. The program's outermost boundary: here every error becomes a message."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence

from repairbot.commands.arguments import Call, parse
from repairbot.commands.output import say
from repairbot.errors import RepairbotError

INTERNAL_ERROR = 3
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    # Syntax trees are large, are kept to the end and hold no garbage: looking for some took half of a scan's time.
    gc.disable()
    return guarded(lambda: run(parse(sys.argv[1:] if argv is None else argv)))


def guarded(work: Callable[[], int], tell: Callable[[str], None] = say) -> int:
    """The exit code of the whole program; `tell` is where an error is told."""
    try:
        return work()
    except RepairbotError as error:
        tell(f"repairbot: error: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        tell("repairbot: interrupted")
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - the outermost boundary
        _say_crash()
        return INTERNAL_ERROR


def run(call: Call) -> int:
    """Do what was asked, and give the exit code."""
    return call.command.run(call.options)


def _say_crash() -> None:
    import traceback

    from repairbot.commands.crash import say_crash

    say_crash("", traceback.format_exc())
