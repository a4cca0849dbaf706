"""What `scan`, `fix` and `explain` begin with: arguments and configuration become a report."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from repairbot.commands.parser import Options
from repairbot.commands.progress import progress
from repairbot.config.load import Config, load
from repairbot.render.report import Report
from repairbot.render.terminal.preview import LinesOf
from repairbot.rule import Rule
from repairbot.rules.registry import all_rules
from repairbot.scan.ignores import Ignore, IgnoresOf, Sifted, ignores, sift
from repairbot.scan.pipeline import Derivation, Settings, derive
from repairbot.scan.selection import chosen
from repairbot.source.files import Unparsed
from repairbot.source.parsing import decode
from repairbot.source.paths import read_file, root_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What to scan and how."""

    config: Config
    settings: Settings
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What the scan came to, before and after ignore comments."""

    config: Config
    derivation: Derivation
    sifted: Sifted
    report: Report


def plan(options: Options, paths: tuple[Path, ...]) -> Plan:
    """Raises UsageError: a path that does not exist, a wrong configuration, an unknown rule."""
    root = root_of(paths)
    config = load(root, options.config, options.flags, os.environ)
    rules = chosen(config, all_rules())
    codes = tuple(rule.code for rule in rules)
    return Plan(config, Settings(paths, root, codes, config.exclude, config.env, config.jobs), rules)


def survey(options: Options, paths: tuple[Path, ...]) -> Survey:
    """Scan some paths, the current directory when there are none. Raises UsageError as `plan` does."""
    planned = plan(options, paths or (Path(),))
    with progress(quiet=options.verbosity < 0) as tick:
        derivation = derive(planned.settings, tick)
    sifted = sift(
        derivation.findings,
        derivation.undecided,
        derivation.marked,
        ignores_in(derivation.root),
        planned.rules,
        all_rules(),
    )
    report = replace(
        report_of(derivation), findings=sifted.kept, unused_ignores=sifted.unused, ignored=len(sifted.ignored)
    )
    return Survey(planned.config, derivation, sifted, report)


def report_of(derivation: Derivation) -> Report:
    """Everything that was found, whatever comments say."""
    stats = derivation.stats
    return Report(
        root=derivation.root,
        findings=derivation.findings,
        undecided=derivation.undecided,
        skipped=derivation.skipped,
        unused_ignores=(),
        ignored=0,
        files=stats.files,
        candidates=stats.candidates,
        seconds=stats.seconds,
    )


def text_in(root: Path, path: str) -> str:
    """A file of the target as Python decodes it; empty when it cannot be read any more."""
    try:
        return decode(path, read_file(str(root / path)))
    except (OSError, Unparsed):
        return ""


def lines_in(root: Path) -> LinesOf:
    """How to get at the physical lines of the target's files."""

    @cache
    def lines_of(path: str) -> list[str]:
        return [line + "\n" for line in text_in(root, path).replace("\r\n", "\n").replace("\r", "\n").split("\n")]

    return lines_of


def ignores_in(root: Path) -> IgnoresOf:
    """How to get at the ignore comments of the target's files."""

    @cache
    def ignores_of(path: str) -> tuple[Ignore, ...]:
        return ignores(text_in(root, path))

    return ignores_of
