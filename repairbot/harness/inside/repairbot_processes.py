"""Notes that a test starts a Python which cannot be watched: it gets other variables, or is told to ignore them."""

from __future__ import annotations

import os
import sys
from typing import Any, Callable

# Where an event of Python's audit has the words of the command, and the environment.
ARGUMENTS = {"subprocess.Popen": 1, "os.posix_spawn": 1, "os.exec": 1}
ENVIRONMENT = {"subprocess.Popen": 3, "os.posix_spawn": 2, "os.exec": 2}
NEEDED = "REPAIRBOT_LINES_OUT"


def listen(note: Callable[[], None]) -> None:
    """`note` is called for each such process."""

    def heard(event: str, details: tuple[Any, ...]) -> None:
        if event in ARGUMENTS and unwatched(details[ARGUMENTS[event]], details[ENVIRONMENT[event]]):
            note()

    sys.addaudithook(heard)


def unwatched(words: Any, environment: Any) -> bool:
    said = [text(word) for word in words] if isinstance(words, (list, tuple)) else [text(words)]
    if not said or not os.path.basename(said[0]).startswith(("python", "pypy")):
        return False
    if environment is not None and NEEDED not in {text(name) for name in environment}:
        return True
    return any(ignores(word) for word in options(said))


def options(words: list[str]) -> list[str]:
    """The interpreter's own: those before the program."""
    found = []
    for word in words[1:]:
        if not word.startswith("-") or word in ("-c", "-m", "-"):
            break
        found.append(word)
    return found


def ignores(option: str) -> bool:
    return not option.startswith("--") and any(letter in option.partition("c")[0] for letter in "IES")


def text(value: Any) -> str:
    return os.fsdecode(value) if isinstance(value, (str, bytes)) else str(type(value))
