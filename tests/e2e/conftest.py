"""A real server in a process of its own, and Debian's Chromium to look at it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.stripping import ROOT

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE_MS = 30_000
"""What a busy machine may take; nothing here measures speed (``times.py`` does)."""
expect.set_options(timeout=PATIENCE_MS)
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Two pages of the browser's own, for its address bar, cost as much as each page of ours.
    # The last list counts: what else it names, Playwright turns off too.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,PaintHolding,"
    "OptimizationHints,NetworkTimeServiceQuerying,PreconnectToSearch,AimEnabled,MediaRouter",
]


def started(*arguments: str) -> Iterator[str]:
    """Start a server script and give the address that it prints first."""
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    yield from started(str(HERE / "serve_fake.py"), "0", "llm")


@pytest.fixture(scope="session")
def served_hostile() -> Iterator[str]:
    yield from started(str(HERE / "serve_fake.py"), "0", "hostile")


@pytest.fixture(scope="session")
def served_login() -> Iterator[str]:
    yield from started(str(HERE / "serve_fake.py"), "0", "login")


@pytest.fixture(scope="session")
def served_below() -> Iterator[str]:
    for address in started(str(HERE / "serve_fake.py"), "0", "login", "below"):
        yield f"{address.rstrip('/')}{ROOT}/"


@pytest.fixture(scope="session")
def served_real() -> Iterator[str]:
    pytest.importorskip("assistant.compose", reason="the real answerer is not here yet")
    yield from started(str(HERE / "serve_real.py"), "0")


@pytest.fixture(scope="session")
def served_adding() -> Iterator[str]:
    yield from started(str(HERE / "serve_adding.py"), "0")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from opened(browser, 1280, 900)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    yield from opened(browser, 390, 844, has_touch=True)


def opened(browser: Browser, width: int, height: int, **more: object) -> Iterator[Page]:
    """A page of its own session, which fails the test on any script error."""
    context = browser.new_context(viewport={"width": width, "height": height}, **more)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()
    assert errors == []
