"""A real browser for tests: Chromium driven by Playwright, and axe-core for accessibility.

    def test_home(page_at, live_server):
        page = page_at(360)
        page.goto(live_server.url)
        axe(page)

Any violation of the site's own Content-Security-Policy, or error in a script fails the test that made it.
The fixtures `browser`, `page_at` and `window` are known to every test (`tests/conftest.py`).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

AXE = Path(__file__).parent / "vendor/axe.min.js"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 15_000
"""Milliseconds a page may take to become what a test expects: a busy machine is no fault of the page."""
HEIGHTS = {360: 740, 1280: 900}

PageAt = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; tests that need it are skipped where there is none."""
    if not shutil.which(CHROMIUM):
        pytest.skip("no Chromium: set CHROMIUM to its path")
    # Playwright's loop runs in this thread; Django must not take the test's ORM calls for asynchronous ones.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        expect.set_options(timeout=PATIENCE)
        yield launched
        launched.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page_at(browser: Browser) -> Iterator[PageAt]:
    """`page_at(360)` or `page_at(1280, dark=True, javascript=False)`: a fresh visitor at that width."""
    opened: list[Page] = []
    troubles: list[str] = []

    def make(width: int, *, dark: bool = False, javascript: bool = True) -> Page:
        opened.append(_visitor(browser, troubles, width, dark=dark, javascript=javascript))
        return opened[-1]

    yield make
    for page in opened:
        page.context.close()
    assert not troubles, "\n".join(troubles)


def _visitor(browser: Browser, troubles: list[str], width: int, *, dark: bool, javascript: bool) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS.get(width, 900)},
        color_scheme="dark" if dark else "light",
        java_script_enabled=javascript,
        reduced_motion="reduce",
        locale="es-CR",
        service_workers="block",
    )
    page = context.new_page()
    page.on("console", lambda message: _note(message, troubles))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    return page


@pytest.fixture(scope="module")
def _window(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    troubles: list[str] = []
    page = _visitor(browser, troubles, 360, dark=False, javascript=True)
    yield page, troubles
    page.context.close()


@pytest.fixture
def window(_window: tuple[Page, list[str]]) -> Iterator[Page]:
    """A visitor on a phone whom no page knows, in a window left open from test to test.

    For files of many tests: to open a window and fetch styles and scripts anew takes longer than most looks.
    """
    page, troubles = _window
    page.set_viewport_size({"width": 360, "height": HEIGHTS[360]})
    yield page
    _forget(page)
    found, troubles[:] = list(troubles), []
    assert not found, "\n".join(found)


def _forget(page: Page) -> None:
    """Everything the last test left in its window."""
    page.unroute_all()
    origin = page.evaluate("() => location.origin")
    if origin.startswith("http"):
        # From an address without scripts: a page may still write down what it holds as it is left.
        page.goto(f"{origin}/healthz")
        page.evaluate("() => { sessionStorage.clear(); localStorage.clear(); }")
    page.goto("about:blank")
    page.emulate_media(media="null")
    page.context.clear_cookies()
    page.context.clear_permissions()


def _note(message: ConsoleMessage, troubles: list[str]) -> None:
    """Errors count, but for the pages that are errors themselves."""
    if message.type == "error" and "the server responded with a status of" not in message.text:
        troubles.append(message.text)


def axe(page: Page) -> None:
    """Assert that axe-core finds nothing on the page against WCAG 2.2 AA and its best practices."""
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in window"):
        # Evaluated by the driver, so the page's Content-Security-Policy stays as strict as it is.
        page.evaluate(AXE.read_text())
    # The whole page in sight, so that nothing lies under what sticks to the window's edge.
    room = page.viewport_size
    tall = page.evaluate("() => document.documentElement.scrollHeight")
    if room:
        page.set_viewport_size({"width": room["width"], "height": max(room["height"], tall)})
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # All it looked at and found right is as long as the page itself: it stays in the browser.
    found = page.evaluate("tags => axe.run({runOnly: tags}).then(found => found.violations)", tags)
    if room:
        page.set_viewport_size(room)
    lines = [f"{one['id']}: {one['help']}\n  {node['html'][:200]}" for one in found for node in one["nodes"]]
    assert not lines, "\n".join(lines)


def no_sideways_scroll(page: Page) -> None:
    """Assert that the page fits its width."""
    page.wait_for_load_state()
    wide, room = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if wide <= room:
        return
    culprits = page.evaluate(
        "room => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > room + 1)"
        ".map(e => e.tagName.toLowerCase() + '.' + e.getAttribute('class')).slice(0, 8)",
        room,
    )
    raise AssertionError(f"the page is {wide} px wide in {room} px: {', '.join(culprits)}")
