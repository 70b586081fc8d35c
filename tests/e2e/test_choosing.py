import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.steps import QUESTION, ask, visit

pytestmark = pytest.mark.e2e


def test_sources_are_chosen_by_keyboard_stay_in_sight_and_are_taken_off(page: Page, served: str):
    visit(page, served)
    expect(page.locator("#asking-said")).to_have_text("all 5 documents")
    page.get_by_role("button", name="Choose sources").press("Enter")
    expect(page.locator("#choose-title")).to_be_focused()
    page.get_by_role("checkbox", name="Only Ofsted’s own words").press("Space")
    page.get_by_role("checkbox", name="Stockton-on-Tees", exact=True).press("Space")
    page.get_by_role("button", name="Ask these").press("Enter")
    expect(page.locator("#asking-said")).to_have_text("1 of 5 documents")
    expect(page.get_by_role("button", name="Choose sources")).to_be_focused()
    ask(page, "budget of Middlesbrough")
    expect(page.locator("#turn-1 .chips", has_text="Asked of")).to_contain_text("Stockton-on-Tees")
    page.reload()
    expect(page.locator("#asking-chips .chip")).to_have_count(2)
    page.get_by_role("button", name="Do not restrict to: Stockton-on-Tees").click()
    expect(page.locator("#asking-said")).to_have_text("3 of 5 documents")
    page.get_by_role("button", name="Choose sources").click()
    expect(page.get_by_role("checkbox", name="Only Ofsted’s own words")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("#choose")).to_be_hidden()


def test_a_refusal_of_chosen_sources_is_asked_of_all_by_one_button(page: Page, served: str):
    visit(page, served)
    page.get_by_role("button", name="Choose sources").click()
    page.get_by_role("checkbox", name="Middlesbrough", exact=True).check()
    page.get_by_role("button", name="Ask these").click()
    ask(page, "budget of Stockton")
    page.get_by_role("button", name="Ask all documents").last.click()
    expect(page.locator("#turn-2[data-done=yes]")).to_be_attached()
    expect(page.locator("#asking-said")).to_have_text("all 5 documents")
    expect(page.locator("#turn-2 .chips", has_text="Asked of")).to_have_count(0)


def test_a_question_asked_before_the_choice_is_settled_is_asked_of_it(page: Page, served: str):
    visit(page, served)
    held: list[Route] = []
    page.route("**/sources/chosen*Middlesbrough*", lambda route: held.append(route))
    page.get_by_role("button", name="Choose sources").click()
    page.get_by_role("checkbox", name="Middlesbrough", exact=True).check()
    page.get_by_role("button", name="Ask these").click()
    assert not page.locator("#choose").is_visible()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    held[0].abort()
    expect(page.locator("#lost")).to_contain_text("The connection was lost")
    page.unroute("**/sources/chosen*Middlesbrough*")
    expect(page.locator("#turn-1[data-done=yes]")).to_be_attached()
    expect(page.locator("#turn-1 .chips", has_text="Asked of")).to_contain_text("Middlesbrough")
    expect(page.locator("#lost")).to_be_hidden()


def test_a_new_conversation_says_that_the_choice_holds(page: Page, served: str):
    visit(page, served)
    kept = page.locator("#asking-kept")
    page.get_by_role("button", name="Choose sources").click()
    page.get_by_role("checkbox", name="Middlesbrough", exact=True).check()
    page.get_by_role("button", name="Ask these").click()
    ask(page, QUESTION)
    expect(kept).to_be_hidden()
    page.get_by_role("button", name="New conversation").click()
    expect(kept).to_contain_text("Your choice of sources still holds.")
    expect(page.locator("#asking-chips .chip")).to_have_text(re.compile("Middlesbrough"))
    ask(page, QUESTION)
    expect(kept).to_be_hidden()
    expect(page.locator("#turn-1 .chips", has_text="Asked of")).to_contain_text("Middlesbrough")
    page.get_by_role("button", name="New conversation").click()
    kept.get_by_role("button", name="Ask all documents").click()
    expect(page.locator("#asking-said")).to_have_text("all 5 documents")
    expect(kept).to_be_hidden()
    ask(page, QUESTION)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".empty")).to_be_visible()
    expect(kept).to_be_hidden()


def test_a_letter_leads_to_questions_about_it(phone: Page, served: str):
    phone.goto(f"{served}authority/Stoke-on-Trent")
    phone.locator("h2 a").first.click()
    phone.get_by_role("link", name="Ask about this document").click()
    chip = phone.locator("#asking-chips .chip")
    expect(chip).to_contain_text("Stoke-on-Trent focused visit, 8 November 2023")
    assert phone.url == served
    ask(phone, QUESTION)
    phone.locator("#current a.cite").nth(3).tap()
    phone.get_by_role("button", name="Ask about this document").tap()
    expect(chip).to_contain_text("Stockton-on-Tees focused visit, 31 January 2022")
    expect(phone.locator("#place")).to_be_hidden()


def test_an_authority_and_a_near_place_lead_to_questions_about_them(page: Page, served: str):
    page.goto(f"{served}authority/Stoke-on-Trent")
    page.get_by_role("link", name="Ask about Stoke-on-Trent").click()
    chips = page.locator("#asking-chips .chip")
    expect(chips).to_have_text([re.compile(r"^Stoke-on-Trent\s*×$")])
    assert page.url == served
    ask(page, "budget of Stockton")
    expect(page.locator("#turn-1 .chips", has_text="Asked of")).to_contain_text("Stoke-on-Trent")
    page.locator("#current a.near").first.click()
    expect(page.locator("#place-title")).to_have_text("Near place 1 of 1")
    page.get_by_role("button", name="Ask about this document").press("Enter")
    expect(chips).to_have_text([re.compile("^Stockton-on-Tees focused visit, 31 January 2022")])
    expect(page.locator("#place")).to_be_hidden()
    expect(page.locator("#question textarea")).to_be_focused()
    expect(page.locator("#asking-said")).to_have_text("1 of 5 documents")
