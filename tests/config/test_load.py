from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from repairbot.config.keys import Choice
from repairbot.config.load import LONGEST_SUITE, Config, granted, load
from repairbot.errors import UsageError


def config(root: Path, *, file: Path | None = None, environ: dict[str, str] | None = None, **flags: object) -> Config:
    return load(root, file, {key.replace("_", "-"): value for key, value in flags.items()}, environ or {})


def github(root: Path, text: str) -> None:
    (root / ".github").mkdir(exist_ok=True)
    (root / ".github" / "repairbot.toml").write_text(text, encoding="utf-8")


def pyproject(root: Path, text: str) -> None:
    (root / "pyproject.toml").write_text(text, encoding="utf-8")


def error_of(root: Path, *, file: Path | None = None, environ: dict[str, str] | None = None, **flags: object) -> str:
    with pytest.raises(UsageError) as raised:
        config(root, file=file, environ=environ, **flags)
    return str(raised.value)


def test_without_files_every_key_has_its_default(tmp_path: Path) -> None:
    assert config(tmp_path) == Config(None, (), (), None, None, unsafe_fixes=False, fail_on_skipped=False)


def test_pyproject_is_read_at_its_own_table(tmp_path: Path) -> None:
    pyproject(tmp_path, '[project]\nname = "x"\n[tool.repairbot]\njobs = 2\nexclude = ["old/*"]\n')
    assert config(tmp_path) == Config(jobs=2, exclude=("old/*",))


def test_the_github_file_wins_over_pyproject_key_by_key(tmp_path: Path) -> None:
    pyproject(tmp_path, '[tool.repairbot]\njobs = 2\nexclude = ["old/*"]\n')
    github(tmp_path, "jobs = 3\n")
    assert config(tmp_path) == Config(jobs=3, exclude=("old/*",))


def test_the_environment_wins_over_the_files_and_a_flag_over_both(tmp_path: Path) -> None:
    github(tmp_path, "jobs = 3\nunsafe-fixes = false\n")
    environ = {"REPAIRBOT_JOBS": "4", "REPAIRBOT_UNSAFE_FIXES": "yes", "REPAIRBOT_FAIL_ON_SKIPPED": "1"}
    assert config(tmp_path, environ=environ) == Config(jobs=4, unsafe_fixes=True, fail_on_skipped=True)
    assert config(tmp_path, environ=environ, jobs=5).jobs == 5


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    github(tmp_path, "jobs = 3\n")
    assert config(tmp_path, environ={"REPAIRBOT_JOBS": "", "REPAIRBOT_SELECT": ""}) == Config(jobs=3)


def test_a_list_in_a_variable_is_comma_separated(tmp_path: Path) -> None:
    read = config(tmp_path, environ={"REPAIRBOT_EXCLUDE": "a/*, b", "REPAIRBOT_SELECT": "RB1, RB2"})
    assert read.exclude == ("a/*", "b")
    assert read.select == (Choice("RB1", "REPAIRBOT_SELECT"), Choice("RB2", "REPAIRBOT_SELECT"))


def test_a_flag_given_twice_and_with_commas_is_one_list_that_replaces_the_files(tmp_path: Path) -> None:
    github(tmp_path, 'select = ["RB9"]\n')
    read = config(tmp_path, select=["RB101,RB102", "RB103"])
    assert [choice.text for choice in read.select or ()] == ["RB101", "RB102", "RB103"]


def test_a_selector_knows_where_it_was_written(tmp_path: Path) -> None:
    github(tmp_path, 'ignore = ["RB9"]\n')
    assert config(tmp_path).ignore == (Choice("RB9", f"`ignore` in {tmp_path / '.github' / 'repairbot.toml'}"),)


def test_an_environment_directory_is_relative_to_the_root_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "venv").mkdir()
    github(tmp_path, 'env = "venv"\n')
    assert config(tmp_path).env == tmp_path / "venv"


def test_an_environment_directory_is_relative_to_the_working_directory_in_a_flag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere" / "venv").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert config(tmp_path, env="venv").env == tmp_path / "elsewhere" / "venv"


def test_an_environment_directory_that_is_missing_is_an_error(tmp_path: Path) -> None:
    assert error_of(tmp_path, env="nowhere").startswith("--env: ")


def test_a_named_file_replaces_both(tmp_path: Path) -> None:
    pyproject(tmp_path, "[tool.repairbot]\njobs = 2\n")
    github(tmp_path, "jobs = 3\n")
    (tmp_path / "other.toml").write_text("fail-on-skipped = true\n", encoding="utf-8")
    assert config(tmp_path, file=tmp_path / "other.toml") == Config(fail_on_skipped=True)


def test_a_named_pyproject_is_read_at_its_own_table(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    pyproject(tmp_path / "sub", "[tool.repairbot]\njobs = 2\n")
    assert config(tmp_path, file=tmp_path / "sub" / "pyproject.toml") == Config(jobs=2)


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    assert "no such file" in error_of(tmp_path, file=tmp_path / "none.toml")


def test_an_unknown_key_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    github(tmp_path, 'exlude = ["x"]\n')
    message = error_of(tmp_path)
    assert "unknown key 'exlude'; did you mean 'exclude'?" in message
    assert str(tmp_path / ".github" / "repairbot.toml") in message


def test_an_unknown_key_like_no_other_is_an_error_that_names_them_all(tmp_path: Path) -> None:
    pyproject(tmp_path, "[tool.repairbot]\nzzz = 1\n")
    assert "unknown key 'zzz'; the keys are select, ignore, exclude, env" in error_of(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('select = "RB101"', "`select`: expected a list of strings, got the string 'RB101'"),
        ("exclude = [1]", "`exclude`: expected a list of strings, got a list of other things"),
        ("ignore = {}", "`ignore`: expected a list of strings, got a table"),
        ("jobs = 0", "`jobs`: expected a whole number, 1 or more, got 0"),
        ("jobs = -1", "`jobs`: expected a whole number, 1 or more, got -1"),
        ('jobs = "two"', "`jobs`: expected a whole number, 1 or more, got 'two'"),
        ("jobs = true", "`jobs`: expected a whole number, 1 or more, got True"),
        ("jobs = 1.5", "`jobs`: expected a whole number, 1 or more, got the number 1.5"),
        ("env = 3", "`env`: expected a directory as a string, got the number 3"),
        ('unsafe-fixes = "yes"', "`unsafe-fixes`: expected true or false, got the string 'yes'"),
        ("fail-on-skipped = 1979-05-27", "`fail-on-skipped`: expected true or false, got a date"),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_that_says_what_is_wanted(tmp_path: Path, text: str, said: str) -> None:
    github(tmp_path, text)
    place = f" in {tmp_path / '.github' / 'repairbot.toml'}"
    assert error_of(tmp_path).replace(place, "") == said


@pytest.mark.parametrize(
    ("name", "value"), [("REPAIRBOT_JOBS", "many"), ("REPAIRBOT_JOBS", "²"), ("REPAIRBOT_UNSAFE_FIXES", "perhaps")]
)
def test_a_wrong_value_in_a_variable_is_an_error_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    message = error_of(tmp_path, environ={name: value})
    assert message.startswith(f"{name}: expected")
    assert message.endswith(f"got {value!r}")


def test_a_tool_table_that_is_no_table_is_an_error(tmp_path: Path) -> None:
    pyproject(tmp_path, "[tool]\nrepairbot = 3\n")
    assert "[tool.repairbot]: expected a table, got the number 3" in error_of(tmp_path)


def test_a_broken_pyproject_that_names_us_is_an_error(tmp_path: Path) -> None:
    pyproject(tmp_path, "[tool.repairbot\n")
    assert "not valid TOML" in error_of(tmp_path)


def test_a_broken_pyproject_that_does_not_name_us_is_none_of_our_business(tmp_path: Path) -> None:
    pyproject(tmp_path, "[tool.other\n")
    assert config(tmp_path) == Config()


def test_a_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"# repairbot \xff\n")
    assert "not UTF-8" in error_of(tmp_path)


def test_a_file_as_large_as_no_configuration_is_an_error(tmp_path: Path) -> None:
    pyproject(tmp_path, "# repairbot\n" + "#" * (1 << 20))
    assert "too large" in error_of(tmp_path)


def test_a_file_nested_too_deeply_is_an_error(tmp_path: Path) -> None:
    github(tmp_path, "select = " + "[" * 100_000)
    assert "not valid TOML" in error_of(tmp_path)


def test_a_directory_in_place_of_a_file_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    assert config(tmp_path) == Config()


@pytest.mark.parametrize("write", [github, lambda root, text: pyproject(root, f"[tool.repairbot]\n{text}")])
def test_a_repository_gets_no_network_and_no_endless_time_by_asking(tmp_path: Path, write: Callable[..., None]) -> None:
    write(tmp_path, "test.seconds = 999999999\ntest.network = true\n")
    got, notes = granted(config(tmp_path))
    assert (got.test_seconds, got.test_network) == (LONGEST_SUITE, False)
    assert "asks for a network while its tests run, and gets none" in notes[0]
    assert "asks for 999,999,999 seconds for its tests, and gets 3,600" in notes[1]


def test_whoever_looks_gets_what_they_ask_for(tmp_path: Path) -> None:
    github(tmp_path, "test.seconds = 999999999\ntest.network = false\n")
    environ = {"REPAIRBOT_TEST_SECONDS": "90000", "REPAIRBOT_TEST_NETWORK": "true"}
    got, notes = granted(config(tmp_path, environ=environ))
    assert (got.test_seconds, got.test_network, notes) == (90000, True, ())
    own = tmp_path / "own.toml"
    own.write_text("test.seconds = 90000\ntest.network = true\n", encoding="utf-8")
    got, notes = granted(config(tmp_path, file=own))
    assert (got.test_seconds, got.test_network, notes) == (90000, True, ())


def test_what_a_repository_may_ask_for_is_granted_without_a_word(tmp_path: Path) -> None:
    github(tmp_path, "test.seconds = 1800\ntest.network = false\n")
    got, notes = granted(config(tmp_path))
    assert (got.test_seconds, got.test_network, notes) == (1800, False, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jobs = 1" + "0" * 400, "expected a whole number, 1,000,000,000 at most"),
        ("jobs = 1" + "0" * 5000, "not valid TOML"),
        ("test.seconds = 1" + "0" * 400, "expected a whole number, 1,000,000,000 at most"),
        (
            "[[impact.journeys]]\nname = 'a'\nsteps = ['b']\ncurrency = 'c'\nsource = 'd'\nrevenue-at-risk = 1e300",
            "is larger than anybody's money",
        ),
    ],
    ids=range(4),
)
def test_an_absurd_number_is_refused_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    github(tmp_path, text)
    assert said in error_of(tmp_path)
