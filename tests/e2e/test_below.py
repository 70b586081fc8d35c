from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import QUESTION, ask, delete_all, sign_in
from tests.stripping import ROOT

pytestmark = pytest.mark.e2e


def test_the_chat_works_whole_below_a_path(page: Page, served_below: str):
    answered: list[tuple[str, int]] = []
    page.on("response", lambda response: answered.append((response.url, response.status)))
    sign_in(page, served_below, "ann")
    assert page.url == served_below
    ask(page, QUESTION)
    page.locator("#current a.cite").first.click()
    expect(page.locator("#place mark")).to_be_visible()
    expect(page.locator("#place mark")).to_have_css("border-bottom-style", "solid")
    page.get_by_role("button", name="Yes, useful").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#current .judged")).to_have_text("Thank you. It was kept.")
    with page.expect_download() as saving:
        page.locator("#current [data-export=markdown]").click()
    assert QUESTION in saving.value.path().read_text("utf-8")
    page.locator("#asking-choose").click()
    page.get_by_role("checkbox", name="Only Ofsted’s own words").check()
    page.get_by_role("button", name="Ask these").click()
    expect(page.locator("#asking-chips .chip")).to_have_count(1)
    page.reload()
    expect(page.locator("#current .exchange[data-done=yes]")).to_be_attached()
    assert page.url.startswith(f"{served_below}?conversation=")
    delete_all(page)
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("signed out")
    ours = [(urlsplit(url).path, status) for url, status in answered if url.startswith("http")]
    assert [one for one in ours if not one[0].startswith(f"{ROOT}/")] == []
    assert [one for one in ours if one[1] >= 400 and one != (f"{ROOT}/", 401)] == []
