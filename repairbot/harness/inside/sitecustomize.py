"""Begins the watch in each Python that a test starts; the environment's own module of this name runs as well."""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

import repairbot_watch

repairbot_watch.started()

_here = os.path.dirname(os.path.abspath(__file__))
_own = PathFinder.find_spec("sitecustomize", [one for one in sys.path if os.path.abspath(one) != _here])
if _own is not None and _own.loader is not None:
    _module = module_from_spec(_own)
    sys.modules["sitecustomize"] = _module
    _own.loader.exec_module(_module)
