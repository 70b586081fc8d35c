"""The list of conversations, wherever they are kept, and two tabs beside each other."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import QUESTION, ask, begin, brought_back, focused, sign_in, visit

pytestmark = pytest.mark.e2e
KEY = "inspection-letters-conversation"
FULL = """Storage.prototype.setItem = function () {
  if (this === localStorage) throw new DOMException("", "QuotaExceededError");
}"""

FORBIDDEN = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
}"""


@pytest.fixture(params=["browser", "server"])
def kept_in(request: pytest.FixtureRequest, page: Page) -> Page:
    """A page with two conversations, the second of which is open."""
    if request.param == "browser":
        visit(page, request.getfixturevalue("served"))
    else:
        sign_in(page, request.getfixturevalue("served_login"), "bob")
    ask(page, QUESTION)
    new(page)
    ask(page, "budget of Stockton")
    return page


def new(page: Page) -> None:
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".empty")).to_be_visible()


def open_list(page: Page) -> None:
    page.get_by_role("button", name="Conversations").press("Enter")
    expect(page.locator("#talks-title")).to_be_focused()


def titles(page: Page):
    return page.locator("#talks-list a:visible")


def test_a_conversation_is_found_renamed_and_opened_with_its_sources(kept_in: Page):
    page = kept_in
    open_list(page)
    expect(titles(page)).to_have_text(["budget of Stockton", QUESTION])
    expect(page.locator("#talks-list .quiet:visible").first).to_contain_text("last asked")
    page.get_by_label("Show only those with").fill("Carers connected")
    expect(page.locator("#talks-said")).to_have_text("1 of 2 shown")
    page.get_by_role("button", name="Rename").press("Enter")
    page.keyboard.type("<b>Yesterday</b>")
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_text(["<b>Yesterday</b>"])
    assert focused(page) == "Rename “<b>Yesterday</b>”"
    titles(page).press("Enter")
    expect(page.locator("#turn-1 .question")).to_contain_text(QUESTION)
    page.locator("#current a.cite").first.click()
    expect(page.locator("#place mark")).to_be_visible()
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="Inspection letters").click()
    expect(page.locator("#turn-1 .question")).to_contain_text(QUESTION)
    ask(page, "rating")
    open_list(page)
    expect(titles(page)).to_have_text(["<b>Yesterday</b>", "budget of Stockton"])
    clear(page)


def clear(page: Page) -> None:
    """Leave nothing for the next test: the server is the same."""
    page.get_by_role("button", name="Delete all that are shown").click()
    expect(titles(page)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".empty")).to_be_visible()


def test_a_deletion_is_done_at_once_and_can_be_undone_until_the_list_is_closed(kept_in: Page):
    page = kept_in
    open_list(page)
    page.get_by_role("button", name="Delete “what").press("Enter")
    expect(titles(page)).to_have_text(["budget of Stockton"])
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_count(2)
    assert focused(page).startswith("Delete “what")
    delete_the_open_one(page)
    assert focused(page) == "Undo deleting “budget of Stockton”"
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#turn-1 .question")).to_contain_text("budget")
    open_list(page)
    delete_the_open_one(page)
    page.reload()  # with the list open
    brought_back(page)
    expect(page.locator(".empty")).to_be_visible()
    open_list(page)
    expect(titles(page)).to_have_text([QUESTION])
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Conversations")).to_be_focused()
    open_list(page)
    clear(page)


def delete_the_open_one(page: Page) -> None:
    page.get_by_role("button", name="Delete “budget").press("Enter")
    expect(titles(page)).to_have_text([QUESTION])
    expect(page.locator("#current .empty")).to_be_attached()
    assert "conversation=" not in page.url


def test_an_answer_under_way_is_not_kept_once_its_conversation_is_deleted(kept_in: Page):
    page = kept_in
    begin(page)
    open_list(page)
    page.get_by_role("button", name="Delete all that are shown").click()
    expect(titles(page)).to_have_count(0)
    page.reload()
    brought_back(page)
    open_list(page)
    expect(page.locator("#talks-said")).to_have_text("None are kept.")


def test_two_tabs_do_not_overwrite_each_other(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    other = page.context.new_page()
    visit(other, page.url)
    expect(other.locator(".exchange")).to_have_count(1)
    ask(page, "budget of Stockton")
    ask(other, "rating")
    assert page.url != other.url
    for tab, asked in ((page, "budget of Stockton"), (other, "rating")):
        tab.reload()
        expect(tab.locator("#turn-2 .question")).to_contain_text(asked)
    fresh = page.context.new_page()
    visit(fresh, served)
    expect(fresh.locator(".empty")).to_be_visible()
    open_list(fresh)
    expect(titles(fresh)).to_have_text([QUESTION, QUESTION])


def test_a_full_store_and_one_that_is_gone_are_said(page: Page, served: str):
    page.add_init_script(FULL)
    visit(page, f"{served}?conversation=gone")
    expect(page.locator("#unkept")).to_have_text("That conversation is not kept here any more.")
    ask(page, QUESTION)
    expect(page.locator("#unkept")).to_contain_text("This conversation is not kept")
    expect(page.locator("#current a.cite").first).to_be_visible()


def test_a_store_that_is_forbidden_is_said_and_everything_else_works(page: Page, served: str):
    page.add_init_script(FORBIDDEN)
    visit(page, f"{served}?conversation=some")
    expect(page.locator("#unkept")).to_have_text("That conversation is not kept here any more.")
    ask(page, QUESTION)
    expect(page.locator("#unkept")).to_contain_text("keeps nothing for this page")
    page.get_by_role("button", name="Choose sources").click()
    page.get_by_role("checkbox", name="Middlesbrough", exact=True).check()
    page.get_by_role("button", name="Ask these").click()
    ask(page, "budget of Stockton")
    expect(page.locator("#turn-2 .chips", has_text="Asked of")).to_contain_text("Middlesbrough")
    expect(page.locator("#earlier a.cite").first).to_be_visible()
    expect(page.locator("#unkept")).to_contain_text("keeps nothing for this page")
    open_list(page)
    said = "This browser keeps nothing for this page, so there are none to list."
    expect(page.locator("#talks-said")).to_have_text(said)
    page.keyboard.press("Escape")
    new(page)
    page.reload()
    brought_back(page)
    expect(page.locator(".empty")).to_be_visible()


def test_what_was_kept_before_is_listed_and_the_oldest_makes_room(page: Page, served: str):
    one = json.dumps([{"question": "from before", "problem": "p", "answer": None}])
    page.add_init_script(
        f"""if (!localStorage.length) {{
          localStorage.setItem("{KEY}", JSON.stringify({{ at: Date.now() - 1000, text: {one!r} }}));
          for (let n = 1; n < 50; n += 1) localStorage.setItem(`{KEY}/${{n}}`,
            JSON.stringify({{ title: `t${{n}}`, at: Date.now() - n * 60000, text: {one!r} }}));
        }}"""
    )
    visit(page, served)
    ask(page, QUESTION)
    expect(page.locator("#unkept")).to_contain_text("the oldest was deleted: “t49”")
    open_list(page)
    expect(titles(page)).to_have_count(50)
    expect(titles(page).nth(1)).to_have_text("from before")
    titles(page).nth(1).click()
    brought_back(page)
    expect(page.locator("#turn-1 .question")).to_contain_text("from before")


def test_what_this_version_cannot_read_is_counted_and_stays(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    key = "inspection-letters-conversation/older"
    page.evaluate(
        """key => { const [own] = Object.keys(localStorage).filter((k) => k.includes("/"));
        const kept = JSON.parse(localStorage.getItem(own)); const odd = { question: "odd" };
        localStorage.setItem(key, JSON.stringify({ ...kept, text: JSON.stringify([odd]) }));
        const both = JSON.stringify([odd, ...JSON.parse(kept.text)]);
        localStorage.setItem(own, JSON.stringify({ ...kept, text: both })); }""",
        key,
    )
    page.reload()
    expect(page.locator("#aside")).to_contain_text("1 question of this conversation is not shown")
    expect(page.locator(".exchange")).to_have_count(1)
    visit(page, f"{served}?conversation=older")
    expect(page.locator("#aside")).to_contain_text("1 question of this conversation is not shown")
    expect(page.locator("#unkept")).to_be_hidden()
    ask(page, "budget")
    expect(page.locator("#aside")).to_be_hidden()
    assert "odd" in page.evaluate("key => localStorage.getItem(key)", key)
