"""Pinned wheels, downloaded with pip and unpacked; nothing is installed, built or imported."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from repairbot.errors import RepairbotError
from repairbot.stubs.generate.pins import Pin

_PLATFORMS = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64")


def unpacked(pin: Pin, version: str, folder: Path) -> Path:
    """The directory below `folder` with the contents of one wheel, fetched unless it is there already."""
    target = folder / f"{pin.distribution}-{version}"
    if not target.is_dir():
        wheel = _download(pin, version, folder / "wheels" / f"{pin.distribution}-{version}")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(target)
    return target


def _download(pin: Pin, version: str, folder: Path) -> Path:
    platforms = [argument for platform in _PLATFORMS for argument in ("--platform", platform)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--implementation", "cp", "--python-version", pin.python, *platforms, "--dest", str(folder)]
    done = subprocess.run([*command, f"{pin.distribution}=={version}"], capture_output=True, text=True, check=False)
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        last = (done.stderr.strip().splitlines() or ["no wheel"])[-1]
        failed = f"pip could not download {pin.distribution} {version}: {last}"
        message = f"{failed}. Check the pin and the network, then run again."
        raise RepairbotError(message)
    return wheels[0]
