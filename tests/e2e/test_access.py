from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import opened
from tests.e2e.steps import QUESTION, ask, visit

pytestmark = pytest.mark.e2e
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def answered(page: Page) -> None:
    ask(page, QUESTION)


def answering(page: Page) -> None:
    page.get_by_role("radio", name="Written by").check()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#current blockquote")


def refused(page: Page) -> None:
    ask(page, "budget of Stockton")


def several(page: Page) -> None:
    ask(page, "rating")


def failed(page: Page) -> None:
    ask(page, "crash")


def panel_open(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#current a.cite").nth(3).click()
    page.wait_for_selector("#place mark")


def narrowing(page: Page) -> None:
    page.locator("#narrow > button").click()
    page.wait_for_selector("#narrow input")
    expect(page.locator(".loading:visible")).to_have_count(0)


def empty(page: Page) -> None:
    page.wait_for_selector(".empty")


STATES = [empty, answering, answered, refused, several, failed, panel_open, narrowing]


@pytest.fixture(params=["desktop light", "desktop dark", "phone light", "phone dark"])
def any_page(request: pytest.FixtureRequest, browser: Browser):
    size, colours = request.param.split()
    width, height = (1280, 900) if size == "desktop" else (390, 844)
    yield from opened(browser, width, height, color_scheme=colours, reduced_motion="reduce")


def violations(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = axe.Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {n['target']} {n['html'][:160]}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(any_page: Page, served: str, state: Callable[[Page], None]):
    visit(any_page, served)
    state(any_page)
    assert violations(any_page) == []


@pytest.mark.parametrize(
    "path", ["collection", "authority/Middlesbrough", "accessibility", "LETTER"]
)
def test_axe_finds_nothing_on_the_other_pages(any_page: Page, served: str, path: str):
    if path == "LETTER":
        any_page.goto(f"{served}collection")
        path = any_page.locator("#held td:nth-child(3) a").first.get_attribute("href") or ""
        path = f"{path.lstrip('/')}?start=900&end=1000"
    any_page.goto(served + path)
    assert violations(any_page) == []


@pytest.mark.parametrize("state", [empty, answered, panel_open], ids=lambda s: s.__name__)
def test_nothing_is_cut_off_at_320_pixels_and_with_wide_spacing(
    browser: Browser, served: str, state: Callable[[Page], None]
):
    for page in opened(browser, 320, 640):
        visit(page, served)
        state(page)
        page.add_style_tag(
            content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
            " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_control_is_at_least_24_pixels(page: Page, served: str):
    visit(page, served)
    panel_open(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a.cite, button, summary, input')]
        .filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e.outerHTML])
        .filter(([r]) => r.width && Math.min(r.width, r.height) < 24)
        .map(([, html]) => html.slice(0, 90))"""
    )
    assert small == []
