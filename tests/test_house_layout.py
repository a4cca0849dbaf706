"""The shape of the repository: what stands where, and what the package is made of."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

TOP_LEVEL = {
    "repairbot",
    "rules",
    "templates",
    "tests",
    "action.yml",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "uv.lock",
}

# A project of its own, which only happens to lie here.
TARGET_OF_THE_DEMO = Path("repairbot/demo/target")

# The generator of the stubs is run from a checkout; what it makes is shipped.
NOT_SHIPPED = {"repairbot.stubs.generate"}


def repository_files() -> list[Path]:
    """Every file that is committed or would be, relative to the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    return [path for name in listing.decode().split("\0") if name and (ROOT / (path := Path(name))).is_file()]


def modules() -> list[Path]:
    """The modules of the package, relative to the root."""
    ours = [path for path in repository_files() if path.suffix == ".py" and path.parts[0] != "tests"]
    return [path for path in ours if not path.is_relative_to(TARGET_OF_THE_DEMO)]


def packages_in_the_tree() -> set[str]:
    """Each folder of the package that holds an `__init__.py`, as the dotted name it is imported by."""
    names = {".".join(path.parent.parts) for path in modules() if path.name == "__init__.py"}
    return {name if name.startswith("repairbot") else f"repairbot.{name}" for name in names}


def test_the_top_level_holds_only_what_the_design_names() -> None:
    names = {path.parts[0] for path in repository_files()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_the_package_list_equals_the_tree() -> None:
    assert set(PYPROJECT["tool"]["setuptools"]["packages"]) == packages_in_the_tree() - NOT_SHIPPED


def test_every_folder_with_modules_of_ours_is_a_package() -> None:
    folders = {path.parent for path in modules()}
    assert [folder for folder in folders if not (ROOT / folder / "__init__.py").is_file()] == []


def test_every_module_says_in_its_docstring_what_it_is_for() -> None:
    silent = [path for path in modules() if not (ROOT / path).read_text(encoding="utf-8").lstrip().startswith('"""')]
    assert silent == []


def test_no_committed_text_names_a_path_of_one_machine() -> None:
    private = ("/" + "work/", "/" + "root/", "/" + "tmp/dev")
    texts = [path for path in repository_files() if path.suffix in {".md", ".toml", ".yml", ".yaml", ".lock", ".json"}]
    leaks = {str(path) for path in texts for word in private if word in (ROOT / path).read_text(encoding="utf-8")}
    assert leaks == set()
