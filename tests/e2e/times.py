"""Prints how long it takes from ``assistant chat`` to the page, and from a question to its answer.

    python tests/e2e/times.py [--index FOLDER]

The index is built first where the folder holds none; building is not counted.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.e2e.steps import QUESTION, ask

COMMAND = [sys.executable, "-m", "assistant.cli"]


def measured(page: Page, index: str) -> tuple[float, list[float]]:
    """Seconds until the page can be used, and until each of three answers is on it."""
    began_s = time.perf_counter()
    command = [*COMMAND, "chat", "--port", "0", "--index", index]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[1]
            page.goto(address)
            page.wait_for_selector("#question textarea")
            usable_s = time.perf_counter() - began_s
            answers = []
            for _ in range(3):
                asked_s = time.perf_counter()
                ask(page, QUESTION)
                answers.append(time.perf_counter() - asked_s)
        finally:
            server.terminate()
    return usable_s, answers


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--index")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = given.index or f"{folder}/index"
        if not (Path(index) / "manifest.json").exists():
            subprocess.run([*COMMAND, "index", "build", "--index", index], check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(120_000)
        usable_s, answers = measured(page, index)
        browser.close()
    sys.stdout.write(
        f"from the command to a usable page: {usable_s:.1f} s\n"
        f"from Enter to the whole answer: {', '.join(f'{s:.2f}' for s in answers)} s\n"
    )


if __name__ == "__main__":
    main()
