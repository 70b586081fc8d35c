"""Takes README's picture of the page: ``python -m tests.screenshot docs/images/….png``."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS, HERE, opened, started
from tests.e2e.steps import QUESTION, ask, visit


def take(path: Path, address: str) -> None:
    """Ask the page the question, open the first source and keep what is seen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for page in opened(browser, 1280, 860):
            visit(page, address)
            ask(page, QUESTION)
            _open_first_source(page)
            page.screenshot(path=path)
        browser.close()


def _open_first_source(page: Page) -> None:
    page.locator("#current a.cite").first.click()
    page.wait_for_selector("#place mark")
    page.locator("#question-1").scroll_into_view_if_needed()


if __name__ == "__main__":
    if CHROMIUM is None:
        raise SystemExit("no chromium on this machine (Debian: apt install chromium)")
    for served in started(str(HERE / "serve_real.py"), "0"):
        take(Path(sys.argv[1]), served)
