from __future__ import annotations

import pytest

from repairbot.github.values import LimitReached, Rejected
from repairbot.github.waiting import asked_to_wait
from tests.publish.conftest import Bench
from tests.publish.standin.server import Request

SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


@pytest.mark.parametrize(
    ("status", "headers", "message", "seconds"),
    [
        (403, {"retry-after": "7"}, SECONDARY, 7.0),
        (429, {"retry-after": "7"}, "", 7.0),
        (403, {}, SECONDARY, 60.0),
        (429, {}, "", 60.0),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1030"}, "API rate limit exceeded for x.", 31.0),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "900"}, "API rate limit exceeded for x.", 1.0),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1030"}, "API rate limit already exceeded", 31.0),
        (403, {"x-ratelimit-remaining": "40"}, "Resource not accessible by integration", None),
        (422, {"x-ratelimit-remaining": "0"}, "Validation Failed", None),
        (502, {"retry-after": "7"}, "Bad Gateway", None),
    ],
)
def test_a_limit_says_how_long(status: int, headers: dict[str, str], message: str, seconds: float | None) -> None:
    assert asked_to_wait(status, headers, message, 1000.0) == seconds


def test_a_limit_longer_than_anybody_waits_ends_the_run(bench: Bench) -> None:
    def limit(request: Request) -> bool:
        request.answer(403, "API rate limit exceeded for x.", **{"Retry-After": "3600"})
        return True

    proposal = bench.propose()
    bench.standin.fault = limit
    ended = bench.publish(proposal)
    assert ended.code == LimitReached.exit_code
    assert "publish the proposal again after that" in ended.err
    assert bench.waits == []


def test_a_limit_on_a_write_is_waited_out_and_the_write_made_once(bench: Bench) -> None:
    limited: list[str] = []

    def limit(request: Request) -> bool:
        if request.verb == "POST" and request.path.endswith("/pulls") and not limited:
            limited.append(request.path)
            request.answer(403, SECONDARY)
            return True
        return False

    proposal = bench.propose()
    bench.standin.fault = limit
    ended = bench.publish(proposal)
    assert ended.code == 0
    assert bench.waits == [60.0]
    assert "waiting 60 s: GitHub's rate limit, to create a pull request" in ended.err
    assert bench.pull.number == 1


def test_what_github_refuses_is_told_with_its_own_reason() -> None:
    assert str(Rejected("edit #1", 422, "Validation Failed. title is too long")) == (
        "GitHub would not edit #1: Validation Failed. title is too long (status 422)"
    )
