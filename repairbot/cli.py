"""argv → a command → the exit code. The program's outermost boundary: here every error becomes a message."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence

from repairbot.commands.arguments import Arguments, parse
from repairbot.commands.output import say, write
from repairbot.errors import RepairbotError

INTERNAL_ERROR = 3
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    # Syntax trees are large, are kept to the end and hold no garbage: looking for some took half of a scan's time.
    gc.disable()
    return guarded(lambda: run_command(parse(sys.argv[1:] if argv is None else argv)))


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


def run_command(arguments: Arguments) -> int:
    """Each command is imported when it is asked for: a scan need not wait for what only `fix` uses."""
    match arguments.command:
        case "scan":
            from repairbot.commands.scan import scan

            return scan(arguments)
        case "fix":
            from repairbot.commands.fix import fix

            return fix(arguments)
        case "run":
            from repairbot.commands.run import run

            return run(arguments)
        case "demo":
            from repairbot.commands.demo import demo

            return demo(arguments)
        case "explain":
            from repairbot.commands.explain import explain

            return explain(arguments)
        case "publish":
            from repairbot.commands.publish import publish

            return publish(arguments)
        case "report":
            from repairbot.commands.report import report

            return report(arguments)
        case "rules":
            from repairbot.commands.rules import rules

            return rules(arguments)
        case _:
            from repairbot.commands.version import version

            write(f"repairbot {version()}\n")
            return 0


def _say_crash() -> None:
    import traceback

    from repairbot.commands.crash import say_crash

    say_crash("", traceback.format_exc())
