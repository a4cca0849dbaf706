"""Find the sites that would still be legal as a loop, by a type checker that has each project installed.

Run as `python -m tests.benchmarks.truth --tools /path/to/environment/bin --only trio`. repairbot has no part in it.
The result is kept in legal.json, because it changes only with the pins. Installing runs no code of the projects: only
wheels are taken. Rows that a person found by reading, with the definition named, are kept.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .checkers import PYTHON_VERSION, import_roots, place
from .correctness import LEGAL
from .planting import KEYWORDS, Site
from .programs import run
from .sdists import BenchmarkError, Sdist, default_cache, pinned, tool_version, unpacked
from .trees import Field, by_path, put_back, surveyed, working_copy

READ = "read"
METHOD = re.compile(r"\b__aiter__\b")


@dataclass(frozen=True, slots=True)
class Truth:
    """The sites whose object has `__aiter__` by a type the checker knows, and those it knows nothing about."""

    legal: dict[Site, str]
    unknown: dict[Site, str]


def environment(sdist: Sdist, cache: Path, uv: str) -> Path:
    """The project with what it needs, installed from wheels."""
    folder = cache / "installed" / sdist.folder
    if not (folder / "pyvenv.cfg").is_file():
        subprocess.run([uv, "venv", "-q", "--python", PYTHON_VERSION, folder], check=True)
        command: list[str | Path] = [
            uv,
            "pip",
            "install",
            "-q",
            "--python",
            folder,
            "--only-binary",
            ":all:",
            *sdist.installed,
        ]
        subprocess.run(command, check=True)
    return folder


def judged(field: Field, copy: Path, ty: Path, installed: Path) -> Truth:
    answers = probed(field, copy, ty, installed)
    truth = Truth({}, {})
    for site in field.sites:
        if answers.of(site, "missing-attribute", "unresolved-attribute"):
            continue
        revealed = answers.of(site, "revealed-type")
        known = any(METHOD.search(text) for text in revealed) and not answers.of(site, "possibly-missing-attribute")
        kinds = [text for text in revealed if not METHOD.search(text)]
        (truth.legal if known else truth.unknown)[site] = kinds[-1] if kinds else "Unknown"
    return truth


class Answers:
    """Diagnostics by the site whose question they answer."""

    def __init__(self, diagnostics: Iterable[dict[str, Any]], lines: Mapping[Site, range]) -> None:
        self.lines = lines
        self.rows: defaultdict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for row in diagnostics:
            self.rows[place(row)].append(row)

    def of(self, site: Site, *names: str) -> list[str]:
        """What these diagnostics quote about the site."""
        here = (row for line in self.lines[site] for row in self.rows.get((site.path, line), ()))
        found = [row for row in here if row["check_name"] in names]
        if names != ("revealed-type",):
            found = [row for row in found if "__aiter__" in row["description"]]
        return [row["description"].partition("`")[2].rpartition("`")[0] for row in found]


def probed(field: Field, copy: Path, ty: Path, installed: Path) -> Answers:
    """What the checker says of the tree when it is asked for each entered object's `__aiter__` and type."""
    lines: dict[Site, range] = {}
    for path, sites in by_path(field.sites).items():
        content, moved = asking((field.tree / path).read_bytes(), sites)
        (copy / path).write_bytes(content)
        lines |= moved
    answers = Answers(diagnostics(ty, copy, installed), lines)
    put_back(field, copy)
    return answers


def asking(source: bytes, sites: Sequence[Site]) -> tuple[bytes, dict[Site, range]]:
    """The questions, and the lines each now takes; the target keeps its type, because the tuple gives the object."""
    parts: list[bytes] = []
    lines: dict[Site, range] = {}
    position = added = 0
    for site in sites:
        entered = site.planted[site.planted.index(b" in ") + len(b" in ") :]
        question = b"(reveal_type((" + entered + b").__aiter__), reveal_type(" + entered + b"))[1]"
        target = site.original[len(KEYWORDS) + len(entered) :]
        parts += [source[position : site.start], KEYWORDS, question, target]
        position = site.start + len(site.original)
        begin = site.line + added
        added += entered.count(b"\n")
        lines[site] = range(begin, site.end_line + added + 1)
    return b"".join([*parts, source[position:]]), lines


def diagnostics(ty: Path, tree: Path, installed: Path) -> list[dict[str, Any]]:
    command: list[str | Path] = [ty, "check", "--python", installed, "--python-version", PYTHON_VERSION]
    neutral = installed / "ty.toml"
    neutral.write_text("")
    roots = [f"--extra-search-path={root}" for root in import_roots(tree)]
    command += ["--python-platform", "all", "--config-file", neutral, "--output-format", "gitlab", "--exit-zero"]
    output, _ = run([*command, *roots, "."], tree)
    rows: list[dict[str, Any]] = json.loads(output)
    return rows


def rows(sites: Mapping[Site, str], by: str) -> list[dict[str, Any]]:
    ordered = sorted(sites.items(), key=order)
    return [{"path": site.path, "line": site.line, "type": kind, "by": by} for site, kind in ordered]


def order(item: tuple[Site, str]) -> tuple[str, int]:
    return item[0].path, item[0].line


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.truth", description=__doc__)
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("--tools", type=Path, required=True, help="the folder that holds ty, unearth and uv")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--unknown", type=Path, help="write what the checker knows nothing about here, to be read")
    options = parser.parse_args(argv)
    options.cache, options.tools = options.cache.resolve(), options.tools.resolve()
    document = json.loads(LEGAL.read_text("utf-8"))
    by = f"ty {tool_version(str(options.tools / 'ty'))}"
    unknown: dict[str, Any] = {}
    for sdist in pinned("correctness"):
        if options.only and sdist.name not in options.only:
            continue
        field = surveyed(unpacked(sdist, options.cache, str(options.tools / "unearth")))
        copy = working_copy(field.tree, options.cache)
        installed = environment(sdist, options.cache, str(options.tools / "uv"))
        truth = judged(field, copy, options.tools / "ty", installed)
        kept = [row for row in document["projects"].get(sdist.name, []) if row["by"] == READ]
        document["projects"][sdist.name] = rows(truth.legal, by) + kept
        unknown[sdist.name] = rows(truth.unknown, by)
        counts = f"{len(field.sites)} sites, {len(truth.legal)} legal, {len(truth.unknown)} unknown"
        sys.stderr.write(f"{sdist.name}: {counts}\n")
        LEGAL.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
        if options.unknown:
            options.unknown.write_text(json.dumps(unknown, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchmarkError as error:
        sys.exit(f"error: {error}")
