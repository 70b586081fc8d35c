"""What a reader does on the page, for the tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route, expect

QUESTION = "what did inspectors say about connected carers?"
ENDLESS = f"endless: {QUESTION}"
"""The stand-in answerer quotes one letter and goes on until it is stopped."""


def visit(page: Page, address: str) -> list[str]:
    """Open the page; returns the list that will hold every address it asks for."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    brought_back(page)
    return requests


def brought_back(page: Page) -> None:
    """Wait until the page shows what was asked before, or that nothing was."""
    expect(page.locator("html[data-told]")).to_be_attached()


def ask(page: Page, question: str) -> None:
    """Ask and wait until the answer is complete."""
    number = page.locator(".exchange").count() + 1
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator(f"#turn-{number}[data-done=yes]")).to_be_attached()


def begin(page: Page, question: str = ENDLESS) -> None:
    """Ask and wait until the first quotes are there; the answer goes on growing."""
    number = page.locator(".exchange").count() + 1
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(f"#turn-{number}[data-done=no] blockquote")


def choose_written(page: Page) -> None:
    """Let the language model write the answers."""
    page.locator("#how > button").click()
    page.get_by_role("radio", name="Written by fake/model, checked against quotes").check()


@contextmanager
def searching(page: Page, question: str) -> Iterator[None]:
    """Ask, and let the answer begin only when the block ends."""
    held: list[Route] = []
    page.route("**/answers/*", lambda route: held.append(route))
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#current .waiting")).to_be_visible()
    yield
    for route in held:
        route.continue_()
    page.unroute("**/answers/*")


def focused(page: Page) -> str:
    """The accessible name, id or text of what has the focus."""
    script = "e => e.getAttribute('aria-label') || e.id || e.textContent.trim()"
    return str(page.locator(":focus").evaluate(script))


def sign_in(page: Page, address: str, name: str) -> None:
    """Sign in and wait for the chat."""
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    brought_back(page)


def delete_all(page: Page) -> None:
    """Delete every conversation that is kept, and see that none is."""
    page.get_by_role("button", name="Conversations").click()
    page.get_by_role("button", name="Delete all that are shown").click()
    page.get_by_role("button", name="Close").last.click()
    page.get_by_role("button", name="Conversations").click()
    expect(page.get_by_text("None are kept.")).to_be_visible()
    page.keyboard.press("Escape")
