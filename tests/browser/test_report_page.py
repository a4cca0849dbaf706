"""The HTML report as a reader has it: in a real browser, in light and dark, on a phone, without a mouse or eyes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from repairbot.render.html import html_report
from repairbot.render.story import SECTIONS
from tests.browser.chromium import Browser, browser, program
from tests.evidence.documents import DOCUMENT
from tests.render.hostile import MEANT_AS, RICH, poisoned

CHROMIUM = program()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; apt-get install chromium"),
]

PAGES = {
    "/full": html_report(DOCUMENT),
    "/rich": html_report(RICH),
    "/hostile": html_report(poisoned(list(MEANT_AS), keys=True)),
}

# The contrast of each text with the nearest background behind it, as WCAG 2 counts it; the worst ones first.
CONTRASTS = """
(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const worst = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("svg") || !element.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    worst.push([Math.round(ratio * 100) / 100, element.className || element.tagName, node.data.trim().slice(0, 30)]);
  }
  return worst.sort((one, other) => one[0] - other[0]).slice(0, 5);
})()
"""


@dataclass
class Site:
    """Where the pages are, and every path that anybody asked for."""

    address: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            page = PAGES.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert CHROMIUM is not None
    with browser(CHROMIUM, tmp_path_factory.mktemp("profile")) as found:
        yield found


def requests_of(page: Browser) -> list[str]:
    urls = [
        event["params"]["request"]["url"] for event in page.events if event.get("method") == "Network.requestWillBeSent"
    ]
    return [url for url in urls if not url.startswith("data:")]


def complaints_of(page: Browser) -> list[Any]:
    methods = {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"}
    return [event for event in page.events if event.get("method") in methods]


@pytest.mark.parametrize("path", PAGES)
def test_the_page_asks_for_nothing_and_nothing_in_it_runs(page: Browser, site: Site, path: str) -> None:
    site.asked.clear()
    page.open(site.address + path)
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    assert requests_of(page) == [site.address + path]
    assert site.asked == [path]
    assert complaints_of(page) == []
    assert page.evaluate("document.querySelectorAll('script, iframe, img, object, embed, base, form').length") == 0


@pytest.mark.parametrize("path", ["/full", "/rich"])
def test_every_section_is_there_and_the_navigation_leads_to_it(page: Browser, site: Site, path: str) -> None:
    page.open(site.address + path)
    titles = page.evaluate("[...document.querySelectorAll('main h2')].map((one) => one.textContent)")
    assert titles == [*(title for title, _ in SECTIONS.values()), "How this was run"]
    links = page.evaluate("[...document.querySelectorAll('nav a')].map((one) => [one.hash, one.textContent])")
    assert [title for _, title in links] == titles
    ids = page.evaluate("[...document.querySelectorAll('main section')].map((one) => '#' + one.id)")
    assert [anchor for anchor, _ in links] == ids
    assert page.evaluate("document.querySelectorAll('h1').length") == 1


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_can_be_read_in_both_schemes(page: Browser, site: Site, path: str, dark: bool) -> None:
    page.open(site.address + path, dark=dark)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(13, 17, 23)" if dark else "rgb(255, 255, 255)")
    worst = page.evaluate(CONTRASTS)
    assert worst[0][0] >= 4.5, worst


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1200])
def test_the_page_fits_every_width_and_only_its_wide_parts_scroll(
    page: Browser, site: Site, path: str, width: int
) -> None:
    page.open(site.address + path, width)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    unreachable = """[...document.querySelectorAll('.wide, .diff')]
        .filter((one) => one.scrollWidth > one.clientWidth && one.tabIndex !== 0).length"""
    assert page.evaluate(unreachable) == 0


def test_the_keyboard_reaches_the_content_first_and_every_fold(page: Browser, site: Site) -> None:
    page.open(site.address + "/full")
    for kind in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    for kind in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")
    assert page.evaluate("document.activeElement.id") == "content"
    folds = page.evaluate("[...document.querySelectorAll('details > summary')].map((one) => one.tabIndex)")
    assert folds
    assert set(folds) == {0}


def test_a_screen_reader_hears_what_the_eye_sees(page: Browser, site: Site) -> None:
    page.open(site.address + "/full")
    page.call("Accessibility.enable")
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    named = {
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored", False)
    }
    roles = {role for role, _ in named}
    assert {"banner", "main", "navigation", "contentinfo", "table", "columnheader", "list"} <= roles
    assert ("image", "Call paths") in named or ("img", "Call paths") in named
    assert ("region", "Reproduction") in named
    assert ("link", "Skip to the content") in named
    assert "insertion" in roles
    assert "deletion" in roles
    text = page.evaluate("document.querySelector('.checks').textContent")
    assert "Shown: the failure was shown with the real object" in text
    assert "Not shown: a person has read the diff" in text
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_diff_is_coloured_and_the_picture_holds_its_text(page: Browser, site: Site) -> None:
    page.open(site.address + "/full")
    assert page.evaluate("document.querySelector('.diff ins').textContent.trim()").startswith("+")
    assert page.evaluate("[...document.querySelectorAll('.diff ins .keyword')].map((one) => one.textContent)") == [
        "async",
        "with",
        "as",
    ]
    too_wide = """[...document.querySelectorAll('svg g')].filter((one) => {
        const room = one.querySelector('rect').width.baseVal.value - 16;
        return [...one.querySelectorAll('text')].some((text) => text.getBBox().width > room);
    }).map((one) => one.textContent)"""
    assert page.evaluate(too_wide) == []
    assert page.evaluate("document.querySelectorAll('svg g').length") == 3
