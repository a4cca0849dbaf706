"""The rim to GitHub: every call has a timeout, honours the limits, and answers with values or with a plain error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from repairbot.github.values import (
    Comparison,
    LimitReached,
    Patience,
    Pull,
    Rejected,
    Repository,
    Server,
    Unsure,
    comparison,
    pull,
    repository,
)
from repairbot.github.waiting import asked_to_wait

if TYPE_CHECKING:
    from github.Auth import Auth
    from github.Requester import Requester

T = TypeVar("T")
_TIMEOUT = 30  # seconds for one answer
_PAUSES = (1.0, 3.0, 9.0)  # seconds before a call that failed is made again
_PERMISSIONS = {"contents": "write", "pull_requests": "write"}
_LONGEST = 15 * 60.0  # seconds that limits may take in all


def connect(server: Server, token: str, patience: Patience) -> GitHub:
    """GitHub as the holder of a token sees it."""
    from github import Auth

    return _connected(server, Auth.Token(token), patience)


def installation_token(server: Server, app: str, key: str, repository_name: str, patience: Patience) -> str:
    """A token for one repository, of the App with this id and private key. Raises Rejected; ValueError for no key."""
    from github import Auth
    from jwt import PyJWTError

    door = _connected(server, Auth.AppAuth(app, key), patience)
    try:
        return door.installation_token(repository_name)
    except PyJWTError as error:
        raise ValueError(str(error)) from None


def _connected(server: Server, auth: Auth, patience: Patience) -> GitHub:
    from github import Github

    session = Github(
        base_url=server.api,
        auth=auth,
        timeout=_TIMEOUT,
        user_agent="repairbot",
        retry=None,  # waiting is done here, where it can be told of
        seconds_between_requests=patience.between,
        seconds_between_writes=patience.between_writes,
    )
    return GitHub(session.requester, patience)


class GitHub:
    """One token's view of GitHub."""

    def __init__(self, requester: Requester, patience: Patience) -> None:
        self._requester = requester
        self._patience = patience
        self._waited = 0.0

    def installation_token(self, name: str) -> str:
        """Asked as an App: a token for this repository alone, good for an hour."""
        number = self._ask(f"find the App's installation in {name}", "GET", f"/repos/{name}/installation")["id"]
        wanted = {"repositories": [name.partition("/")[2]], "permissions": _PERMISSIONS}
        path = f"/app/installations/{number}/access_tokens"
        return str(self._ask("give the App a token", "POST", path, wanted)["token"])

    # -- reading

    def login(self) -> str | None:
        """Whose token it is; None for an installation, which is nobody."""
        try:
            return str(self._ask("read who the token belongs to", "GET", "/user")["login"])
        except Rejected as rejected:
            if rejected.status in {403, 404}:
                return None
            raise

    def repository(self, name: str) -> Repository:
        return repository(self._ask(f"read the repository {name}", "GET", f"/repos/{name}"))

    def branch(self, name: str, branch: str) -> str | None:
        """The commit a branch is at."""
        try:
            said = self._ask(f"read the branch {branch}", "GET", f"/repos/{name}/git/ref/{quote(f'heads/{branch}')}")
        except Rejected as rejected:
            if rejected.status == 404:
                return None
            raise
        return str(said["object"]["sha"])

    def comparison(self, name: str, base: str, head: str) -> Comparison | None:
        """What `head` has that `base` has not, both as commit ids; None where the repository lacks one of them."""
        path = f"/repos/{name}/compare/{quote(base)}...{quote(head)}"
        try:
            return comparison(self._ask(f"compare {base[:12]} with {head[:12]}", "GET", path))
        except Rejected as rejected:
            if rejected.status == 404:
                return None
            raise

    def pulls(self, name: str, base: str, head: str) -> tuple[Pull, ...]:
        """All pull requests of one branch, `OWNER:BRANCH`, newest first."""
        query = {"state": "all", "base": base, "head": head, "sort": "created", "direction": "desc"}
        return tuple(pull(one) for one in self._pages("list pull requests", f"/repos/{name}/pulls", query))

    def open_pulls(self, name: str, prefix: str) -> int:
        """How many pull requests are open from branches whose names begin so."""
        listed = self._pages("list pull requests", f"/repos/{name}/pulls", {"state": "open"})
        return sum(one["head"]["ref"].startswith(prefix) for one in listed)

    def comments(self, name: str, number: int) -> tuple[str, ...]:
        listed = self._pages(f"read the comments of #{number}", f"/repos/{name}/issues/{number}/comments", {})
        return tuple(one.get("body") or "" for one in listed)

    def milestone(self, name: str, title: str) -> int | None:
        """The number of an open milestone."""
        listed = self._pages("list milestones", f"/repos/{name}/milestones", {"state": "open"})
        return next((one["number"] for one in listed if one["title"] == title), None)

    # -- writing

    def create_pull(self, name: str, *, base: str, head: str, title: str, body: str, draft: bool) -> Pull:
        """Raises Unsure when it may have been created all the same: look before asking again."""
        asked = {"base": base, "head": head, "title": title, "body": body, "draft": draft}
        if not head.startswith(f"{name.partition('/')[0]}:"):
            asked["maintainer_can_modify"] = True
        return pull(self._ask("create a pull request", "POST", f"/repos/{name}/pulls", asked, once=True))

    def edit_pull(self, name: str, number: int, **fields: str) -> None:
        self._ask(f"edit #{number}", "PATCH", f"/repos/{name}/pulls/{number}", fields)

    def comment(self, name: str, number: int, text: str) -> None:
        """Raises Unsure when it may stand there all the same."""
        path = f"/repos/{name}/issues/{number}/comments"
        self._ask(f"comment on #{number}", "POST", path, {"body": text}, once=True)

    def add_labels(self, name: str, number: int, labels: Iterable[str]) -> None:
        path = f"/repos/{name}/issues/{number}/labels"
        self._ask(f"label #{number}", "POST", path, {"labels": list(labels)})

    def drop_label(self, name: str, number: int, label: str) -> None:
        path = f"/repos/{name}/issues/{number}/labels/{quote(label, safe='')}"
        try:
            self._ask(f"take the label {label} off #{number}", "DELETE", path)
        except Rejected as rejected:
            if rejected.status != 404:
                raise

    def assign(self, name: str, number: int, people: Iterable[str]) -> None:
        path = f"/repos/{name}/issues/{number}/assignees"
        self._ask(f"assign #{number}", "POST", path, {"assignees": list(people)})

    def set_milestone(self, name: str, number: int, milestone: int) -> None:
        path = f"/repos/{name}/issues/{number}"
        self._ask(f"give #{number} a milestone", "PATCH", path, {"milestone": milestone})

    def request_reviews(self, name: str, number: int, people: Iterable[str], teams: Iterable[str]) -> None:
        asked = {"reviewers": list(people), "team_reviewers": list(teams)}
        path = f"/repos/{name}/pulls/{number}/requested_reviewers"
        self._ask(f"ask for reviews of #{number}", "POST", path, asked)

    def fork(self, name: str) -> str:
        """The name of our fork, made if there is none; it may take a while until it can be pushed to."""
        asked = {"default_branch_only": True}
        return str(self._ask(f"fork {name}", "POST", f"/repos/{name}/forks", asked)["full_name"])

    def set_draft(self, which: Pull, *, draft: bool) -> None:
        mutation = "convertPullRequestToDraft" if draft else "markPullRequestReadyForReview"
        asked = {"pullRequestId": which.node}
        self._mutate(f"change whether #{which.number} is a draft", mutation, asked, "clientMutationId", once=False)

    def commit_on_branch(self, name: str, branch: str, parent: str, message: str, files: Mapping[str, str]) -> str:
        """The id of a signed commit on a branch that is at `parent`; `files` are new contents in base64 by path."""
        title, _, body = message.partition("\n")
        asked = {
            "branch": {"repositoryNameWithOwner": name, "branchName": branch},
            "expectedHeadOid": parent,
            "message": {"headline": title, "body": body.strip("\n")},
            "fileChanges": {"additions": [{"path": path, "contents": text} for path, text in files.items()]},
        }
        said = self._mutate("create a commit", "createCommitOnBranch", asked, "commit { oid }", once=True)
        return str(said["commit"]["oid"])

    def update_refs(self, node: str, updates: Mapping[str, tuple[str | None, str]]) -> None:
        """Move branches, all or none: from a commit (None: whatever it is) to one. Forty zeros stand for no branch."""
        listed = [
            {
                "name": f"refs/heads/{branch}",
                "afterOid": after,
                "force": True,
                **({"beforeOid": before} if before else {}),
            }
            for branch, (before, after) in updates.items()
        ]
        asked = {"repositoryId": node, "refUpdates": listed}
        self._mutate("move a branch", "updateRefs", asked, "clientMutationId", once=True)

    # -- one call

    def _mutate(self, what: str, mutation: str, asked: Mapping[str, Any], wanted: str, *, once: bool) -> Any:
        def send() -> Any:
            return self._requester.graphql_named_mutation(mutation, dict(asked), wanted)[1]

        return self._kept_at(what, send, once=once)

    def _ask(
        self, what: str, verb: str, path: str, asked: Mapping[str, Any] | None = None, *, once: bool = False
    ) -> Any:
        return self._kept_at(what, lambda: self._requester.requestJsonAndCheck(verb, path, input=asked)[1], once=once)

    def _pages(self, what: str, path: str, query: Mapping[str, str]) -> Iterable[Any]:
        from github.PaginatedList import PaginatedList

        # Asked to hold plain JSON, which its types do not foresee.
        pages = PaginatedList(_Raw, self._requester, path, {**query, "per_page": 100})  # type: ignore[type-var]
        return [one.said for one in self._kept_at(what, lambda: list(pages), once=False)]

    def _kept_at(self, what: str, send: Callable[[], T], *, once: bool) -> T:
        """The answer to a call, made again after limits and, unless it must be made `once`, after failures."""
        from github import GithubException
        from requests import RequestException

        pauses = iter(() if once else _PAUSES)
        while True:
            try:
                return send()
            except GithubException as error:
                rejected = _rejected(what, error)
                seconds = asked_to_wait(rejected.status, error.headers or {}, rejected.message, time.time())
                if seconds is not None:
                    self._wait(seconds, f"GitHub's rate limit, to {what}", limit=True)
                    continue
                if rejected.status < 500:
                    raise rejected from None
                trouble = f"GitHub answered with status {rejected.status}"
            except RuntimeError as error:  # how PyGithub tells that it was sent to another address
                raise Rejected(what, 301, str(error)) from None
            except RequestException as error:
                trouble = f"GitHub gave no answer ({type(error).__name__})"
            pause = next(pauses, None)
            if pause is None:
                raise Unsure(f"it could not be told whether GitHub did {what}: {trouble}")
            self._wait(pause, f"{trouble}; trying again to {what}")

    def _wait(self, seconds: float, why: str, *, limit: bool = False) -> None:
        if limit:
            self._waited += seconds
            if self._waited > _LONGEST:
                when = time.strftime("%H:%M", time.localtime(time.time() + seconds))
                raise LimitReached(f"{why}: the limit ends at {when}; publish the proposal again after that")
        self._patience.tell(f"waiting {seconds:.0f} s: {why}")
        self._patience.sleep(seconds)


class _Raw:
    """What PyGithub's lists are asked to hold: the answer as it came, for which no further call is ever made."""

    def __init__(self, _requester: object, _headers: object, said: Mapping[str, Any], **_: object) -> None:
        self.said = said


def _rejected(what: str, error: Any) -> Rejected:
    data = error.data if isinstance(error.data, dict) else {}
    listed = [one.get("message") or one.get("code") or "" for one in data.get("errors", ()) if isinstance(one, dict)]
    message = ". ".join(part for part in (data.get("message"), *listed) if part) or "no reason given"
    accepted = (error.headers or {}).get("x-accepted-github-permissions", "")
    limited = any(one.get("type") == "RATE_LIMITED" for one in data.get("errors", ()) if isinstance(one, dict))
    return Rejected(what, 200 if limited else error.status, message[:500], accepted[:200])
