import re
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.steps import QUESTION, ask, begin, choose_written, focused, searching, visit

pytestmark = pytest.mark.e2e


def test_the_empty_page_says_what_is_held_and_offers_questions(page: Page, served: str):
    visit(page, served)
    empty = page.locator(".empty")
    expect(empty).to_contain_text("5 documents held, 3 of them Ofsted’s own")
    expect(empty).to_contain_text("from 28 September 2016 to 8 November 2023")
    expect(empty).to_contain_text("Middlesbrough, Stockton-on-Tees and Stoke-on-Trent")
    expect(page.get_by_text("Do not enter names or details of children.")).to_be_visible()
    page.get_by_role("button", name="What did inspectors say about connected carers?").click()
    expect(page.locator("#turn-1[data-done=yes] blockquote").first).to_be_visible()


def test_an_answer_is_grouped_and_each_source_opens_at_its_words(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    expect(page.locator(".letter-group h3")).to_have_count(5)
    expect(page.locator("#sources li")).to_have_count(5)
    link = page.get_by_role(
        "link", name="Source 4: Stockton-on-Tees focused visit, 31 January 2022"
    ).first
    quote = link.locator("xpath=..").locator("q").inner_text()
    link.click()
    expect(page.locator("#place-title")).to_be_focused()
    expect(page.locator("#place")).to_contain_text("Ofsted’s own letter")
    expect(page.locator("#place")).to_contain_text("31 January 2022")
    assert " ".join(page.locator("#place mark").inner_text().split()) == quote.strip("“”")
    expect(page.locator("#place mark")).to_be_in_viewport()


def test_next_and_previous_walk_through_the_sources(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.locator("#current a.cite").first.click()
    expect(page.locator("#place-title")).to_have_text("Source 1 of 9")
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#place-title")).to_have_text("Source 2 of 9")
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#place-title")).to_have_text("Source 1 of 9")


def test_the_keyboard_alone_reaches_a_source_and_comes_back(page: Page, served: str):
    visit(page, served)
    page.locator("#question textarea").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn-1[data-done=yes]")
    page.locator("#question-1").focus()
    page.keyboard.press("Tab")
    name = focused(page)
    assert name.startswith("Source 1: ")
    page.keyboard.press("Enter")
    expect(page.locator("#place-title")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page) == "place-next"
    page.keyboard.press("Escape")
    expect(page.locator("#place")).to_be_hidden()
    assert focused(page) == name


def test_the_whole_letter_opens_with_the_words_marked(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.locator("#current a.cite").nth(2).click()
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Read the whole document").click()
    letter = opening.value
    expect(letter.locator("#quote")).to_be_in_viewport()
    expect(letter.locator("h1")).to_have_text(
        "Monitoring visit to Middlesbrough children's services"
    )


def test_a_source_closes_with_the_next_question_and_still_opens(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.locator("#current a.cite").first.click()
    expect(page.locator("#place")).to_be_visible()
    ask(page, "budget")
    expect(page.locator("#place")).to_be_hidden()
    page.locator("#earlier a.cite").first.click()
    expect(page.locator("#place-title")).to_have_text("Source 1 of 9")
    expect(page.locator("#place-asked")).to_have_text(f"For your earlier question: {QUESTION}")


def test_the_panel_says_once_whose_words_they_are_how_old_and_of_what(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.get_by_role("link", name="Source 7: Stockton-on-Tees council report").first.click()
    panel = page.get_by_role("region", name="Source 7 of 9")
    expect(panel.locator(".later")).to_contain_text(
        "A later letter is held: Stockton-on-Tees focused visit, 31 January 2022"
    )
    read = panel.locator(".panel-bar, .panel-title, .facts").all_inner_texts()
    said = " ".join(read)
    assert said.count("Council report telling of Ofsted’s findings") == 1
    assert len(re.findall(r"over \d+ years old", said)) == 1
    assert said.count("28 September 2016") == 1


def test_the_source_asked_for_last_is_the_one_shown(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    held: list[Route] = []
    page.route("**/place?*", lambda route: held.append(route))
    page.locator("#current a.cite").nth(0).click()
    page.locator("#current a.cite").nth(1).click()
    while len(held) < 2:
        page.wait_for_timeout(20)
    held[1].continue_()
    expect(page.locator("#place-title")).to_have_text("Source 2 of 9")
    with page.expect_response("**/place?*"):
        held[0].continue_()
    expect(page.locator("#place-title")).to_have_text("Source 2 of 9")
    page.unroute("**/place?*")


def test_a_refusal_is_a_box_and_its_nearest_places_are_apart(page: Page, served: str):
    visit(page, served)
    ask(page, "budget of Stockton")
    expect(page.locator("#current .outcome-label")).to_have_text("Not in the documents")
    expect(page.locator("#current .nearest")).to_contain_text("These do not answer your question")
    expect(page.locator("#current a.cite")).to_have_count(0)


def test_a_near_place_opens_beside_the_refusal_and_leads_back(page: Page, served: str):
    visit(page, served)
    ask(page, "budget of Stockton")
    link = page.get_by_role("link", name="Near place 1: Stockton-on-Tees focused visit")
    link.click()
    expect(page.locator("#place-title")).to_have_text("Near place 1 of 1")
    expect(page.locator("#place mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_what_is_missing_stands_above_what_was_found(page: Page, served: str):
    visit(page, served)
    ask(page, "partly: what is said about connected carers?")
    box = page.locator("#current .outcome")
    expect(box).to_contain_text("Part of this is not in the documents")
    expect(box.locator("blockquote")).to_have_count(0)
    expect(page.locator("#current .letter-group")).to_have_count(5)


def test_choosing_one_of_several_asks_again(page: Page, served: str):
    visit(page, served)
    ask(page, "rating")
    page.get_by_role("button", name="Middlesbrough").click()
    expect(page.locator("#question-2")).to_contain_text("rating (Middlesbrough)")


@pytest.mark.parametrize("question", ["", "   "])
def test_an_empty_box_asks_nothing_and_says_so(page: Page, served: str, question: str):
    visit(page, served)
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#nothing-asked")).to_have_text("Type your question first.")
    expect(page.locator("#nothing-asked")).to_be_visible()
    expect(page.locator(".exchange")).to_have_count(0)
    page.fill("#question textarea", "Who inspected Stockton in 2021?")
    expect(page.locator("#nothing-asked")).to_be_hidden()


def test_a_question_is_asked_though_what_stands_beside_the_box_is_not_there_yet(
    page: Page, served: str
):
    visit(page, served)
    page.locator("#nothing-asked").evaluate("place => place.remove()")
    ask(page, "what did inspectors say about connected carers?")
    expect(page.locator("#current .letter-group")).to_have_count(5)


@pytest.mark.parametrize("question", ["\u0007", "<img src=x onerror=alert(1)>"])
def test_odd_questions_end_in_an_outcome(page: Page, served: str, question: str):
    visit(page, served)
    ask(page, question)
    expect(page.locator("#current .outcome-label")).to_be_visible()
    expect(page.locator("#current img")).to_have_count(0)


def test_fifty_thousand_characters_end_in_an_outcome(page: Page, served: str):
    visit(page, served)
    ask(page, "word " * 10_000)
    assert len(page.locator("#question-1").inner_text()) < 450
    rest = page.locator(".question-rest p")
    expect(rest).to_be_hidden()
    page.get_by_text("Show the rest of the question").click()
    expect(rest).to_be_visible()
    whole = page.locator("#question-1").inner_text() + rest.inner_text()
    assert whole.count("word") == 400


def test_a_crash_is_one_sentence(page: Page, served: str):
    visit(page, served)
    ask(page, "crash")
    expect(page.locator("#current .problem")).to_contain_text("Something went wrong")
    assert "secret" not in page.content()
    ask(page, QUESTION)
    expect(page.locator("#current .letter-group")).to_have_count(5)


def test_an_answer_is_announced_once(page: Page, served: str):
    visit(page, served)
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() =>
        window.said.push(document.getElementById('announcer').textContent))
        .observe(document.getElementById('announcer'), {childList: true}); }"""
    )
    with searching(page, QUESTION):
        expect(page.locator("#announcer")).to_have_text("Searching 5 documents.")
    expect(page.locator("#announcer")).to_have_text("Answer ready: 9 quotes from 5 documents.")
    assert page.evaluate("window.said") == [
        "Searching 5 documents.",
        "Answer ready: 9 quotes from 5 documents.",
    ]


def test_copying_works_without_permission(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); }")
    page.get_by_role("button", name="Copy answer with references").click()
    expect(page.locator("#current .copied")).to_have_text("Copied.")
    page.locator("#question textarea").focus()
    page.keyboard.press("Control+V")
    pasted = page.locator("#question textarea").input_value()
    assert pasted.startswith(f"Question: {QUESTION}")
    assert "[9] Decline in effectiveness at Stockton-on-Tees, news article, undated; News" in pasted
    page.get_by_role("button", name="Copy quote 1 with its reference").click()
    expect(page.locator("#current .copy-quote").first).to_have_text("Copied.")
    page.locator("#question textarea").fill("")
    page.keyboard.press("Control+V")
    pasted = page.locator("#question textarea").input_value()
    assert pasted.endswith("(Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November 2023)")


def test_editing_brings_the_question_back_to_the_box(page: Page, served: str):
    visit(page, served)
    ask(page, "budget of Stockton")
    page.get_by_role("button", name="Edit and ask again").click()
    expect(page.locator("#question textarea")).to_have_value("budget of Stockton")
    expect(page.locator("#question textarea")).to_be_focused()


def test_stopping_keeps_what_came(page: Page, served: str):
    visit(page, served)
    choose_written(page)
    begin(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#current .problem")).to_contain_text("Stopped before the answer")
    expect(page.locator("#current blockquote").first).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_stopping_before_anything_came_says_so(page: Page, served: str):
    visit(page, served)
    with searching(page, QUESTION):
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("#current .problem")).to_contain_text("Stopped before the answer")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    ask(page, "budget of Stockton")
    expect(page.locator("#turn-1 .problem")).to_contain_text("Stopped before the answer")
    expect(page.locator("#turn-1 blockquote")).to_have_count(0)


def test_a_question_asked_while_another_is_answered_ends_that_one(page: Page, served: str):
    visit(page, served)
    begin(page)
    ask(page, "budget of Stockton")
    expect(page.locator("#turn-1 .problem")).to_contain_text("Stopped before the answer")
    expect(page.locator("#turn-1 blockquote").first).to_be_visible()
    expect(page.locator("#turn-2 .outcome-label")).to_have_text("Not in the documents")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    ask(page, QUESTION)
    expect(page.locator("#current .letter-group")).to_have_count(5)


def test_a_new_conversation_ends_an_answer_that_is_still_growing(page: Page, served: str):
    visit(page, served)
    ask(page, "budget of Stockton")
    begin(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".empty")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    ask(page, QUESTION)
    expect(page.locator(".exchange")).to_have_count(1)


def test_a_written_answer_says_who_wrote_it_and_marks_what_was_not_found(page: Page, served: str):
    visit(page, served)
    choose_written(page)
    expect(page.get_by_text("are sent to fake/model (http://127.0.0.1:1)")).to_be_visible()
    ask(page, QUESTION)
    expect(page.locator("#current .written")).to_contain_text("Written by fake/model")
    expect(page.locator("#current .unsupported .doubt")).to_have_text("not found in the letters")


def test_two_readers_do_not_see_each_other(page: Page, phone: Page, served: str):
    visit(page, served)
    visit(phone, served)
    ask(page, QUESTION)
    ask(phone, "budget")
    expect(phone.locator(".exchange")).to_have_count(1)
    expect(page.locator(".exchange")).to_have_count(1)


def test_a_new_conversation_starts_empty(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".empty")).to_be_visible()
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator("#sources li")).to_have_count(0)


def test_on_a_phone_the_source_is_a_sheet_that_closes(phone: Page, served: str):
    visit(phone, served)
    ask(phone, QUESTION)
    phone.locator("#current a.cite").nth(3).tap()
    expect(phone.locator("#place mark")).to_be_in_viewport()
    phone.get_by_role("button", name="Close").tap()
    expect(phone.locator("#place")).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_back_closes_the_sheet_of_a_phone_and_not_the_page(phone: Page, served: str):
    visit(phone, served)
    ask(phone, QUESTION)
    for closing in ("back", "Close", "Escape", "back"):
        phone.locator("#current a.cite").nth(1).tap()
        expect(phone.locator("#place-title")).to_have_text("Source 2 of 9")
        phone.get_by_role("button", name="Next").tap()
        expect(phone.locator("#place-title")).to_have_text("Source 3 of 9")
        if closing == "back":
            phone.evaluate("history.back()")
        elif closing == "Close":
            phone.get_by_role("button", name="Close").tap()
        else:
            phone.keyboard.press("Escape")
        expect(phone.locator("#place")).to_be_hidden()
        phone.wait_for_function("!history.state?.sheet")
        expect(phone.locator("#current .letter-group")).to_have_count(5)
    assert phone.url.partition("?")[0] == served  # the address names the conversation


@pytest.mark.parametrize(
    ("opener", "dialog"), [("choose sources", "#choose"), ("Conversations", "#talks")]
)
def test_back_closes_a_dialog_of_a_phone_and_not_the_page(
    phone: Page, served: str, opener: str, dialog: str
):
    visit(phone, served)
    ask(phone, QUESTION)
    address = phone.url
    for closing in ("back", "button", "Escape", "back"):
        phone.get_by_role("button", name=opener).first.tap()
        expect(phone.locator(dialog)).to_be_visible()
        phone.wait_for_function("history.state?.dialog")
        if closing == "back":
            phone.evaluate("history.back()")
        elif closing == "button":
            phone.locator(dialog).get_by_role("button", name=re.compile("Cancel|Close")).tap()
        else:
            phone.keyboard.press("Escape")
        expect(phone.locator(dialog)).to_be_hidden()
        phone.wait_for_function("!history.state?.dialog")
        expect(phone.locator("#current .letter-group")).to_have_count(5)
    assert phone.url == address
    phone.go_back()
    assert phone.url == "about:blank"


def test_a_conversation_deleted_on_a_phone_leaves_the_address_and_comes_back(
    phone: Page, served: str
):
    visit(phone, served)
    ask(phone, QUESTION)
    address = phone.url
    for undone in (True, False):
        phone.get_by_role("button", name="Conversations").tap()
        phone.get_by_role("button", name="Delete “").tap()
        expect(phone.locator("#current .empty")).to_be_attached()
        if undone:
            phone.get_by_role("button", name="Undo").tap()
            expect(phone.locator("#talks-said")).to_have_text("Brought back.")
        phone.get_by_role("button", name="Close").last.tap()
        expect(phone.locator(".exchange")).to_have_count(int(undone))
        phone.wait_for_function("!history.state?.dialog")
        expect(phone).to_have_url(address if undone else served)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_mark_says_that_there_is_more_below(page: Page, served: str, width: int):
    page.set_viewport_size({"width": width, "height": 640})
    visit(page, served)
    ask(page, QUESTION)
    more = "document.documentElement.hasAttribute('data-more')"
    shown = """getComputedStyle(document.getElementById('conversation'), '::after').content"""
    page.wait_for_function(more)
    assert "More below" in page.evaluate(shown)
    page.mouse.move(width / 3, 200)
    page.mouse.wheel(0, 20_000)
    page.wait_for_function(f"!{more}")
    assert page.evaluate(shown) == "none"
    page.mouse.wheel(0, -20_000)
    page.wait_for_function(more)


def test_nothing_is_asked_of_anyone_else(page: Page, served: str):
    requests = visit(page, served)
    ask(page, QUESTION)
    page.locator("#current a.cite").first.click()
    page.wait_for_selector("#place mark")
    ours = urlparse(served).netloc
    assert {urlparse(r).netloc for r in requests if not r.startswith("data:")} == {ours}


def test_a_conversation_survives_reloading_with_its_citations(page: Page, served: str):
    visit(page, served)
    ask(page, QUESTION)
    ask(page, "budget")
    page.reload()
    expect(page.locator(".exchange[data-done=yes]")).to_have_count(2)
    page.locator("#earlier a.cite").first.click()
    expect(page.locator("#place-title")).to_have_text("Source 1 of 9")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".empty")).to_be_visible()
    page.reload()
    expect(page.locator(".empty")).to_be_visible()


@pytest.mark.parametrize(("name", "starts"), [("Save as Word", b"PK"), ("Save as Markdown", b"# ")])
def test_an_answer_can_be_saved_as_a_file(page: Page, served: str, name: str, starts: bytes):
    visit(page, served)
    ask(page, QUESTION)
    with page.expect_download() as saving:
        page.get_by_role("button", name=name).click()
    assert Path(saving.value.path()).read_bytes()[:2] == starts


def test_what_was_understood_can_be_taken_back(page: Page, served: str):
    visit(page, served)
    ask(page, "connected carers at Stockton?")
    page.get_by_role("button", name="Ask again without Stockton-on-Tees").click()
    expect(page.locator("#question-2")).to_contain_text("connected carers?")


def test_documents_held_can_be_sorted_and_sifted(page: Page, served: str):
    page.goto(f"{served}collection")
    names = page.locator("#held tbody tr:not([hidden]) td:nth-child(2)")
    page.get_by_role("button", name="Authority").click()
    expect(page.locator("#held th[aria-sort=ascending]")).to_have_text("Authority")
    assert names.all_inner_texts() == ["Middlesbrough", *["Stockton-on-Tees"] * 3, "Stoke-on-Trent"]
    page.get_by_role("button", name="Date").click()
    page.get_by_role("button", name="Date").click()
    expect(names.first).to_have_text("Stoke-on-Trent")
    page.get_by_label("Show only rows with these words").fill("stockton council")
    expect(page.locator("#sifted")).to_have_text("1 of 5 shown")
    page.get_by_role("link", name="Stockton-on-Tees").click()
    expect(page.get_by_role("heading", name="Stockton-on-Tees", level=1)).to_be_visible()
    page.get_by_role("link", name="Focused visit letter, 31 January 2022").click()
    expect(page.get_by_role("article", name="Text of the document")).to_be_visible()
