from __future__ import annotations

import pytest

from repairbot.harness.sandbox.advice import System, _distributions, advice, this_system


@pytest.mark.parametrize(
    ("system", "wanted"),
    [
        (System("linux", ("debian",)), "sudo apt-get install bubblewrap"),
        (System("linux", ("linuxmint", "ubuntu", "debian")), "sudo apt-get install bubblewrap"),
        (System("linux", ("fedora",)), "sudo dnf install bubblewrap"),
        (System("linux", ("rocky", "rhel", "centos", "fedora")), "sudo dnf install bubblewrap"),
        (System("linux", ("alpine",)), "sudo apk add bubblewrap"),
        (System("linux", ("manjaro", "arch")), "sudo pacman -S bubblewrap"),
        (System("linux", ("opensuse-leap", "suse", "opensuse")), "sudo zypper install bubblewrap"),
        (System("linux", ("debian",), has_bubblewrap=True), "what stops bubblewrap"),
        (System("linux", ("void",)), "your system's package manager"),
        (System("linux", ("ubuntu", "debian"), names_restricted=True), "apparmor_parser -r"),
        (System("linux", ("ubuntu",), names_restricted=True, hosted_runner=True), "in a step before this one"),
        (System("linux", ("debian",), names_off=True), "sudo sysctl -w"),
        (System("linux", ("debian",), in_container=True), "start this container as root"),
        (System("linux", ("ubuntu",), first_wsl=True), "wsl --set-version"),
        (System("darwin"), "docker run"),
        (System("win32"), "WSL 2"),
    ],
)
def test_the_advice_is_a_line_for_this_very_system(system: System, wanted: str) -> None:
    said = advice(system)
    assert wanted in said
    assert "\n" not in said


def test_a_release_file_names_the_distribution_and_what_it_is_like() -> None:
    assert _distributions('NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\n') == (
        "rocky",
        "rhel",
        "centos",
        "fedora",
    )
    assert _distributions("") == ()


def test_the_facts_are_read_from_the_machine() -> None:
    system = this_system({"container": "podman", "GITHUB_ACTIONS": "true"}, root=False, has_bubblewrap=True)
    assert (system.in_container, system.hosted_runner, system.root) == (True, True, False)
