"""Ways in which a function comes from one module to another: each is a module that takes NAME from SOURCE."""

from __future__ import annotations

from collections.abc import Sequence

from tests.truth.scenes import DEFINITIONS

WAYS: dict[str, str] = {
    "import": "from .SOURCE import NAME\n",
    "renamed import": "from .SOURCE import NAME as other\nNAME = other\n",
    "forwarding function": "from .SOURCE import NAME as inner\ndef NAME():\n    return inner()\n",
}


def wrapped(ways: Sequence[str], name: str) -> dict[str, str]:
    """The modules that hand `name` on from the definitions to `d`, one for each way."""
    files = {"d0.py": DEFINITIONS}
    for number, way in enumerate(ways, start=1):
        text = WAYS[way].replace("SOURCE", f"d{number - 1}").replace("NAME", name)
        last = number == len(ways)
        rest = [one for one in ("R", "cm", "gen", "some_items", "Enters", "Rows", "Both") if one != name]
        head = f"from .d0 import {', '.join(rest)}\n" if last else ""
        files["d.py" if last else f"d{number}.py"] = head + text
    return files
