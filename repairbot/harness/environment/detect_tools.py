"""Recipes from the files of tox, nox, Pipenv, conda and pip, and the environment variables their tests run with."""

from __future__ import annotations

import ast
import itertools
import re

from repairbot.harness.environment.configfiles import ConfigFiles, Table, table, word, words
from repairbot.harness.environment.declared import Recipe
from repairbot.harness.environment.detect_project import PYPROJECT, poetry_requirement, requirement

_REQUIREMENTS = re.compile(
    r"(requirements?[-_.]?)?(tests?|testing|dev|develop|development|ci|all)([-_.]?requirements?)?\.(txt|in)$",
    re.IGNORECASE,
)
_PLAIN_REQUIREMENTS = re.compile(r"requirements?\.(txt|in)$", re.IGNORECASE)
_UNSAFE_VARIABLE = re.compile(
    r"(PYTHON|PYTEST_ADDOPTS|LD_|REPAIRBOT|PATH$|HOME$|TMP|TEMP|UV_|PIP_|COVERAGE|VIRTUAL_ENV)"
)


def tox_recipes(files: ConfigFiles, editable: bool) -> list[Recipe]:
    """What the environments of tox install, as far as it is written out."""
    settings = _tox_settings(files)
    if not settings:
        return []
    packages, listed = split(_without_factors(words(settings.get("deps"))))
    groups = tuple(_words_of(settings.get("dependency_groups")))
    extras = tuple(_words_of(settings.get("extras")))
    if not (packages or listed or extras or groups):
        return []
    name = "tox settings"
    return [
        Recipe(name, "tox installs this", editable, extras=extras, groups=groups, requirements=packages, files=listed)
    ]


def variables(files: ConfigFiles) -> tuple[tuple[str, str], ...]:
    """The environment that tox and Hatch give the tests, without what steers Python, pytest or the installers."""
    hatch = table(files.toml(PYPROJECT), "tool", "hatch", "envs")
    found: dict[str, str] = {}
    for name in ("default", "test", "tests", "hatch-test"):
        found.update(_text_values(table(hatch, name, "env-vars")))
    settings = _tox_settings(files)
    found.update(_text_values(table(settings, "set_env")))
    for key in ("setenv", "set_env"):
        pairs = (line.partition("=") for line in words(settings.get(key)))
        found.update({name.strip(): value.strip() for name, equals, value in pairs if equals})
    return tuple(
        (name, value)
        for name, value in found.items()
        if re.fullmatch(r"[A-Z_][A-Z0-9_]*", name) and not _UNSAFE_VARIABLE.match(name) and "{" not in value
    )


def _text_values(settings: Table) -> dict[str, str]:
    return {name: value for name, value in settings.items() if isinstance(value, str)}


def _words_of(value: object) -> list[str]:
    return [part for text in words(value) for part in re.split(r"[,\s]+", text) if part]


def _tox_settings(files: ConfigFiles) -> Table:
    native = table(files.toml("tox.toml")) or table(files.toml(PYPROJECT), "tool", "tox")
    if found := {**table(native, "env_run_base"), **table(native, "env", "test")}:
        return found
    ini = files.ini("tox.ini") or files.ini("setup.cfg")
    named = next((name for name in ("testenv:test", "testenv:tests", "testenv:unit") if table(ini, name)), "testenv")
    return {**table(ini, "testenv"), **table(ini, named)}


def _without_factors(lines: tuple[str, ...]) -> tuple[str, ...]:
    """`py39: name` as `name` unless the condition negates; lines with substitutions left out."""
    plain = (re.sub(r"^[\w.,{}-]+:\s+", "", line) for line in lines if not line.startswith("!"))
    return tuple(line for line in plain if "{" not in line.replace("{toxinidir}/", "").replace("{tox_root}/", ""))


def split(arguments: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The requirements and the requirements files among lines such as tox and nox give to pip."""
    packages, listed = [], []
    for argument in arguments:
        here = argument.replace("{toxinidir}/", "").replace("{tox_root}/", "")
        if found := re.match(r"(?:-r|--requirement)[\s=]*(\S+)$", here):
            listed.append(found[1])
        elif plain := requirement(here):
            packages.append(plain)
    return tuple(packages), tuple(name for name in listed if _inside(name))


def _inside(relative: str) -> bool:
    return not relative.startswith("/") and ".." not in relative.split("/") and "://" not in relative


def nox_recipes(files: ConfigFiles, editable: bool) -> list[Recipe]:
    """What `session.install` is given as plain text in the sessions whose name says tests."""
    tree = parsed(files, "noxfile.py")
    for function in tree.body if tree else []:
        if not isinstance(function, ast.FunctionDef) or not re.search(r"test|unit", function.name):
            continue
        arguments = _install_arguments(function)
        extras = tuple(name for text in arguments if text.startswith((".[", "-e.[")) for name in _bracketed(text))
        groups = tuple(after for text, after in itertools.pairwise(arguments) if text == "--group")
        packages, listed = split(_joined(arguments))
        if packages or listed or extras or groups:
            why = f"the session {function.name!r} of noxfile.py installs this"
            return [
                Recipe("nox session", why, editable, extras=extras, groups=groups, requirements=packages, files=listed)
            ]
    return []


def parsed(files: ConfigFiles, relative: str) -> ast.Module | None:
    text = files.text(relative)
    if text is None:
        return None
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        files.refused[relative] = "it does not parse"
        return None


def _install_arguments(function: ast.FunctionDef) -> list[str]:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    installs = (
        call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in {"install", "run_install"}
    )
    constants = (argument for call in installs for argument in call.args if isinstance(argument, ast.Constant))
    return [constant.value for constant in constants if isinstance(constant.value, str)]


def _joined(arguments: list[str]) -> tuple[str, ...]:
    """`-r` and the file after it as one; values of other options left out."""
    found, waiting = [], ""
    for argument in arguments:
        if waiting:
            found += [f"-r {argument}"] if waiting in {"-r", "--requirement"} else []
            waiting = ""
        elif argument in {"-r", "--requirement", "-e", "--editable", "-c", "--constraint", "--group", "--extra"}:
            waiting = argument
        else:
            found.append(argument)
    return tuple(text for text in found if text not in {"uv", "sync", "pip", "install", "poetry", "pdm"})


def _bracketed(text: str) -> list[str]:
    return [name.strip() for name in text[text.index("[") + 1 :].rstrip("]").split(",") if name.strip()]


def pipenv_recipe(files: ConfigFiles, editable: bool) -> Recipe | None:
    pipfile = files.toml("Pipfile")
    both = {**table(pipfile, "packages"), **table(pipfile, "dev-packages")}
    found = tuple(text for name, wanted in both.items() if (text := poetry_requirement(name, wanted)))
    return Recipe("Pipfile", "Pipfile lists packages and dev-packages", editable, requirements=found) if found else None


def requirement_file_recipes(files: ConfigFiles, editable: bool) -> list[Recipe]:
    """Requirements files whose names say tests or development, with the plain one; then the plain one alone."""
    listed = [name for name in files.names() if _REQUIREMENTS.fullmatch(name) or _PLAIN_REQUIREMENTS.fullmatch(name)]
    for folder in ("requirements", "requirement", "reqs", "tests", "test"):
        listed += [f"{folder}/{name}" for name in files.names(folder) if _wanted_in(folder, name)]
    without_twins = [name for name in listed if not (name.endswith(".in") and name[:-3] + ".txt" in listed)]
    plain = tuple(
        name
        for name in without_twins
        if _PLAIN_REQUIREMENTS.fullmatch(name) or name.endswith(("/base.txt", "/main.txt"))
    )
    best = _best_file([name for name in without_twins if name not in plain])
    recipes = []
    if best:
        recipes.append(
            Recipe(" + ".join((best, *plain)), "a requirements file for tests", editable, files=(best, *plain))
        )
    if plain:
        recipes.append(Recipe(" + ".join(plain), "the project's requirements file", editable, files=plain))
    return recipes


def _wanted_in(folder: str, name: str) -> bool:
    if folder in {"tests", "test"}:
        return bool(_PLAIN_REQUIREMENTS.fullmatch(name) or re.fullmatch(r"requirements.*\.txt", name))
    return bool(
        _REQUIREMENTS.fullmatch(name) or _PLAIN_REQUIREMENTS.fullmatch(name) or name in {"base.txt", "main.txt"}
    )


def _best_file(listed: list[str]) -> str | None:
    tests = [name for name in listed if "test" in name.lower()]
    return next(iter(tests or listed), None)


def conda_recipe(files: ConfigFiles, editable: bool) -> Recipe | None:
    """The `pip:` part of a conda environment: what else conda would install is not looked at."""
    for name in ("environment-dev.yml", "environment-test.yml", "environment.yml", "environment.yaml"):
        lines = (files.text(name) or "").splitlines()
        start = next((place for place, line in enumerate(lines) if re.fullmatch(r"\s*-\s*pip:\s*", line)), None)
        if start is None:
            continue
        depth = len(lines[start]) - len(lines[start].lstrip())
        found = []
        for line in lines[start + 1 :]:
            if line.strip() and len(line) - len(line.lstrip()) <= depth:
                break
            found.append(line.strip().removeprefix("-").strip().strip("\"'"))
        packages, listed = split(tuple(found))
        if packages or listed:
            return Recipe(
                f"pip part of {name}", "the rest of it needs conda", editable, requirements=packages, files=listed
            )
    return None


def setup_words(files: ConfigFiles) -> Table:
    """The keyword arguments of `setup()` in setup.py that are literals, or names of literals of that module."""
    tree = parsed(files, "setup.py")
    if tree is None:
        return {}
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and word_of(node.func) == "setup":
            found = {keyword.arg: _literal(keyword.value, constants) for keyword in node.keywords if keyword.arg}
            return {name: value for name, value in found.items() if value is not None}
    return {}


def word_of(node: ast.expr) -> str | None:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None


def _literal(node: ast.expr, constants: dict[str, ast.expr]) -> object:
    if isinstance(node, ast.Name):
        node = constants.get(node.id, node)
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {
            key.value: _literal(value, constants) or []
            for key, value in pairs
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        }
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def stated_python(files: ConfigFiles) -> tuple[str, ...]:
    """Versions that .python-version, runtime.txt and Pipfile ask for."""
    found = []
    for name in (".python-version", "runtime.txt"):
        found += re.findall(r"^(?:python-?|cpython-?)?(3\.\d+)", files.text(name) or "", re.MULTILINE)
    requires = table(files.toml("Pipfile"), "requires")
    stated = word(requires, "python_full_version") or word(requires, "python_version")
    return tuple(found + ([stated] if stated else []))
