"""GitHub's GraphQL mutations, executed by graphql-core against GitHub's own schema."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from graphql import GraphQLError, build_schema, graphql_sync

from tests.publish.standin.world import ZERO, Actor, Refused, Repo, World

_FILE = Path(__file__).parents[1] / "description" / "mutations.graphql"
_SCHEMA = build_schema(_FILE.read_text(encoding="utf-8"))


class _Root:
    """One resolver for each mutation, called by its name."""

    def __init__(self, world: World, actor: Actor) -> None:
        self._world, self._actor = world, actor

    def createCommitOnBranch(self, _info: Any, input: dict[str, Any]) -> Any:  # noqa: A002, N802
        repo = self._writable(input["branch"]["repositoryNameWithOwner"])
        branch, expected = input["branch"]["branchName"], input["expectedHeadOid"]
        if repo.branch(branch) != expected:
            text = f'Expected branch to point to "{expected}" but it did not. Pull and try again.'
            raise GraphQLError(text, extensions={"type": "STALE_DATA"})
        message = f"{input['message']['headline']}\n\n{input['message'].get('body') or ''}".strip() + "\n"
        commit = _commit(repo, expected, input["fileChanges"]["additions"], message, self._actor)
        repo.git("update-ref", f"refs/heads/{branch}", commit, expected)
        return {"commit": {"oid": commit, "message": message}}

    def updateRefs(self, _info: Any, input: dict[str, Any]) -> Any:  # noqa: A002, N802
        repo = self._writable(input["repositoryId"].removeprefix("R_"))
        lines = []
        for one in input["refUpdates"]:
            before = one.get("beforeOid")
            now = repo.branch(one["name"].removeprefix("refs/heads/")) or ZERO
            if before is not None and before != now:
                raise GraphQLError(f"Reference update failed: expected {one['name']} to be at {before}")
            if one["afterOid"] == ZERO:
                lines.append(f"delete {one['name']} {now}")
            else:
                lines.append(f"update {one['name']} {one['afterOid']} {now}")
        repo.git("update-ref", "--stdin", stdin="\n".join([*lines, ""]).encode())
        return {"clientMutationId": None}

    def markPullRequestReadyForReview(self, _info: Any, input: dict[str, Any]) -> Any:  # noqa: A002, N802
        return self._drafted(input["pullRequestId"], draft=False)

    def convertPullRequestToDraft(self, _info: Any, input: dict[str, Any]) -> Any:  # noqa: A002, N802
        return self._drafted(input["pullRequestId"], draft=True)

    def _drafted(self, node: str, *, draft: bool) -> Any:
        name, _, number = node.removeprefix("PR_").partition("#")
        pull = self._writable(name).pull(int(number))
        pull.draft = draft
        return {"pullRequest": {"id": node, "isDraft": draft, "number": pull.number}}

    def _writable(self, name: str) -> Repo:
        repo = self._world.repo(name, self._actor)
        if repo.name not in self._actor.pushes:
            raise GraphQLError("Resource not accessible by integration", extensions={"type": "FORBIDDEN"})
        return repo


def _commit(repo: Repo, parent: str, additions: list[dict[str, Any]], message: str, actor: Actor) -> str:
    """Modes are kept, the author is whoever asks, and GitHub signs."""
    index = str(repo.path / "index.api")
    repo.git("read-tree", parent, GIT_INDEX_FILE=index)
    for one in additions:
        blob = repo.git("hash-object", "-w", "--stdin", stdin=base64.b64decode(one["contents"], validate=True))
        mode = (repo.git("ls-tree", parent, one["path"]) or "100644").split(" ")[0]
        repo.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{one['path']}", GIT_INDEX_FILE=index)
    tree = repo.git("write-tree", GIT_INDEX_FILE=index)
    people = {
        "GIT_AUTHOR_NAME": actor.login,
        "GIT_AUTHOR_EMAIL": f"1+{actor.login}@users.noreply.github.com",
        "GIT_COMMITTER_NAME": "GitHub",
        "GIT_COMMITTER_EMAIL": "noreply@github.com",
    }
    return repo.git("commit-tree", "-p", parent, tree, stdin=message.encode(), **people)


def execute(world: World, actor: Actor, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    """The reply. A query that GitHub's schema does not allow is an error in it, as with GitHub."""
    result = graphql_sync(_SCHEMA, query, root_value=_Root(world, actor), variable_values=variables)
    reply: dict[str, Any] = {"data": result.data}
    if result.errors:
        reply["errors"] = [
            {"message": error.message, **({"type": error.extensions["type"]} if error.extensions else {})}
            for error in result.errors
        ]
    return reply


__all__ = ["Refused", "execute"]
