"""The process that LibCST runs in: one job a line on standard input, one answer a line on standard output."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import asdict

from repairbot.repair.cst.request import Answer, Job, Place
from repairbot.repair.cst.rewrite import rewritten
from repairbot.repair.refused import Refused

MEMORY_BYTES = 1 << 30
RECURSION = 10_000  # a sum of some hundred terms needs more than the usual thousand


def main() -> None:
    # An interrupt is for the parent, which ends this process by closing its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    sys.setrecursionlimit(RECURSION)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(_answer(_job(line)))) + "\n")
        sys.stdout.flush()


def _job(line: str) -> Job:
    fields = json.loads(line)
    return Job(fields["text"], fields["line_end"], fields["indent"], tuple(Place(**each) for each in fields["places"]))


def _answer(job: Job) -> Answer:
    try:
        return Answer(rewritten(job), None)
    except Refused as refused:
        return Answer(None, str(refused))
    except RecursionError:
        return Answer(None, "the statement nests too deeply for LibCST")


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main()
