"""The Finder of one target: its layout, what its project files and environment declare, and the libraries."""

from __future__ import annotations

import os
from pathlib import Path

from repairbot.model import Origin
from repairbot.source.environment import Environment
from repairbot.source.finding import Finder
from repairbot.source.layout import Layout
from repairbot.source.libraries import Library, shipped_stubs, standard_library
from repairbot.source.project_settings import declared
from repairbot.source.tree import Tree


def finder_of(root: Path, tree: Tree, environment: Environment | None) -> Finder:
    """Everything that bears on where this target's imports lead."""
    found = declared(tree)
    layout = Layout(tree.paths(), tree.settings_files(), found.roots, dict(found.aliases))
    libraries = [standard_library(), shipped_stubs()]
    if environment:
        layout, library = _with_environment(root, layout, environment)
        libraries.insert(1, library)
    return Finder(layout, libraries)


def _with_environment(root: Path, layout: Layout, environment: Environment) -> tuple[Layout, Library]:
    """What an editable install points at inside the target is the target's own; the rest is a library."""
    own = {folder: place for folder in environment.folders if (place := _inside(root, layout, folder)) is not None}
    own_names = {
        name: place
        for name, target in environment.mapped.items()
        if (place := _inside(root, layout, target)) is not None
    }
    folders = [folder for folder in environment.folders if folder not in own]
    mapped = {name: target for name, target in environment.mapped.items() if name not in own_names}
    library = Library(Origin.ENVIRONMENT, folders, (".py", ".pyi"), mapped)
    return layout.declaring(own.values(), own_names), library


def _inside(root: Path, layout: Layout, place: str) -> str | None:
    """The root-relative folder (final "/") or file of an absolute path that is part of the layout."""
    path = os.path.relpath(os.path.realpath(place), root).replace(os.sep, "/")
    if path == ".":
        return ""
    if path in layout.files or f"{path}.py" in layout.files:
        return path if path in layout.files else f"{path}.py"
    return f"{path}/" if f"{path}/" in layout.folders else None
