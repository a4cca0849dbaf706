"""What the stand-in does for each operation: state and a checked request in, status and the facts of a reply out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from tests.publish.standin.contract import Operation, named
from tests.publish.standin.world import Actor, Pull, Refused, Repo, World

LARGEST_BODY, LARGEST_TITLE = 65_536, 256


@dataclass
class Call:
    """One request. `root` is what URLs in replies begin with."""

    world: World
    actor: Actor
    operation: Operation
    query: Mapping[str, str]
    body: Any
    root: str
    token: str

    @property
    def repo(self) -> Repo:
        values = self.operation.values
        return self.world.repo(f"{values['owner']}/{values['repo']}", self.actor)

    @property
    def pull(self) -> Pull:
        values = self.operation.values
        return self.repo.pull(int(values.get("pull_number") or values["issue_number"]))

    def may_write(self, needed: str = "pull_requests=write") -> None:
        if self.repo.name not in self.actor.pushes or not self.actor.pulls:
            what = "integration" if self.actor.installation else "personal access token"
            raise Refused(403, f"Resource not accessible by {what}", x_accepted_github_permissions=needed)
        if self.repo.archived:
            raise Refused(403, "Repository was archived so is read-only.")


Answer = tuple[int, Any]


def user(call: Call) -> Answer:
    if call.actor.installation:
        raise Refused(403, "Resource not accessible by integration", x_accepted_github_permissions="")
    return 200, named("private-user") | {"login": call.actor.login, "user_view_type": "private"}


def repository(call: Call) -> Answer:
    repo = call.repo
    pushes = repo.name in call.actor.pushes
    facts = {
        "full_name": repo.name,
        "name": repo.name.partition("/")[2],
        "node_id": f"R_{repo.name}",
        "default_branch": "main",
        "archived": repo.archived,
        "has_pull_requests": repo.takes_pulls,
        # An installation's token is told nothing of use here.
        "permissions": {"admin": False, "pull": True, "push": pushes and not call.actor.installation},
        "url": f"{call.root}/repos/{repo.name}",
    }
    return 200, call.operation.sample(200) | facts


def ref(call: Call) -> Answer:
    name = call.operation.values["ref"]
    sha = call.repo.branch(name.removeprefix("heads/"))
    if sha is None or not name.startswith("heads/"):
        raise Refused(404, "Not Found")
    target = {"type": "commit", "sha": sha, "url": f"{call.root}/x"}
    return 200, call.operation.sample(200) | {"ref": f"refs/{name}", "object": target}


def compare(call: Call) -> Answer:
    repo = call.repo
    base, _, head = call.operation.values["basehead"].partition("...")
    start, stop = (_commit(call.world, repo, side) for side in (base, head))
    try:
        fork = repo.git("merge-base", start, stop)
    except Refused:
        raise Refused(404, "Not Found") from None
    ids = repo.git("rev-list", "--reverse", f"{start}..{stop}").split()
    behind = int(repo.git("rev-list", "--count", f"{stop}..{start}"))
    status = {(0, 0): "identical", (1, 0): "ahead", (0, 1): "behind", (1, 1): "diverged"}
    return 200, call.operation.sample(200) | {
        "status": status[bool(ids), bool(behind)],
        "ahead_by": len(ids),
        "behind_by": behind,
        "total_commits": len(ids),
        "commits": [_as_commit(repo, one) for one in ids[:250]],
        "files": [_as_file(line) for line in repo.git("diff-tree", "-r", "--no-abbrev", fork, stop).splitlines()][:300],
    }


def _commit(world: World, repo: Repo, name: str) -> str:
    owner, colon, branch = name.rpartition(":")
    place = world.head_repo(repo, owner) if colon else repo
    if place is None:
        raise Refused(404, "Not Found")
    if place is not repo:  # a network shares its objects
        repo.git("fetch", "--quiet", str(place.path), f"refs/heads/{branch}")
    try:
        return place.git("rev-parse", "--verify", "--quiet", f"{branch or name}^{{commit}}")
    except Refused:
        raise Refused(404, "Not Found") from None


def _as_commit(repo: Repo, sha: str) -> dict[str, Any]:
    people = repo.git("show", "-s", "--format=%an%n%ae%n%cn%n%ce%n%B", sha)
    name, email, by, by_email, message = people.split("\n", 4)
    commit: dict[str, Any] = named("commit")
    date = "2026-01-01T00:00:00Z"
    commit["commit"] |= {
        "author": {"name": name, "email": email, "date": date},
        "committer": {"name": by, "email": by_email, "date": date},
        "message": message,
    }
    return commit | {"sha": sha}


def _as_file(line: str) -> dict[str, Any]:
    facts, _, path = line.partition("\t")
    _, _, _, after, letter = facts.split(" ")
    status = {"A": "added", "M": "modified", "D": "removed", "T": "changed"}[letter]
    entry: dict[str, Any] = named("diff-entry")
    return entry | {"filename": path, "sha": after, "status": status}


def list_pulls(call: Call) -> Answer:
    query, repo = call.query, call.repo
    found = [
        pull
        for pull in repo.pulls.values()
        if query.get("state", "open") in {pull.state, "all"}
        and query.get("base") in {None, pull.base}
        and query.get("head") in {None, f"{pull.head_owner}:{pull.head}"}
    ]
    if query.get("direction", "desc") == "desc":
        found.sort(key=lambda pull: -pull.number)
    return 200, [_as_pull(call, repo, pull, "pull-request-simple") for pull in found]


def create_pull(call: Call) -> Answer:
    repo, body = call.repo, call.body
    owner, _, head = body["head"].rpartition(":")
    owner = owner or repo.owner
    if call.actor.installation and not call.actor.actions_setting:
        raise Refused(403, "GitHub Actions is not permitted to create or approve pull requests.")
    if owner == repo.owner:
        call.may_write()
    place = call.world.head_repo(repo, owner)
    sha = place.branch(head) if place else None
    if sha is None:
        raise Refused(422, "Validation Failed", ("head is invalid",))
    base = repo.branch(body["base"])
    if base is None:
        raise Refused(422, "Validation Failed", ("base is invalid",))
    if any(
        one.state == "open" and (one.head_owner, one.head, one.base) == (owner, head, body["base"])
        for one in repo.pulls.values()
    ):
        raise Refused(422, "Validation Failed", (f"A pull request already exists for {owner}:{head}.",))
    assert place is not None
    if place.git("rev-list", "--count", sha, f"^{base}") == "0":
        raise Refused(422, "Validation Failed", (f"No commits between {body['base']} and {head}",))
    if body.get("draft") and not repo.takes_drafts:
        raise Refused(422, "Draft pull requests are not supported in this repository.")
    _check_sizes(body)
    number = len(repo.pulls) + 1
    facts = (number, call.actor.login, body["title"], body.get("body", ""), owner, head, body["base"])
    repo.pulls[number] = Pull(*facts, draft=body.get("draft", False), sha=sha)
    return 201, _as_pull(call, repo, repo.pulls[number], "pull-request")


def edit_pull(call: Call) -> Answer:
    call.may_write()
    pull = call.pull
    _check_sizes(call.body)
    pull.title, pull.body = call.body.get("title", pull.title), call.body.get("body", pull.body)
    pull.state = call.body.get("state", pull.state)
    return 200, _as_pull(call, call.repo, pull, "pull-request")


def _check_sizes(body: Mapping[str, Any]) -> None:
    if len(body.get("body") or "") > LARGEST_BODY:
        raise Refused(422, "Validation Failed", ("body is too long (maximum is 65536 characters)",))
    if len(body.get("title") or "") > LARGEST_TITLE:
        raise Refused(422, "Validation Failed", ("title is too long (maximum is 256 characters)",))


def _as_pull(call: Call, repo: Repo, pull: Pull, schema: str) -> dict[str, Any]:
    made: dict[str, Any] = named(schema)
    made["head"] |= {"ref": pull.head, "sha": pull.sha, "label": f"{pull.head_owner}:{pull.head}"}
    made["base"] |= {"ref": pull.base}
    return made | {
        "number": pull.number,
        "node_id": f"PR_{repo.name}#{pull.number}",
        "html_url": f"http://x.invalid/{repo.name}/pull/{pull.number}",
        "url": f"{call.root}/repos/{repo.name}/pulls/{pull.number}",
        "title": pull.title,
        "body": pull.body,
        "state": pull.state,
        "draft": pull.draft,
        "merged_at": "2026-01-01T00:00:00Z" if pull.merged else None,
        "labels": [_as_label(name) for name in pull.labels],
    }


def _as_label(name: str) -> dict[str, Any]:
    return {
        "id": 1,
        "node_id": "L",
        "url": "http://x.invalid/",
        "name": name,
        "description": "",
        "color": "ededed",
        "default": False,
    }


def list_comments(call: Call) -> Answer:
    return 200, [named("issue-comment") | {"body": text} for text in call.pull.comments]


def comment(call: Call) -> Answer:
    call.may_write()
    if len(call.body["body"]) > LARGEST_BODY:
        raise Refused(422, "Validation Failed", ("body is too long (maximum is 65536 characters)",))
    call.pull.comments.append(call.body["body"])
    return 201, named("issue-comment") | {"body": call.body["body"]}


def add_labels(call: Call) -> Answer:
    call.may_write()
    call.pull.labels += [name for name in call.body["labels"] if name not in call.pull.labels]
    return 200, [_as_label(name) for name in call.pull.labels]


def drop_label(call: Call) -> Answer:
    call.may_write()
    name = call.operation.values["name"]
    if name not in call.pull.labels:
        raise Refused(404, "Label does not exist")
    call.pull.labels.remove(name)
    return 200, [_as_label(one) for one in call.pull.labels]


def assign(call: Call) -> Answer:
    call.may_write()
    known = [name for name in call.body["assignees"] if name in call.repo.collaborators]
    call.pull.assignees += [name for name in known if name not in call.pull.assignees]
    return 201, named("issue")


def ask_reviews(call: Call) -> Answer:
    call.may_write()
    people, teams = call.body.get("reviewers", []), call.body.get("team_reviewers", [])
    if set(people) - call.repo.collaborators:
        raise Refused(422, "Reviews may only be requested from collaborators.")
    call.pull.reviewers += [name for name in people if name not in call.pull.reviewers]
    call.pull.teams += [name for name in teams if name not in call.pull.teams]
    return 201, _as_pull(call, call.repo, call.pull, "pull-request-simple")


def edit_issue(call: Call) -> Answer:
    call.may_write()
    if call.body["milestone"] not in call.repo.milestones:
        raise Refused(422, "Validation Failed", ("milestone is invalid",))
    call.pull.milestone = call.body["milestone"]
    return 200, named("issue")


def list_milestones(call: Call) -> Answer:
    return 200, [
        named("milestone") | {"number": number, "title": title} for number, title in call.repo.milestones.items()
    ]


def fork(call: Call) -> Answer:
    repo = call.repo
    name = f"{call.actor.login}/{repo.name.partition('/')[2]}"
    if name not in call.world.repos:
        call.world.add(name, repo.path, fork_of=repo.name)
        call.actor.pushes.add(name)
    return 202, call.operation.sample(202) | {"full_name": name}


def installation(call: Call) -> Answer:
    _app(call)
    return 200, named("installation") | {"id": 7}


def access_token(call: Call) -> Answer:
    _app(call)
    names = call.body["repositories"]
    token = f"ghs_{'a' * 30}{len(call.world.tokens)}"
    pushes = {name for name in call.world.repos if name.partition("/")[2] in names}
    call.world.tokens[token] = Actor("the-app[bot]", pushes, installation=True)
    return 201, call.operation.sample(201) | {"token": token, "permissions": call.body["permissions"]}


def _app(call: Call) -> None:
    try:
        app = jwt.decode(call.token, options={"verify_signature": False})["iss"]
        jwt.decode(call.token, call.world.apps[str(app)], algorithms=["RS256"])
    except (jwt.InvalidTokenError, KeyError):
        raise Refused(401, "A JSON web token could not be decoded") from None


_REPO = "/repos/{owner}/{repo}"
HANDLERS: dict[tuple[str, str], Callable[[Call], Answer]] = {
    ("get", "/user"): user,
    ("get", _REPO): repository,
    ("get", f"{_REPO}/git/ref/{{ref}}"): ref,
    ("get", f"{_REPO}/compare/{{basehead}}"): compare,
    ("get", f"{_REPO}/pulls"): list_pulls,
    ("post", f"{_REPO}/pulls"): create_pull,
    ("patch", f"{_REPO}/pulls/{{pull_number}}"): edit_pull,
    ("post", f"{_REPO}/pulls/{{pull_number}}/requested_reviewers"): ask_reviews,
    ("patch", f"{_REPO}/issues/{{issue_number}}"): edit_issue,
    ("get", f"{_REPO}/issues/{{issue_number}}/comments"): list_comments,
    ("post", f"{_REPO}/issues/{{issue_number}}/comments"): comment,
    ("post", f"{_REPO}/issues/{{issue_number}}/labels"): add_labels,
    ("delete", f"{_REPO}/issues/{{issue_number}}/labels/{{name}}"): drop_label,
    ("post", f"{_REPO}/issues/{{issue_number}}/assignees"): assign,
    ("get", f"{_REPO}/milestones"): list_milestones,
    ("post", f"{_REPO}/forks"): fork,
    ("get", f"{_REPO}/installation"): installation,
    ("post", "/app/installations/{installation_id}/access_tokens"): access_token,
}
AS_APP = {installation, access_token}
