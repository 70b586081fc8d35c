import json
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import HERE, opened, started
from tests.e2e.steps import QUESTION, ask, brought_back, delete_all, focused, sign_in, visit

pytestmark = pytest.mark.e2e


def test_a_verdict_is_sent_with_its_reason_by_keyboard(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.get_by_role("button", name="No, not useful").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="What was wrong?")).to_be_visible()
    page.keyboard.press("Space")
    page.get_by_label("In a few words").fill("the 2016 report")
    with page.expect_request("**/feedback") as sending:
        page.get_by_role("button", name="Send").press("Enter")
    sent = json.loads(sending.value.post_data or "")
    assert (sent["useful"], sent["reason"]) == (False, "It does not answer what I asked")
    assert sent["comment"] == "the 2016 report"
    assert sent["exchange"]["question"] == QUESTION
    expect(page.locator(".judged")).to_have_text("Thank you. It was kept.")
    assert focused(page) == "No, not useful"


def test_a_verdict_can_be_left(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.get_by_role("button", name="Yes, useful").click()
    expect(page.locator(".faults")).to_have_count(0)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".why-form")).to_have_count(0)
    assert focused(page) == "Yes, useful"


def test_with_a_login_the_server_keeps_conversations_and_nobody_else_sees_them(
    browser: Browser, page: Page, served_login: str
):
    sign_in(page, served_login, "ann")
    ask(page, QUESTION)
    ask(page, "budget")
    page.reload()
    expect(page.locator(".exchange[data-done=yes]")).to_have_count(2)
    page.locator("#earlier a.cite").first.click()
    expect(page.locator("#place-title")).to_have_text("Source 1 of 9")
    assert page.evaluate("localStorage.length") == 0
    address = page.url
    assert "?conversation=" in address
    for other in opened(browser, 1280, 900):
        sign_in(other, served_login, "bob")
        with other.expect_response("**/page/bring-back") as bringing_back:
            other.goto(address)
        assert QUESTION not in bringing_back.value.text()
        brought_back(other)
        expect(other.locator(".empty")).to_be_visible()
        expect(other.locator(".exchange")).to_have_count(0)
        other.get_by_role("button", name="Conversations").click()
        expect(other.get_by_text("None are kept.")).to_be_visible()
    ask(page, "rating")
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="Conversations").click()
    page.get_by_role("link", name=QUESTION).first.click()
    expect(page.locator(".exchange[data-done=yes]")).to_have_count(3)
    delete_all(page)
    expect(page.locator(".empty")).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("signed out")


def test_a_browser_forgets_a_conversation_after_thirty_days(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.evaluate(
        """() => { const [key] = Object.keys(localStorage);
        const kept = JSON.parse(localStorage[key]);
        localStorage[key] = JSON.stringify({ ...kept, at: kept.at - 30 * 86400000 }); }"""
    )
    page.reload()
    brought_back(page)
    expect(page.locator(".empty")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.slow
def test_a_server_started_anew_loses_no_conversation(page: Page):
    first = started(str(HERE / "serve_fake.py"), "0")
    address = next(first)
    visit(page, address)
    ask(page, QUESTION)
    first.close()
    again = started(str(HERE / "serve_fake.py"), str(urlparse(address).port))
    assert next(again) == address
    ask(page, "budget")
    expect(page.locator(".question")).to_have_count(2)
    expect(page.locator("#earlier a.cite").first).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".empty")).to_be_visible()
    ask(page, "rating")
    expect(page.locator(".question")).to_have_count(1)
    again.close()
