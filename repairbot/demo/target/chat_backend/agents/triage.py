"""The triage agent: sorts what a customer asks by topic, and answers with what happens next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Topic:
    """A kind of question: the words it is known by, whether it cannot wait, and the answer, sentence by sentence."""

    name: str
    words: frozenset[str]
    urgent: bool
    answer: tuple[str, ...]


TOPICS = (
    Topic(
        "outage",
        frozenset({"crash", "crashes", "down", "error", "errors", "fails", "outage"}),
        urgent=True,
        answer=("That sounds like something is broken.", "An engineer is looking at it now."),
    ),
    Topic(
        "billing",
        frozenset({"bill", "charged", "invoice", "paid", "payment", "refund"}),
        urgent=False,
        answer=("I have passed this to billing.", "You will hear from them within one working day."),
    ),
    Topic(
        "account",
        frozenset({"account", "email", "login", "password", "username"}),
        urgent=False,
        answer=("Let us look at your account.", "I have sent you a link with which you can change your details."),
    ),
)
OTHER = Topic("other", frozenset(), urgent=False, answer=("Thank you.", "A colleague will answer you shortly."))


class AnswerStream:
    """An answer in parts. Like `websockets.connect` it can be iterated at once, or entered to be closed early."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        self._left = list(topic.answer)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        if not self._left:
            raise StopAsyncIteration
        return self._left.pop(0)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._left.clear()


class TriageAgent:
    """Knows topics by their words."""

    name = "triage"

    def topic_of(self, text: str) -> Topic:
        """The topic that most words of the text belong to; of two, the one that comes first."""
        words = set(re.findall(r"\w+", text.lower()))
        best = max(TOPICS, key=lambda topic: len(topic.words & words))
        return best if best.words & words else OTHER

    def answer(self, text: str) -> AnswerStream:
        return AnswerStream(self.topic_of(text))
