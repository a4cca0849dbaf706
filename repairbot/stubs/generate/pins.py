"""pins.toml and the corrections beside it: which releases to read, and what a person decided about them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Correction:
    """Python source whose definitions replace, or add to, those of `module` in every release that has the module."""

    module: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pin:
    """One package. `modules`, `exclude` and `within` are dotted names, each with what lies below it."""

    package: str
    distribution: str
    versions: tuple[str, ...]  # oldest first
    reviewed: str
    modules: tuple[str, ...]
    exclude: tuple[str, ...]
    within: tuple[str, ...]
    needs: tuple[str, ...]
    coroutines: bool
    python: str
    decorators: Mapping[str, str]
    adds_coroutines: tuple[str, ...]
    corrections: tuple[Correction, ...]

    @property
    def range(self) -> str:
        return f">={self.versions[0]},<={self.versions[-1]}"


@dataclass(frozen=True, slots=True)
class Pins:
    packages: Mapping[str, Pin]
    foreign: Mapping[str, tuple[str, ...]]


def read_pins(folder: Path = HERE) -> Pins:
    data = tomllib.loads((folder / "pins.toml").read_text())
    packages = {name: _pin(name, entry, folder) for name, entry in data["package"].items()}
    return Pins(packages, {name: tuple(methods) for name, methods in data["foreign"].items()})


def _pin(package: str, entry: dict[str, object], folder: Path) -> Pin:
    def names(key: str) -> tuple[str, ...]:
        value = entry.get(key, [])
        return tuple(map(str, value)) if isinstance(value, list) else ()

    decorators = entry.get("decorators", {})
    return Pin(
        package=package,
        distribution=str(entry.get("distribution", package)),
        versions=names("versions"),
        reviewed=str(entry["reviewed"]),
        modules=names("modules") or (package,),
        exclude=names("exclude"),
        within=names("within") or (package,),
        needs=names("needs"),
        coroutines=bool(entry.get("coroutines", True)),
        python=str(entry.get("python", "3.12")),
        decorators={str(k): str(v) for k, v in decorators.items()} if isinstance(decorators, dict) else {},
        adds_coroutines=names("adds_coroutines"),
        corrections=_corrections(folder / "corrections" / f"{package}.toml"),
    )


def _corrections(path: Path) -> tuple[Correction, ...]:
    if not path.is_file():
        return ()
    entries = tomllib.loads(path.read_text())["correction"]
    return tuple(Correction(entry["module"], entry["code"], entry["reason"]) for entry in entries)
