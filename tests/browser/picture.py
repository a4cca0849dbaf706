"""The picture in the README: `python -m tests.browser.picture EVIDENCE`, with the evidence that the demo leaves."""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

from repairbot.evidence.storing import read
from repairbot.render.html import html_report
from tests.browser.chromium import browser, program

PICTURE = Path(__file__).parents[2] / ".github" / "write-up.png"
_WIDTH, _HEIGHT = 1200, 1700


def main(evidence: Path) -> None:
    found = program()
    if found is None:
        sys.exit("there is no Chromium; apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, browser(found, Path(folder) / "profile") as page:
        report = Path(folder) / "report.html"
        report.write_text(html_report(read(evidence)), encoding="utf-8")
        page.open(report.as_uri(), _WIDTH)
        clip = {"x": 0, "y": 0, "width": _WIDTH, "height": _HEIGHT, "scale": 1}
        taken = page.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        PICTURE.write_bytes(base64.b64decode(taken["data"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
