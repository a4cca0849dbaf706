"""`python -m repairbot.stubs.generate [PACKAGE…] [--check] [--wheels DIR]`: write the shipped stubs, or compare."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from repairbot.errors import RepairbotError, UsageError
from repairbot.stubs.generate.building import build
from repairbot.stubs.generate.pins import read_pins

STUBS = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m repairbot.stubs.generate", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="import name; all pinned packages when left out")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a shipped stub would change")
    parser.add_argument("--wheels", type=Path, metavar="DIR", help="keep and reuse downloads here")
    parser.add_argument("--output", type=Path, default=STUBS, metavar="DIR", help="where the stubs are")
    parser.add_argument("--verbose", "-v", action="store_true", help="list the decorators that nothing is known about")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            return _run(
                options.packages, options.wheels or Path(scratch), options.output, options.check, options.verbose
            )
    except RepairbotError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code


def _run(packages: list[str], wheels: Path, output: Path, check: bool, verbose: bool) -> int:
    pins = read_pins()
    unknown = sorted(set(packages) - set(pins.packages))
    if unknown:
        message = f"no pin for {', '.join(unknown)}; add one to pins.toml, or choose from {', '.join(pins.packages)}"
        raise UsageError(message)
    status = 0
    for name, pin in pins.packages.items():  # in the file's order: a package comes after those it needs
        if packages and name not in packages:
            continue
        built = build(pin, pins, wheels, output)
        files = built.files
        stale = sorted(_differences(output / name, files))
        if check and stale:
            status = 1
            print(f"{name}: differs from what the pins give: {', '.join(stale)}")
        elif not check:
            _write(output / name, files)
            print(f"{name}: {len(files) - 1} modules, {len(stale)} files changed")
            if verbose and built.unknown_decorators:
                print(f"  what they decorate is left unknown: {', '.join(built.unknown_decorators)}")
    return status


def _differences(folder: Path, files: dict[str, str]) -> Iterator[str]:
    for path in _shipped(folder) | files.keys():
        file = folder / path
        if path not in files or not file.is_file() or file.read_text() != files[path]:
            yield path


def _shipped(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix in (".pyi", ".toml")}


def _write(folder: Path, files: dict[str, str]) -> None:
    for path in _shipped(folder) - files.keys():
        (folder / path).unlink()
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


if __name__ == "__main__":
    raise SystemExit(main())
