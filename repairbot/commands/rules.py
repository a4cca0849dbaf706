"""`repairbot rules`: what can be found."""

from __future__ import annotations

from repairbot.commands.arguments import Arguments
from repairbot.commands.output import write
from repairbot.config.load import from_flags
from repairbot.rules.registry import all_rules
from repairbot.scan.selection import chosen


def rules(arguments: Arguments) -> int:
    """List what the flags select. Files are not read: who mistyped a rule in one comes here for help."""
    listed = chosen(from_flags(arguments.flags), all_rules())
    widest = max(len(rule.slug) for rule in listed)
    write("".join(f"{rule.code}  {rule.slug:<{widest}}  {rule.summary}\n" for rule in listed))
    return 0
