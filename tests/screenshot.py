"""Takes README's pictures of the page, at a desk and on a phone.

python -m tests.screenshot docs/images
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.conftest import CHROMIUM, FLAGS, HERE, opened, started
from tests.e2e.steps import QUESTION, ask, visit

SIZES = {"answer-desktop.png": (1280, 860), "answer-phone.png": (390, 844)}


def take(folder: Path, address: str) -> None:
    """Ask the page the question, open the first source and keep what is seen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in SIZES:
            _shoot(browser, folder / name, address)
        browser.close()


def _shoot(browser: Browser, path: Path, address: str) -> None:
    for page in opened(browser, *SIZES[path.name]):
        visit(page, address)
        ask(page, QUESTION)
        page.locator("#current a.cite").first.click()
        page.wait_for_selector("#place mark")
        page.screenshot(path=path)
    # A page of text needs no more colours, and is a third of the size.
    Image.open(path).convert("RGB").quantize(256).save(path, optimize=True)


if __name__ == "__main__":
    if CHROMIUM is None:
        raise SystemExit("no chromium on this machine (Debian: apt install chromium)")
    for served in started(str(HERE / "serve_real.py"), "0"):
        take(Path(sys.argv[1]), served)
