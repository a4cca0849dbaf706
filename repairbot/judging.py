"""The judge ladder that rules share: every object at a site lacks the construct's protocol, or this cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from repairbot.constructs import Construct
from repairbot.protocols.descriptions import described
from repairbot.protocols.values import Known, Nothing, Unknown, Value, alternatives
from repairbot.rule import Ask, Doubt, Fault, Fine, Judge, Site, Verdict

Objects = Sequence[Known | Unknown]
IsMeant = Callable[[Objects, Ask], bool]


def lacking(construct: Construct, kind: str, is_meant: IsMeant, offers: Construct | None = None) -> Judge:
    """Return a judge that finds a fault where all objects lack the protocol and `is_meant` by the rule.

    `kind` is what the rule calls such an object, with its article; `offers` is the construct it is made for.
    """
    needed, verb = construct.facts.needs[0], construct.facts.does

    def judge(site: Site, value: Value, ask: Ask) -> Verdict:
        found = [one for one in alternatives(value) if not isinstance(one, Nothing)]
        if not found:
            return Fine(f"`None` is not {kind}; {site.rule} does not cover this mistake", value.evidence)
        answers = [ask.has(one, needed) for one in found]
        for one, answer in zip(found, answers, strict=True):
            if answer is None:
                unknown = ask.why_unknown(one)
                return Doubt(unknown.reason, unknown.evidence)
        listed = " or ".join(dict.fromkeys(described(one) for one in found))
        if all(answers):
            return Fine(f"{listed} can be {verb} with `{construct}`", value.evidence)
        if any(answers):
            return Doubt(f"it may be {listed}, and not all of these lack `{needed}`", value.evidence)
        if not is_meant(found, ask):
            return Fine(f"{listed} is not {kind}; {site.rule} does not cover this mistake", value.evidence)
        text = f"`{construct}` needs an object with `{needed}`, but this is {listed}, {kind}"
        return Fault(site, text, value, value.evidence, offers)

    return judge
