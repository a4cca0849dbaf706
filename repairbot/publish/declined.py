"""What people have answered already: closed and merged pull requests in, the groups that may be proposed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repairbot.github.values import Pull
from repairbot.publish import ledger as ledgers
from repairbot.publish.candidate import RETRY, Candidate, CandidateGroup


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The names of the groups that nobody has answered, and what to say of the others."""

    groups: frozenset[str]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """The latest pull request that held a fingerprint, with the code at that place then; open ones are no answer."""

    pull: Pull
    code: str

    @property
    def is_no(self) -> bool:
        return self.pull.state != "open" and RETRY not in self.pull.labels


def unanswered(candidate: Candidate, pulls: Iterable[Pull]) -> Unanswered:
    """`pulls` are newest first."""
    answers: dict[str, _Answer] = {}
    unread: Pull | None = None
    for pull in pulls:
        ledger = ledgers.read(pull.body)
        if ledger is None:
            if pull.state == "closed" and RETRY not in pull.labels:
                unread = unread or pull
        elif ledger.state != "gone" or pull.state == "open":
            for mark, code in ledger.entries.items():
                answers.setdefault(mark, _Answer(pull, code))
    chosen, notes = [], []
    for group in candidate.groups:
        why = _answered(group, answers, unread)
        if why is None:
            chosen.append(group.name)
        else:
            notes.append(why)
    return Unanswered(frozenset(chosen), tuple(notes))


def _answered(group: CandidateGroup, answers: Mapping[str, _Answer], unread: Pull | None) -> str | None:
    places = ", ".join(group.places)
    for mark, code in group.entries.items():
        answer = answers.get(mark)
        if answer is not None and answer.is_no and answer.code == code:
            return f"{places}: {_reason(answer.pull)}"
    if unread is not None and not any(mark in answers for mark in group.entries):
        return (
            f"{places}: not proposed, because #{unread.number} was closed and what it proposed cannot be read any "
            f"more; the label `{RETRY}` on it asks for it"
        )
    return None


def _reason(pull: Pull) -> str:
    if pull.state == "merged":
        return (
            f"not proposed again, because #{pull.number} with the same change was merged; `{RETRY}` on it asks for it"
        )
    return (
        f"declined: #{pull.number} was closed without merging; it is proposed again when the code there changes, or "
        f"with the label `{RETRY}` on #{pull.number}"
    )
