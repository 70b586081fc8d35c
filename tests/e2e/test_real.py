import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import QUESTION, ask, visit

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

DOCUMENTS = {
    "Stoke-on-Trent focused visit, 8 November 2023": "Ofsted’s own letter",
    "Middlesbrough monitoring visit, 6 May 2022": "Ofsted’s own letter",
    "Stockton-on-Tees focused visit, 31 January 2022": "Ofsted’s own letter",
    "Stockton-on-Tees council report, 28 September 2016": (
        "Council report telling of Ofsted’s findings"
    ),
    "Stockton-on-Tees news article, undated": "News article telling of Ofsted’s findings",
}


def test_the_question_of_the_readme_is_answered_from_the_letters(page: Page, served_real: str):
    visit(page, served_real)
    ask(page, QUESTION)
    expect(page.locator("#current .outcome")).to_have_count(0)
    rows = page.locator("#sources li")
    said = {
        rows.nth(n).locator(".source-title").inner_text(): rows.nth(n)
        .locator(".quiet")
        .inner_text()
        for n in range(rows.count())
    }
    assert len(said) >= 4
    assert said.items() <= DOCUMENTS.items()


def test_each_source_opens_in_its_letter_at_the_quoted_words(page: Page, served_real: str):
    visit(page, served_real)
    ask(page, QUESTION)
    links = page.locator("#current blockquote a.cite:visible")
    count = links.count()
    assert count >= 4
    for n in range(count):
        quote = links.nth(n).locator("xpath=..").locator("q").inner_text()
        links.nth(n).click()
        name = links.nth(n).get_attribute("aria-label").split(": ", 1)[1]
        number = links.nth(n).inner_text()
        expect(page.locator("#place-title")).to_have_text(re.compile(f"Source {number} of"))
        expect(page.locator("#place-name")).to_have_text(name)
        expect(page.locator("#place .speaker strong")).to_have_text(DOCUMENTS[name])
        marked = " ".join(" ".join(page.locator("#place mark").all_inner_texts()).split())
        assert marked == " ".join(quote.strip("“”").split())


def test_an_authority_that_is_not_held_is_refused_in_words(page: Page, served_real: str):
    visit(page, served_real)
    ask(page, "What did inspectors say about care leavers in Birmingham?")
    expect(page.locator("#current .outcome-label")).to_have_text(
        "We hold nothing about Birmingham."
    )
    expect(page.locator("#current a.cite")).to_have_count(0)


def test_an_answer_that_counts_leads_to_its_table_and_each_cell_to_its_place(
    page: Page, served_real: str
):
    visit(page, served_real)
    ask(page, "how many councils were judged inadequate?")
    said = page.locator("#current .frame").first.inner_text()
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="This count as a table").click()
    table = opening.value
    expect(table.locator("h1")).to_have_text("How many councils were judged inadequate?")
    expect(table.get_by_text(said)).to_be_visible()
    row = table.get_by_role("row", name="Middlesbrough")
    quote = row.get_by_role("cell").last.inner_text()
    assert "judged inadequate" in quote
    row.locator("a.cite").last.click()
    expect(table.locator("#quote")).to_be_in_viewport()
    assert table.locator("#quote").first.inner_text().split()[0] in quote
