from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import QUESTION, ask, visit

pytestmark = pytest.mark.e2e


def test_an_answer_leads_to_its_views_and_each_cell_to_its_place(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    views = page.get_by_role("navigation", name="More about this").get_by_role("link")
    with page.context.expect_page() as opening:
        views.first.click()
    beside = opening.value
    expect(beside.locator("h1")).to_contain_text("side by side")
    beside.get_by_role("row", name="newest held").locator("a.cite").first.click()
    expect(beside.locator("#quote")).to_be_in_viewport()
    expect(page.locator("#current .letter-group").first).to_be_visible()


def test_authorities_are_set_side_by_side_by_keyboard(page: Page, served: str):
    page.goto(f"{served}collection")
    page.get_by_role("link", name="Set authorities side by side").press("Enter")
    for name in ("Middlesbrough", "Stockton-on-Tees"):
        page.get_by_role("checkbox", name=name).press("Space")
    page.get_by_label("Topic, if you like").fill("care leavers")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Middlesbrough and Stockton-on-Tees side by side")
    expect(page.get_by_role("row", name="on care leavers")).to_be_visible()
    page.get_by_role("link", name="Choose others, or a topic").click()
    expect(page.get_by_role("checkbox", name="Middlesbrough")).to_be_checked()


@pytest.mark.parametrize("kind", ["Word", "Excel"])
def test_a_view_is_saved_as_a_file(page: Page, served: str, kind: str):
    page.goto(f"{served}timeline?authority=Stoke-on-Trent")
    with page.expect_download() as saving:
        page.get_by_role("link", name=f"Save as {kind}").click()
    assert Path(saving.value.path()).read_bytes()[:2] == b"PK"


def test_a_view_is_printed_with_its_references(page: Page, served: str):
    page.goto(f"{served}timeline?authority=Stoke-on-Trent")
    expect(page.locator(".references li").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    shown = page.locator(".references li").first.evaluate("e => e.getBoundingClientRect().height")
    assert shown > 0


def test_what_to_ask_next_is_asked_by_one_button(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    following = page.get_by_role("region", name="What to ask next").get_by_role("button")
    question = following.first.inner_text()
    following.first.press("Enter")
    expect(page.locator("#question-2")).to_contain_text(question)
    expect(page.locator("#turn-2[data-done=yes]")).to_be_attached()
    expect(page.locator("#earlier .following")).to_have_count(0)
    assert question not in page.locator("#current .following button").all_inner_texts()
