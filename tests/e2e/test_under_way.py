"""What shows that an answer is under way: one state, whatever happens in whatever order."""

from itertools import permutations
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import HERE, started
from tests.e2e.steps import ENDLESS, QUESTION, ask, begin, searching, visit

pytestmark = pytest.mark.e2e
NOT_ANSWERED = "This question was not answered when the page was closed."


def stop_button(page: Page):
    return page.get_by_role("button", name="Stop")


def test_the_newest_state_is_shown_in_whatever_order_it_is_told(page: Page, served: str):
    visit(page, served)
    now = page.evaluate("Date.now() * 1000 + 60e6")
    for nth, order in enumerate(permutations(range(3))):
        states = [
            {"revision": now + 10 * nth, "earlier": "", "current": state("no", nth, 0)},
            {"revision": now + 10 * nth + 1, "current": state("no", nth, 1)},
            {"revision": now + 10 * nth + 2, "current": state("yes", nth, 2)},
        ]
        for at in order:
            told = {"sources": "", **states[at]}
            page.evaluate(
                "told => document.dispatchEvent(new CustomEvent('told', { detail: told }))", told
            )
        expect(page.locator("#current p")).to_have_text(f"{nth} 2")
        expect(stop_button(page)).to_be_hidden()


def state(done: str, nth: int, step: int) -> str:
    return (
        f'<article class="exchange" id="turn-{nth}" data-talk="" data-key="" data-announce="" '
        f'data-done="{done}"><p>{nth} {step}</p></article>'
    )


def test_asking_thrice_answers_the_last(page: Page, served: str):
    visit(page, served)
    begin(page)
    begin(page, "endless: connected carers at Stockton?")
    ask(page, "budget of Stockton")
    expect(page.locator("#earlier .problem")).to_have_count(2)
    expect(page.locator("#turn-3 .outcome-label")).to_have_text("Not in the documents")
    expect(stop_button(page)).to_be_hidden()


def test_enter_three_times_asks_once(page: Page, served: str):
    visit(page, served)
    page.fill("#question textarea", QUESTION)
    for _ in range(3):
        page.press("#question textarea", "Enter", no_wait_after=True)
    expect(page.locator("#current [data-done=yes]")).to_be_attached()
    page.press("#question textarea", "Enter")
    expect(page.locator(".exchange")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value("")


def test_a_new_conversation_before_the_first_words_starts_empty(page: Page, served: str):
    visit(page, served)
    ask(page, "budget of Stockton")
    with searching(page, QUESTION):
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".empty")).to_be_visible()
    ask(page, "rating")
    expect(page.locator(".exchange")).to_have_count(1)
    expect(stop_button(page)).to_be_hidden()


def test_a_question_asked_right_after_reloading_follows_what_is_brought_back(
    page: Page, served: str
):
    visit(page, served)
    ask(page, "budget of Stockton")
    page.reload()
    page.wait_for_selector("#question textarea")
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator("#current [data-done=yes] .letter-group")).to_have_count(5)
    expect(stop_button(page)).to_be_hidden()


def test_an_answer_whose_connection_fails_is_asked_for_again(page: Page, served: str):
    visit(page, served)
    page.route("**/answers/*", lambda route: route.abort(), times=1)
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator("#lost")).to_contain_text("The connection was lost")
    expect(page.locator("#current [data-done=yes] .letter-group")).to_have_count(5)
    expect(page.locator("#lost")).to_be_hidden()
    expect(stop_button(page)).to_be_hidden()


def test_a_question_under_way_is_there_after_reloading(page: Page, served: str):
    visit(page, served)
    begin(page)
    page.reload()
    expect(page.locator("#current .problem")).to_contain_text(NOT_ANSWERED)
    expect(stop_button(page)).to_be_hidden()
    page.get_by_role("button", name="Edit and ask again").click()
    expect(page.locator("#question textarea")).to_have_value(ENDLESS)


@pytest.mark.slow
def test_a_server_that_comes_back_while_answering_is_found_by_itself(page: Page):
    first = started(str(HERE / "serve_fake.py"), "0")
    address = next(first)
    visit(page, address)
    ask(page, "budget of Stockton")
    begin(page)
    first.close()
    expect(page.locator("#lost")).to_contain_text("The connection was lost")
    again = started(str(HERE / "serve_fake.py"), str(urlparse(address).port))
    assert next(again) == address
    expect(page.locator("#current .problem")).to_contain_text(NOT_ANSWERED)
    expect(page.locator(".exchange")).to_have_count(2)
    expect(stop_button(page)).to_be_hidden()
    ask(page, QUESTION)
    expect(page.locator("#current .letter-group")).to_have_count(5)
    again.close()


@pytest.mark.slow
def test_a_question_that_a_lost_server_did_not_get_is_asked_when_it_is_back(page: Page):
    first = started(str(HERE / "serve_fake.py"), "0")
    address = next(first)
    visit(page, address)
    ask(page, "budget of Stockton")
    first.close()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator("#lost")).to_contain_text("The connection was lost")
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    again = started(str(HERE / "serve_fake.py"), str(urlparse(address).port))
    assert next(again) == address
    expect(page.locator("#lost")).to_be_hidden()
    expect(page.locator("#turn-1 .outcome-label")).to_have_text("Not in the documents")
    expect(page.locator("#current .letter-group")).to_have_count(5)
    expect(page.locator("#question textarea")).to_have_value("")
    again.close()


@pytest.mark.slow
def test_a_question_taken_back_while_the_server_is_lost_is_not_asked(page: Page):
    first = started(str(HERE / "serve_fake.py"), "0")
    address = next(first)
    visit(page, address)
    first.close()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator("#lost")).to_contain_text("The connection was lost")
    page.fill("#question textarea", "")
    expect(page.locator("#lost")).to_be_hidden()
    expect(page.locator(".exchange")).to_have_count(0)
