"""The logs that a proposal keeps: files of a job in, short names out."""

from __future__ import annotations

import re
from pathlib import Path

from repairbot.harness.environment.credentials import Redaction
from repairbot.process.run import last_bytes

LARGEST = 2 * 1024 * 1024  # of each log its end is kept


class Logs:
    """Copies into `folder` are made when a name is asked for, without the credentials that `redaction` knows."""

    def __init__(self, folder: Path, redaction: Redaction) -> None:
        self.folder = folder
        self._redaction = redaction
        self._names: dict[str, str] = {}

    def kept(self, log: str) -> str | None:
        """Return the name of the copy of a log. What target code printed is not understood, only searched."""
        path = Path(log)
        if log not in self._names and path.is_file() and not path.is_symlink():
            name = f"{re.sub(r'[^A-Za-z0-9.-]+', '-', path.parent.name) or 'log'}.log"
            self.folder.mkdir(exist_ok=True)
            (self.folder / name).write_bytes(self._redaction.data(last_bytes(path, LARGEST)))
            self._names[log] = name
        return self._names.get(log)
