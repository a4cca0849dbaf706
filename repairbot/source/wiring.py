"""The Finder of one target: its layout, what its project files and environment declare, and the libraries."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from repairbot.model import Origin
from repairbot.source.environment import Environment
from repairbot.source.finding import Finder
from repairbot.source.layout import Declared, Layout
from repairbot.source.libraries import Library, shipped_stubs, standard_library
from repairbot.source.project_settings import declared
from repairbot.source.tree import Tree


def finder_of(root: Path, tree: Tree, environment: Environment | None) -> Finder:
    """Everything that bears on where this target's imports lead."""
    layout = Layout(tree.paths(), tree.settings_files(), declared(tree))
    if environment is None:
        return Finder(layout, [standard_library(), shipped_stubs()])
    # What an editable install points at inside the target is the target's own; the rest is a library.
    roots = dict(_own(root, layout, environment.folders))
    names = dict(_own(root, layout, environment.mapped.values()))
    own = [Declared("", "", place) for place in roots.values()]
    own += [Declared("", name, names[place]) for name, place in environment.mapped.items() if place in names]
    folders = [folder for folder in environment.folders if folder not in roots]
    mapped = {name: place for name, place in environment.mapped.items() if place not in names}
    library = Library(Origin.ENVIRONMENT, folders, (".py", ".pyi"), mapped)
    return Finder(layout.declaring(own), [standard_library(), library, shipped_stubs()])


def _own(root: Path, layout: Layout, places: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The absolute places that are folders or files of the layout, each with its root-relative path."""
    for place in places:
        path = os.path.relpath(os.path.realpath(place), root).replace(os.sep, "/")
        folder = "" if path == "." else f"{path}/"
        for own in (folder, path, f"{path}.py"):
            if own in layout.folders or own in layout.files:
                yield place, own
                break
