import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import HERE, started
from tests.e2e.steps import ask, visit

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def served_admin() -> Iterator[str]:
    yield from started(str(HERE / "serve_admin.py"), "0")


@pytest.fixture(scope="module")
def served_unused() -> Iterator[str]:
    yield from started(str(HERE / "serve_admin.py"), "0", "empty")


def test_what_is_asked_is_counted_and_what_failed_is_saved_as_drafts(page: Page, served_admin: str):
    visit(page, served_admin)
    ask(page, "budget of Leeds")
    page.get_by_role("link", name="Documents").first.click()
    page.get_by_role("link", name="Administration").press("Enter")
    expect(page.get_by_role("img", name="questions from")).to_be_visible()
    expect(page.get_by_role("cell", name="budget of Leeds")).to_be_visible()
    expect(page.get_by_text("1 line of the log of questions is damaged")).to_be_visible()
    page.locator("summary", has_text="Questions on each day").press("Enter")
    days = page.get_by_role("table", name="Questions on each day").get_by_role("row")
    expect(days).to_have_count(31)
    with page.expect_download() as saving:
        page.get_by_role("link", name="draft questions").press("Enter")
    assert saving.value.suggested_filename == "failed-questions.jsonl"
    lines = Path(saving.value.path()).read_text().splitlines()
    assert "budget of Leeds" in [json.loads(line)["question"] for line in lines]


@pytest.mark.slow
def test_axe_finds_nothing_and_nothing_is_cut_off(
    page: Page, served_admin: str, served_unused: str
):
    access = pytest.importorskip("tests.e2e.test_access")
    for address in (served_admin, served_unused):
        page.goto(f"{address}admin")
        for folded in page.locator("main > details > summary").all():
            folded.click()
        for width in (320, 390, 1280):
            assert access.at(page, width, 800) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.set_viewport_size(access.ZOOMED["viewport"])
        access.assert_whole(page)
