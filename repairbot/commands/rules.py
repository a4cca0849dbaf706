"""`repairbot rules`: what can be found."""

from __future__ import annotations

from dataclasses import dataclass

from repairbot.commands.output import write
from repairbot.commands.parser import Command, Options, Parser, add_common
from repairbot.config.load import from_flags
from repairbot.rules.registry import all_rules
from repairbot.scan.selection import chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesOptions(Options):
    """What `rules` is asked."""


_DESCRIPTION = "Lists the rules: code, slug and what each looks for."


def parser() -> Parser:
    made = Parser(prog="repairbot rules", usage="repairbot rules [options]", description=_DESCRIPTION)
    add_common(made)
    return made


def rules(options: RulesOptions) -> int:
    """List what the flags select. Files are not read: who mistyped a rule in one comes here for help."""
    listed = chosen(from_flags(options.flags), all_rules())
    widest = max(len(rule.slug) for rule in listed)
    write("".join(f"{rule.code}  {rule.slug:<{widest}}  {rule.summary}\n" for rule in listed))
    return 0


COMMAND = Command(parser, RulesOptions, rules)
