"""`python -m repairbot`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the directory we were started in: a target's `ast.py` must not stand in for Python's own
    from repairbot.cli import main

    raise SystemExit(main())
