"""`python -m repairbot.action`, which action.yml runs; nothing else needs it."""

from __future__ import annotations

import gc
import os
import sys

from repairbot.action.inputs import inputs
from repairbot.action.modes import act
from repairbot.action.runner import harmless
from repairbot.cli import guarded


def main() -> int:
    gc.disable()  # as the command line does, and for the same reason
    return guarded(lambda: act(inputs(os.environ), os.environ), harmless)


if __name__ == "__main__":
    sys.exit(main())
