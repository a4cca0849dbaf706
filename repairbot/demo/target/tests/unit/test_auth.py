"""Passwords and tokens."""

from __future__ import annotations

from chat_backend.auth import TOKEN_SECONDS, hash_password, issue_token, password_fits, user_of_token


def test_only_the_right_password_fits() -> None:
    stored = hash_password("correct horse")
    assert password_fits("correct horse", stored)
    assert not password_fits("battery staple", stored)


def test_a_token_says_who_its_bearer_is_until_it_ends() -> None:
    token = issue_token(7, "secret", now=1000)
    assert user_of_token(token, "secret", now=1000 + TOKEN_SECONDS - 1) == 7
    assert user_of_token(token, "secret", now=1000 + TOKEN_SECONDS) is None


def test_a_token_that_was_changed_is_nobodys() -> None:
    token = issue_token(7, "secret", now=1000)
    assert user_of_token(token.replace("7", "8", 1), "secret", now=1000) is None
    assert user_of_token(token, "another secret", now=1000) is None
    assert user_of_token("", "secret") is None
