import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import QUESTION, ask, brought_back, sign_in

pytestmark = pytest.mark.e2e


def test_nothing_is_shown_before_signing_in_and_everything_after(page: Page, served_login: str):
    page.goto(served_login)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    brought_back(page)
    ask(page, QUESTION)
    expect(page.locator("#current .letter-group")).to_have_count(5)
    page.goto(f"{served_login}sign-out")
    expect(page.get_by_role("alert")).to_contain_text("signed out")
    page.goto(f"{served_login}collection")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_a_link_to_a_place_asks_to_sign_in_and_then_leads_there(page: Page, served_login: str):
    sign_in(page, served_login, "ann")
    ask(page, QUESTION)
    page.locator("#current a.cite").first.click()
    page.get_by_role("button", name="Copy a link to this place").click()
    expect(page.locator("#copy-said")).to_have_text("Copied.")
    page.locator("#question textarea").focus()
    page.keyboard.press("Control+V")
    link = page.locator("#question textarea").input_value()
    assert re.fullmatch(rf"{re.escape(served_login)}letter/\w+\?start=\d+&end=\d+#quote", link)
    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#quote")).to_be_in_viewport()
    assert page.url.split("#")[0] == link.split("#")[0]
