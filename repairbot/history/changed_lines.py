"""Which lines of a folder's files changed since a commit, and whether a finding has to do with any of them."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.git import objects, source
from repairbot.git import repository as git_own
from repairbot.git.command import GitFailed, run_safely
from repairbot.harness import scratch
from repairbot.model import Finding, Origin, Undecided

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
# No path is given, so no attribute of anybody's applies, and the repository is ours: nothing of the target is run.
_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--text", "--unified=0", "--ignore-cr-at-eol")

TreeOf = Callable[[str], ast.Module | None]
BytesOf = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Extent:
    """The first and the last line of something. A definition has an indentation, too."""

    first: int
    last: int
    indent: int | None = None


@dataclass(frozen=True, slots=True)
class Hunk:
    """`count` lines from `start` on are new, in place of those `gone`; where none are, `start` is the line before."""

    start: int
    count: int
    gone: tuple[bytes, ...] = ()

    @property
    def _next(self) -> int:
        """The first old line after it."""
        return self.start + max(self.count, 1)

    def meets(self, lines: Extent, rows: Sequence[bytes]) -> bool:
        """Whether it changes any of the lines; `rows` are all lines of the file."""
        if self.count:
            inside = self.start <= lines.last and lines.first < self._next
        else:
            inside = lines.first <= self.start < lines.last
        return inside or (lines.indent is not None and self._took_from(lines, lines.indent, rows))

    def _took_from(self, lines: Extent, indent: int, rows: Sequence[bytes]) -> bool:
        """Whether what is gone right above a definition was a decorator of it, or right below the end of its body."""
        gone = [_indent(row) for row in self.gone if row.strip()]
        if not gone:
            return False
        begin = self.start if self.count else self.start + 1
        between = rows[lines.last : begin - 1]
        below = lines.last < begin and not any(row.strip() for row in between) and gone[0] > indent
        return below or (self._next == lines.first and gone[-1] <= indent)


def _indent(row: bytes) -> int:
    return len(row) - len(row.lstrip())


_EVERYTHING = (Hunk(1, 1 << 31),)


@dataclass
class Since:
    """A commit to compare with. A file that it lacks, a moved one too, is new from end to end."""

    revision: str
    commit: str
    _history: Path
    _scratch: Path
    _blobs: Mapping[str, str]
    _known: dict[str, tuple[Hunk, ...]] = field(default_factory=dict)

    def hunks(self, path: str, now: bytes) -> tuple[Hunk, ...]:
        """What changed in a file whose content is `now`."""
        if path not in self._known:
            oid = self._blobs.get(path)
            self._known[path] = _EVERYTHING if oid is None else self._compared(oid, now)
        return self._known[path]

    def _compared(self, oid: str, now: bytes) -> tuple[Hunk, ...]:
        try:
            (old,) = objects.blobs(self._history, [oid])
        except GitFailed as error:
            raise UsageError(
                f"--since {self.revision}: commit {self.commit[:12]} is not all here ({error}); if this is a partial "
                "clone, `git fetch --refetch --no-filter` brings what it lacks"
            ) from None
        if old == now:
            return ()
        # Writing into the repository that borrows would renew the date of an object where it lies.
        return tuple(_hunks(git_own.run(self._scratch, *_DIFF, self._held(old), self._held(now))))

    def _held(self, content: bytes) -> str:
        made = git_own.run(self._scratch, "hash-object", "-w", "--no-filters", "--stdin", stdin=content)
        return made.decode().strip()


def _hunks(diff: bytes) -> Iterator[Hunk]:
    """Old and new rows begin with a sign, so no content of a file can look like the head of a hunk."""
    head, gone = None, list[bytes]()
    for row in [*diff.split(b"\n"), b"@@"]:
        if row.startswith(b"@@"):
            if head is not None:
                yield Hunk(int(head[1]), 1 if head[2] is None else int(head[2]), tuple(gone))
            head, gone = _HUNK.match(row), []
        elif row.startswith(b"-"):
            gone.append(row[1:])


@contextmanager
def since(root: Path, revision: str) -> Iterator[Since]:
    """What `revision...` means to git: the last commit that HEAD and `revision` share. Raises UsageError."""
    _check_there(root, revision)
    head = source.find(root, asked_by="`--since`")
    other = _found(root, revision, head)
    with scratch.folder("repairbot-since-") as folder:
        history = git_own.borrow_history(head, folder / "history.git")
        base = _merge_base(history, revision, head, other.commit)
        try:
            blobs = {entry.path: entry.oid for entry in objects.entries(history, base) if entry.is_file}
        except GitFailed as error:
            raise UsageError(
                f"--since {revision}: commit {base[:12]} cannot be read ({error}); try `git fsck`"
            ) from None
        yield Since(revision, base, history, git_own.create(folder / "scratch.git"), blobs)


def _check_there(root: Path, revision: str) -> None:
    if not os.path.lexists(root / ".git"):
        raise UsageError(
            f"--since {revision}: {root} is not in a git repository; leave --since out to report everything"
        )
    try:
        run_safely(root, "--version")
    except GitFailed as error:
        raise UsageError(f"--since {revision}: {error}; install git, or leave --since out") from None


def _found(root: Path, revision: str, head: source.Source) -> source.Source:
    try:
        return source.find(root, revision, asked_by="`--since`")
    except UsageError as error:
        raise UsageError(f"--since: {error}{_depth_hint(head)}") from None


def _merge_base(repository: Path, revision: str, head: source.Source, other: str) -> str:
    try:
        return git_own.run(repository, "merge-base", head.commit, other).decode().split("\n")[0]
    except GitFailed:
        raise UsageError(
            f"--since {revision}: it shares no commit with HEAD{_depth_hint(head) or '; name another one'}"
        ) from None


def _depth_hint(head: source.Source) -> str:
    if not head.cut:
        return ""
    return "; this clone is shallow, so fetch more of its history (`git fetch --unshallow`, or `fetch-depth: 0`)"


def concerned(site: Finding | Undecided, changes: Since, bytes_of: BytesOf, tree_of: TreeOf) -> bool:
    """Whether the site's own lines changed, or those of a link of its evidence in the target."""
    places = [(site.path, Extent(site.region.line, site.region.end_line))]
    places += [
        (link.path, extent(tree_of(link.path), link.line)) for link in site.evidence if link.origin is Origin.SOURCE
    ]
    return any(_changed(path, lines, changes, bytes_of) for path, lines in dict.fromkeys(places))


def _changed(path: str, lines: Extent, changes: Since, bytes_of: BytesOf) -> bool:
    now = bytes_of(path)
    if now is None:
        return True
    rows = now.splitlines()
    return any(hunk.meets(lines, rows) for hunk in changes.hunks(path, now))


def extent(tree: ast.Module | None, line: int) -> Extent:
    """The statement at a line: all of a definition with its decorators, of other blocks the head, else all of it."""
    found = _innermost(tree.body, line) if tree is not None else None
    if found is None:
        return Extent(line, line)
    begin, end = _begin(found), found.end_lineno or found.lineno
    if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return Extent(begin, end, found.col_offset)
    body = getattr(found, "body", None)
    return Extent(begin, max(line, body[0].lineno - 1)) if body else Extent(begin, end)


def _innermost(statements: Iterable[ast.AST], line: int) -> ast.stmt | None:
    for node in statements:
        if isinstance(node, ast.stmt) and not _begin(node) <= line <= (node.end_lineno or node.lineno):
            continue
        if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            inner = _innermost(ast.iter_child_nodes(node), line)
            if inner is not None:
                return inner
            if isinstance(node, ast.stmt):
                return node
    return None


def _begin(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])
