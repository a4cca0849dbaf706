"""Modules that steal when a Python of ours imports them from the current directory or from PYTHONPATH."""

from __future__ import annotations

from pathlib import Path

NAMES = ("json.py", "git.py", "github.py", "libcst.py", "jinja2.py", "sitecustomize.py", "repairbot/__init__.py")


def plant(folder: Path, stolen: Path) -> None:
    """Write the modules into a folder; each writes the environment to `stolen` when it is imported."""
    text = f"import os\nopen({str(stolen)!r}, 'a').write(repr(dict(os.environ)))\n"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "repairbot" / "__main__.py").write_text(text)
