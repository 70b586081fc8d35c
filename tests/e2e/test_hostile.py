from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import ask, visit
from tests.web_fakes import HOSTILE

pytestmark = pytest.mark.e2e


def test_a_letter_full_of_markup_runs_and_fetches_nothing(page: Page, served_hostile: str):
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    requests = visit(page, served_hostile)
    expect(page.locator(".empty")).to_contain_text("1 document held")
    ask(page, f"connected carers {HOSTILE}")
    page.locator("#current a.cite").first.click()
    expect(page.locator("#place mark").nth(1)).to_contain_text("<script>")
    whole = page.get_by_role("link", name="Read the whole document").get_attribute("href")
    check_safe(page, requests, served_hostile, dialogs)
    for path in (whole, "/collection"):
        page.goto(served_hostile.rstrip("/") + path)
        check_safe(page, requests, served_hostile, dialogs)


def check_safe(page: Page, requests: list[str], ours: str, dialogs: list[str]) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate("window.owned") is None
    assert {urlparse(r).netloc for r in requests if not r.startswith("data:")} == {
        urlparse(ours).netloc
    }
    assert dialogs == []
    assert page.locator("iframe, img[src=x]").count() == 0


def test_even_markup_that_got_in_would_not_run(page: Page, served_hostile: str):
    visit(page, served_hostile)
    page.evaluate(
        """() => { document.body.insertAdjacentHTML('beforeend',
        '<img src=x onerror="window.owned=1"><svg onload="window.owned=1"></svg>');
        const s = document.createElement('div'); s.innerHTML = '<a href="javascript:owned=1">x</a>';
        document.body.append(s); s.firstChild.click(); }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.owned") is None
