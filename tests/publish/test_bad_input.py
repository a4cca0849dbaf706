"""What cannot be published is one clear sentence with exit code 2, and nothing is pushed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from repairbot.evidence.document import EvidenceDocument, Tool
from tests.publish.conftest import ACTIONS, READER, TOKEN, Bench
from tests.publish.proposals import BRANCH
from tests.publish.standin.world import Actor

Document = EvidenceDocument


def refused(bench: Bench, proposal: Path, said: str, *words: str, **environ: Any) -> None:
    before = bench.repo.branches()
    ended = bench.publish(proposal, *words, **environ)
    last = ended.err.strip().splitlines()[-1]
    assert ended.code == 2, ended.all
    assert last.startswith("repairbot: error: ")
    assert said in last
    assert bench.repo.branches() == before
    assert bench.repo.pulls == {}


def test_no_token(bench: Bench) -> None:
    refused(bench, bench.propose(), "no token: set GITHUB_TOKEN (it needs `contents: write`", token=None)


def test_a_token_that_github_does_not_know(bench: Bench) -> None:
    refused(bench, bench.propose(), "GitHub does not accept the token (Bad credentials)", token="ghp_old")


def test_a_token_that_may_not_create_pull_requests_names_the_permission(bench: Bench) -> None:
    bench.world.tokens[ACTIONS].pulls = False
    ended = bench.publish(bench.propose(), token=ACTIONS)
    assert ended.code == 2
    assert "the token may not create a pull request in octo/chat (Resource not accessible by integration)" in ended.err
    assert "it needs `pull_requests: write`" in ended.err


def test_a_token_that_may_not_push_names_the_permission(bench: Bench) -> None:
    bench.world.tokens[ACTIONS].pushes.clear()
    refused(bench, bench.propose(), "the token may not push; it needs `contents: write`", token=ACTIONS)


def test_actions_that_may_not_create_pull_requests_get_setting_and_link(bench: Bench) -> None:
    bench.world.tokens[ACTIONS].actions_setting = False
    ended = bench.publish(bench.propose(), token=ACTIONS)
    assert ended.code == 2
    assert '"Allow GitHub Actions to create and approve pull requests" under Settings, Actions, General' in ended.err
    assert (
        f"{bench.standin.url}/octo/chat/compare/main...repairbot%2Fasync-for-context-manager%2Fmain?expand=1"
        in ended.err
    )
    assert bench.repo.branch(BRANCH) is not None
    bench.world.tokens[ACTIONS].actions_setting = True
    assert bench.publish(bench.propose(), token=ACTIONS).code == 0
    assert bench.pull.head == BRANCH


def test_a_protected_branch(bench: Bench) -> None:
    (bench.repo.path / "protected").touch()
    refused(bench, bench.propose(), "a protection rule of the repository covers branches that begin with `repairbot/`")


def test_a_push_that_is_taken_for_one_of_workflows(bench: Bench) -> None:
    (bench.repo.path / "no-workflows").touch()
    refused(bench, bench.propose(), "the token may not push workflow files")


def test_a_repository_that_is_gone_or_hidden(bench: Bench) -> None:
    bench.repo.private = True
    refused(bench, bench.propose(), "GitHub knows no octo/chat that this token may see", token=READER)


def test_a_repository_that_was_renamed(bench: Bench) -> None:
    bench.world.add("octo/talk", bench.project.place)
    bench.world.tokens[TOKEN].pushes.add("octo/talk")
    bench.repo.moved_to = "octo/talk"
    refused(bench, bench.propose(), "octo/chat is called octo/talk now")
    assert set(bench.world.repos["octo/talk"].branches()) == {"main"}


@pytest.mark.parametrize(
    ("fact", "said"),
    [({"archived": True}, "octo/chat is archived"), ({"takes_pulls": False}, "octo/chat has pull requests turned off")],
)
def test_a_repository_that_takes_none(bench: Bench, fact: dict[str, bool], said: str) -> None:
    for name, value in fact.items():
        setattr(bench.repo, name, value)
    refused(bench, bench.propose(), said)


def test_a_proposal_for_another_repository(bench: Bench) -> None:
    refused(
        bench,
        bench.propose(repository="octo/other"),
        "a proposal for 'octo/other', but --repo says",
        "--repo",
        "octo/chat",
    )
    refused(
        bench,
        bench.propose(repository="octo/other"),
        "a proposal for 'octo/other', but GITHUB_REPOSITORY says octo/chat",
        GITHUB_REPOSITORY="octo/chat",
    )
    refused(bench, bench.propose(repository=None), "does not say which repository it is for; give --repo")


def test_a_commit_that_the_repository_does_not_have(bench: Bench) -> None:
    other = replace_target("f" * 40)
    refused(bench, bench.propose(other), "its commit ffffffffffff is not in octo/chat; it is a proposal for another")


def replace_target(commit: str) -> Callable[[Document], Document]:
    return lambda document: replace(document, target=replace(document.target, commit=commit))


def test_a_proposal_of_another_version(bench: Bench) -> None:
    refused(
        bench,
        bench.propose(lambda it: replace(it, tool=Tool("repairbot", "9.9"))),
        "made by repairbot '9.9', and this is",
    )
    proposal = bench.propose()
    value = json.loads((proposal / "evidence.json").read_text())
    (proposal / "evidence.json").write_text(json.dumps({**value, "schema_version": 7}))
    refused(bench, proposal, "a document of version 7")


def test_what_is_no_proposal(bench: Bench, tmp_path: Path) -> None:
    refused(bench, tmp_path / "nothing", "no such folder")
    (tmp_path / "empty").mkdir()
    refused(bench, tmp_path / "empty", "cannot be read (No such file or directory)")
    proposal = bench.propose()
    (proposal / "evidence.json").write_text("{")
    refused(bench, proposal, "not JSON")


def test_a_link_in_the_place_of_a_file_is_not_followed(bench: Bench) -> None:
    proposal = bench.propose()
    (proposal / "changes.patch").rename(proposal / "real")
    (proposal / "changes.patch").symlink_to(proposal / "real")
    refused(bench, proposal, "changes.patch: cannot be read (Too many levels of symbolic links)")


def test_a_patch_that_was_touched(bench: Bench) -> None:
    proposal = bench.propose()
    with (proposal / "changes.patch").open("ab") as patch:
        patch.write(b"+import evil\n")
    refused(bench, proposal, "changes.patch is not the patch that evidence.json speaks of")


def evil_patch(proposal: Path) -> None:
    """Patch and digest agree with one another, and with nothing that is derived."""
    patch = (proposal / "changes.patch").read_bytes().replace(b"as one:", b"as evil:")
    (proposal / "changes.patch").write_bytes(patch)
    edit(proposal, lambda value: value["changes"].update(patch_sha256=hashlib.sha256(patch).hexdigest()))


def edit(proposal: Path, change: Callable[[Any], object]) -> None:
    path = proposal / "evidence.json"
    value = json.loads(path.read_text())
    change(value)
    path.write_text(json.dumps(value))


def first_edit(**facts: Any) -> Callable[[Path], None]:
    return lambda proposal: edit(proposal, lambda value: value["findings"][0]["edits"][0].update(facts))


TAMPERING = {
    "another patch": (evil_patch, "its patch is another one"),
    "another replacement": (first_edit(replacement="import evil"), "app/api.py:5 is described differently"),
    "another file": (first_edit(path=".github/workflows/ci.yml"), "app/api.py:5 is described differently"),
    "another group": (
        lambda proposal: edit(proposal, lambda value: value["changes"]["groups"][0].update(name="evil")),
        "there is no such group of edits as 'evil'",
    ),
    "another finding in a group": (
        lambda proposal: edit(proposal, lambda value: value["changes"]["groups"][0].update(findings=["f"])),
        "there is no such group of edits",
    ),
    "another base": (
        lambda proposal: edit(proposal, lambda value: value["changes"]["files"][0].update(before="0" * 64)),
        "app/api.py is another file",
    ),
    "another result": (
        lambda proposal: edit(proposal, lambda value: value["changes"]["files"][0].update(after="0" * 64)),
        "app/api.py comes out differently",
    ),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_a_proposal_that_was_tampered_with(bench: Bench, name: str) -> None:
    tamper, said = TAMPERING[name]
    proposal = bench.propose()
    tamper(proposal)
    refused(bench, proposal, said)


def test_findings_that_claim_to_rest_on_source_are_derived_again(bench: Bench) -> None:
    """`ghost` is found only with an environment, which a publisher does not have."""
    proposal = bench.propose()

    def add(value: Any) -> None:
        ghost = {**value["findings"][0], "path": "app/__init__.py", "fingerprint": "9" * 64, "group": "ghost"}
        group = {**value["changes"]["groups"][0], "name": "ghost", "findings": ["9" * 64], "files": ["app/__init__.py"]}
        value["findings"].append(ghost)
        value["changes"]["groups"].append(group)

    edit(proposal, add)
    refused(bench, proposal, "there is no such group of edits as 'ghost'")


@pytest.mark.parametrize("base", ["missing", "a..b", "-x"])
def test_a_base_that_is_not_there(bench: Bench, base: str) -> None:
    refused(bench, bench.propose(), "give --base with the branch to publish to", f"--base={base}")


def test_a_configuration_that_is_wrong(bench: Bench) -> None:
    bench.project.commit({".github/repairbot.toml": "publish.commit-mode = 'mail'\n"})
    said = f'`publish.commit-mode` in {bench.project.head[:12]}:.github/repairbot.toml: expected "git" or "api"'
    refused(bench, bench.propose(), said)


def test_other_keys_of_a_configuration_do_not_matter_here(bench: Bench) -> None:
    bench.project.commit({".github/repairbot.toml": "env = '.venv'\n"})
    assert bench.publish(bench.propose()).code == 0


def test_a_branch_in_the_way(bench: Bench) -> None:
    """Git keeps no branch `repairbot` beside `repairbot/x`."""
    bench.repo.git("branch", "repairbot", "main")
    ended = bench.publish(bench.propose())
    assert ended.code in {2, 3}
    assert bench.repo.pulls == {}


def test_hostile_words_in_the_evidence_are_words(bench: Bench) -> None:
    evil = "Fixes #1 @octocat <!-- repairbot:end --> \x1b[31m [skip ci]\n::error::x"

    def taint(document: Document) -> Document:
        findings = tuple(replace(one, message=evil, function=evil, expression=evil) for one in document.findings)
        runs = replace(document.runs, untested=evil)
        return replace(document, findings=findings, runs=runs, notes=(evil,))

    assert bench.publish(bench.propose(taint)).code == 0
    message = bench.repo.git("log", "-1", "--format=%B", BRANCH)
    for text_of_ours in (message, bench.pull.title):
        assert "Fixes #1" not in text_of_ours
        assert "@octocat" not in text_of_ours
    assert bench.pull.body.count("<!-- repairbot:end -->") == 1
    prose = re.sub(r"(`+)[^`]+\1", "", bench.pull.body)
    assert "@octocat" not in prose.replace("\\@", "")
    assert "Fixes #1" not in prose
    assert "\x1b" not in bench.pull.body


def test_a_user_who_may_not_push_publishes_from_a_fork(bench: Bench) -> None:
    assert bench.publish(bench.propose(), token=READER).code == 0
    assert (bench.pull.head_owner, bench.pull.author) == ("reader", "reader")
    assert set(bench.repo.branches()) == {"main"}
    assert bench.world.repos["reader/chat"].branch(BRANCH) is not None
    assert '"unchanged"' in bench.publish(bench.propose(), "--format", "json", token=READER).out


def test_a_fork_can_be_forbidden(bench: Bench) -> None:
    bench.project.commit({".github/repairbot.toml": "publish.fork = false\n"})
    refused(
        bench, bench.propose(), "the token of reader may not push to octo/chat, and `publish.fork` is off", token=READER
    )
    assert "reader/chat" not in bench.world.repos


def test_an_app_publishes_with_a_token_for_this_repository(bench: Bench) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    bench.world.apps["42"] = public.decode()
    app = {"GITHUB_APP_ID": "42", "GITHUB_APP_PRIVATE_KEY": private}
    assert bench.publish(bench.propose(), token=None, **app).code == 0
    assert bench.pull.author == "the-app[bot]"
    assert "PRIVATE KEY" not in "".join(bench.said)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"GITHUB_APP_ID": "42", "GITHUB_APP_PRIVATE_KEY": "nonsense"}, "GITHUB_APP_PRIVATE_KEY holds no private key"),
        ({"GITHUB_APP_ID": "42"}, "an App needs both GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY"),
    ],
)
def test_an_app_without_a_key(bench: Bench, variables: dict[str, str], said: str) -> None:
    refused(bench, bench.propose(), said, token=None, **variables)


def test_commits_of_the_api_are_signed_by_github_and_taken_for_ours(bench: Bench) -> None:
    bench.world.tokens[TOKEN] = Actor("app[bot]", {"octo/chat"}, installation=True)
    bench.project.commit({".github/repairbot.toml": "publish.commit-mode = 'api'\n"})
    proposal = bench.propose()
    assert bench.published(proposal)["outcome"] == "created"
    assert (
        bench.repo.git("log", "-1", "--format=%ae %ce", BRANCH)
        == "1+app[bot]@users.noreply.github.com noreply@github.com"
    )
    assert not any("receive-pack" in request for request in bench.standin.requests)
    assert bench.published(proposal)["outcome"] == "unchanged"
    assert set(bench.repo.branches()) == {"main", BRANCH}
