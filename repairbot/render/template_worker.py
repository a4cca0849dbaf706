"""The door to templates that are not ours: they run in a process of their own, in a sandbox, for a limited time."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.storing import text as as_json
from repairbot.plain import decoded, encoded
from repairbot.process.own_python import module_command
from repairbot.process.run import AT_ONCE, Limits, Stopped, run
from repairbot.render.story import USUAL, Layout
from repairbot.render.template_job import SECONDS, TEXTS, Answer, Job
from repairbot.render.templates import shipped_names

_GRACE = 10.0  # to start, and to end by itself with the line it was at


def rendered(
    kind: str, document: EvidenceDocument, layout: Layout = USUAL, folder: Path | None = None, seconds: float = SECONDS
) -> str:
    """The text of a kind (see `template_job.TEXTS`), with the templates in `folder` before those that ship.

    Raises UsageError: a folder without templates, a template that raises or does not end.
    """
    if folder is None:
        return TEXTS[kind](document, layout, None)
    answer = _answered(Job(kind, as_json(document), layout, str(checked(folder)), seconds))
    if answer.text is None:
        raise UsageError(f"--templates {folder}: {_problem(answer)}; mend the template, or leave --templates out")
    return answer.text


def checked(folder: Path) -> Path:
    """The folder, whole. Raises UsageError when there is no template in it."""
    names = shipped_names()
    if not folder.is_dir():
        raise UsageError(f"--templates {folder}: no such directory; name one that holds templates")
    if not any((folder / name).is_file() for name in names):
        raise UsageError(f"--templates {folder}: none of the templates is there; their names are {', '.join(names)}")
    return folder.resolve()


def _answered(job: Job) -> Answer:
    with tempfile.TemporaryDirectory(prefix="repairbot-templates.") as name:
        folder = Path(name)
        job_file, answer = folder / "job.json", folder / "answer.json"
        job_file.write_text(json.dumps(encoded(job)), encoding="utf-8")
        ended = run(
            module_command("repairbot.render.template_process", str(job_file), str(answer)),
            cwd=folder,
            env={key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ},
            output=folder / "output",
            limits=Limits(seconds=job.seconds + _GRACE, processes=None),
            graces=AT_ONCE,
        )
        if answer.is_file():
            return decoded(Answer, json.loads(answer.read_text(encoding="utf-8")))
    return Answer(None, "a template does not end" if ended.stopped is Stopped.TIME else "a template ended the process")


def _problem(answer: Answer) -> str:
    where = f"{answer.template}, line {answer.line}: " if answer.template else ""
    return f"{where}{answer.problem}"
