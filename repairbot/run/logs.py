"""The logs that a proposal keeps: files of a job in, short names out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from repairbot.process.run import last_bytes

LARGEST = 2 * 1024 * 1024  # of each log its end is kept


class Logs:
    """Copies into `folder` are made when a name is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names: dict[str, str] = {}

    def kept(self, log: str) -> str | None:
        """The name of the copy of a log. What target code printed is never read, only copied."""
        path = Path(log)
        if log not in self._names and path.is_file() and not path.is_symlink():
            name = f"{re.sub(r'[^A-Za-z0-9.-]+', '-', path.parent.name) or 'log'}.log"
            self.folder.mkdir(exist_ok=True)
            if path.stat().st_size <= LARGEST:
                shutil.copyfile(path, self.folder / name)
            else:
                (self.folder / name).write_bytes(last_bytes(path, LARGEST))
            self._names[log] = name
        return self._names.get(log)
