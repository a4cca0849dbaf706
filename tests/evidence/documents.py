"""An evidence document in which every part is filled, for whatever reads one."""

from __future__ import annotations

from repairbot.evidence.changes import ChangedFile, Changes, Group
from repairbot.evidence.document import SCHEMA_VERSION, Asked, EvidenceDocument, Target, Tool
from repairbot.evidence.entries import Edit, Excerpt, LeftOut, Link, ProposedFinding, Span, Unclear
from repairbot.evidence.impact import (
    CommitNote,
    EntryPoint,
    History,
    Hop,
    Impact,
    Journey,
    Owner,
    Place,
    Reach,
    Severity,
    Step,
)
from repairbot.evidence.observed import (
    Executed,
    GradeEntry,
    InstallAttempt,
    InstallStep,
    Isolation,
    Phase,
    ProofEntry,
    RejectedLevel,
    RunEntry,
    Runs,
    TestEntry,
    TestEnvironment,
    Tests,
    WitnessEntry,
)

ERROR = "TypeError: 'async for' requires an object with __aiter__ method, got _AsyncGeneratorContextManager"
OLD = "    async for session in get_session():"
NEW = "    async with get_session() as session:"
DIFF = f"""\
diff --git a/app/handler.py b/app/handler.py
--- a/app/handler.py
+++ b/app/handler.py
@@ -11,4 +11,4 @@
 async def handle(message):
-{OLD}
+{NEW}
         await answer(session, message)
"""
REACH = Reach(
    entry_points=(
        EntryPoint(
            "WebSocket endpoint",
            "/ws/chat",
            production=True,
            hops=(Hop("app/main.py", 30, "chat"), Hop("app/handler.py", 12, "handle")),
        ),
        EntryPoint(
            "test",
            "tests/test_handler.py::test_answer",
            production=False,
            hops=(Hop("tests/test_handler.py", 8, "test_answer"), Hop("app/handler.py", 12, "handle")),
        ),
    ),
    more=2,
    other_roots=1,
    unfollowed=3,
)
IMPACT = Impact(
    reach=REACH,
    severity=Severity(
        "production",
        always=True,
        in_loop=False,
        swallowed=Place("app/main.py", 33, "`except Exception` around the call hides the failure"),
    ),
    history=History(
        "flip",
        introduced=CommitNote("a" * 40, "2025-01-02T10:00:00+00:00", "Handle messages"),
        flip=CommitNote("b" * 40, "2025-01-08T09:30:00+00:00", "Close sessions with a context manager"),
        flip_text="`get_session` gained `@asynccontextmanager`",
        stale=(Hop("app/jobs.py", 40, "nightly"),),
    ),
)
FINDING = ProposedFinding(
    rule="RB101",
    path="app/handler.py",
    line=12,
    column=5,
    end_line=12,
    end_column=39,
    message="`async for` needs an object with `__aiter__`, but this is `_AsyncGeneratorContextManager`",
    expression="get_session()",
    disposition="fix",
    safety="safe",
    reason=None,
    fingerprint="1" * 64,
    group="g1",
    edits=(Edit("app/handler.py", Span(12, 1, 12, 40), NEW),),
    evidence=(
        Link("app/handler.py", 3, "`get_session` is imported from `app.db`", "source"),
        Link("app/db.py", 7, "`get_session` is decorated with `@asynccontextmanager`", "source"),
    ),
    function="handle",
    excerpt=Excerpt(11, ("async def handle(message):", OLD, "        await answer(session, message)")),
    applied=True,
    publishable=True,
    impact=IMPACT,
)
REFUSED = ProposedFinding(
    rule="RB101",
    path="app/jobs.py",
    line=40,
    column=9,
    end_line=40,
    end_column=43,
    message="`async for` needs an object with `__aiter__`, but this is `_AsyncGeneratorContextManager`",
    expression="get_session()",
    disposition="refuse",
    safety=None,
    reason="the loop's `else:` can be skipped by a `break`",
    fingerprint="2" * 64,
    group=None,
    edits=(),
    evidence=FINDING.evidence,
    function="nightly",
    excerpt=Excerpt(40, ("        async for session in get_session():",)),
    unpublished="it has no fix",
)
RUN_BEFORE = RunEntry({"passed": 8, "failed": 1}, None, "exit code 1", 2.5, "3.12.1", "8.4.0", "tests-before.log")
RUN_AFTER = RunEntry({"passed": 9}, None, "exit code 0", 2.4, "3.12.1", "8.4.0", "tests-after.log")
RUNS = Runs(
    started="2026-01-01T00:00:00+00:00",
    seconds=31.5,
    phases=(Phase("scan", 0.5), Phase("install", 12.0), Phase("tests before", 2.5)),
    isolation=Isolation(
        "bubblewrap",
        "0.8.0",
        1000,
        secrets_hidden=True,
        network=False,
        install_network=True,
        rejected=(RejectedLevel("namespaces", "not needed"),),
    ),
    environment=TestEnvironment(
        recipe="the extra `test`",
        why="pyproject.toml names it",
        python="3.12.1",
        python_why="the highest that fits",
        packages=("pytest==8.4.0",),
        added=(),
        packages_until=None,
        best_effort=False,
        reused=False,
        test_command=None,
    ),
    attempts=(
        InstallAttempt(
            "the extra `test`",
            "pyproject.toml names it",
            "3.12.1",
            "9 tests collected",
            9,
            works=True,
            steps=(InstallStep("install", ("uv", "pip", "install"), 4.0, "exit code 0", ok=True, log="install.log"),),
        ),
    ),
    proofs=(
        ProofEntry(
            "1" * 64,
            "proven",
            f"the real object's type is _AsyncGeneratorContextManager: {ERROR}",
            definition="app.db:get_session",
            type="_AsyncGeneratorContextManager",
            has=("__aenter__", "__aexit__"),
            lacks=("__aiter__",),
            error=ERROR,
            python="3.12.1",
            repeat="python -c 'import asyncio'",
        ),
    ),
    tests=Tests(
        before=RUN_BEFORE,
        after=RUN_AFTER,
        whole=True,
        verdicts={"fixed": 1, "still passing": 8},
        incomplete=None,
        cases=(
            TestEntry(
                "tests/test_handler.py::test_answer",
                "fixed",
                "failed",
                "passed",
                again_before=("failed", "failed"),
                again_after=("passed", "passed"),
                message=ERROR,
            ),
            *(TestEntry(f"tests/test_other.py::test_{n}", "still passing", "passed", "passed") for n in range(8)),
        ),
    ),
    lines=(Executed("1" * 64, ("tests/test_handler.py::test_answer",), ("tests/test_handler.py::test_answer",)),),
    witnesses=(
        WitnessEntry(
            "1" * 64,
            "raised",
            "it raised the error in 1 test (`tests/test_handler.py::test_answer`), each time it was reached",
            raised=("tests/test_handler.py::test_answer",),
            types=("contextlib._AsyncGeneratorContextManager",),
            error=ERROR,
        ),
    ),
    grades=(
        GradeEntry(
            "1" * 64,
            "A",
            "1 test failed at the repaired line and passes now, each time it was run; none of the suite's 9 tests got "
            "worse.",
            fixed=("tests/test_handler.py::test_answer",),
            executing=("tests/test_handler.py::test_answer",),
        ),
    ),
)
DOCUMENT = EvidenceDocument(
    schema_version=SCHEMA_VERSION,
    tool=Tool("repairbot", "0.1.0"),
    target=Target("chat", "example/chat", "c" * 40, "main", "2026-01-01T00:00:00+00:00"),
    asked=Asked(("RB101", "RB102"), (), unsafe_fixes=False, env=False),
    findings=(FINDING, REFUSED),
    undecided=(
        Unclear(
            "RB101",
            "app/other.py",
            5,
            1,
            5,
            20,
            "self.pool.take()",
            "`pool` has no type",
            (Link("app/other.py", 5, "`pool` is a parameter without a type", "source"),),
        ),
    ),
    skipped=(LeftOut("old/legacy.py", "syntax-error", "line 3: Missing parentheses in call to 'print'"),),
    changes=Changes(
        branch="repairbot/async-for-context-manager/main",
        commit="d" * 40,
        message="Enter `get_session()` instead of iterating over it\n",
        patch_sha256="e" * 64,
        diff=DIFF,
        files=(ChangedFile("app/handler.py", "3" * 64, "4" * 64),),
        groups=(Group("g1", ("1" * 64,), ("app/handler.py",), publishable=True),),
    ),
    owner=Owner(
        (
            Journey(
                "Chat",
                (
                    Step("log in"),
                    Step("send a message", ("1" * 64,)),
                    Step("read the answer", blocked=True),
                ),
                share_of_value=0.9,
                revenue_at_risk=500000.0,
                currency="USD",
                source="finance, 2025-Q1",
            ),
        )
    ),
    notes=("2 files have uncommitted changes, which were not looked at",),
    runs=RUNS,
)
