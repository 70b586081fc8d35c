import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from assistant.web.add_pages import batch_page
from assistant.web.added_documents import Entry, State
from assistant.web.batches import Batch
from tests.e2e.conftest import opened
from tests.e2e.steps import ask, visit
from tests.fakes import letter

pytestmark = pytest.mark.e2e

BROKEN = FilePayload(name="<b>broken<b>.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 cut")
DROP = """(drop, [name, text]) => {
  const held = new DataTransfer();
  held.items.add(new File([text], name));
  const told = { dataTransfer: held, bubbles: true, cancelable: true };
  drop.dispatchEvent(new DragEvent("drop", told));
}"""


def text(name: str, content: str) -> FilePayload:
    return FilePayload(name=name, mimeType="text/plain", buffer=content.encode())


def document(page: Page, name: str):
    return page.get_by_role("region", name=name)


def remove(page: Page, name: str) -> None:
    """Remove a document on the page that shows what became of it."""
    document(page, name).get_by_text("Remove", exact=False).first.press("Enter")
    document(page, name).get_by_role("button", name="Remove this document").press("Enter")
    expect(page.get_by_text("Removed.")).to_be_visible()


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Page]:
    yield from opened(browser, 390, 844, java_script_enabled=False)


def test_documents_are_dropped_read_corrected_asked_about_and_removed(
    page: Page, served_adding: str
):
    visit(page, served_adding)
    page.get_by_role("link", name="Add documents").press("Enter")
    expect(page.get_by_text("or drop them here")).to_be_visible()  # once a drop is heard
    page.locator("#drop").evaluate(DROP, ["Leeds.txt", letter(0)])
    expect(page.locator("#chosen")).to_contain_text("Leeds.txt, 1 kB")
    expect(page.get_by_role("button", name="Add these")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_have_text("Done.")
    added = document(page, "Leeds.txt")
    expect(added).to_contain_text(re.compile(r"Authority\s*Leeds"))
    added.locator("summary", has_text="Correct").press("Enter")
    added.get_by_label("Authority").fill("kent")
    added.get_by_label("Date that the document bears").fill("31/01/2022")
    page.keyboard.press("Enter")
    expect(added).to_contain_text(re.compile(r"Kent \(given by hand\)"))
    expect(added).to_contain_text("31 January 2022 (given by hand)")
    added.get_by_role("link", name="Ask about Leeds.txt").click()
    ask(page, "what is said about supervision?")
    expect(page.locator("#current")).to_contain_text("Kent · Ofsted focused visit letter")
    page.go_back()
    remove(page, "Leeds.txt")


REPORT = Path(__file__).parents[1] / "index/identity_fronts/bcp.txt"


def test_a_grade_is_corrected_another_added_and_both_taken_back(page: Page, served_adding: str):
    page.goto(f"{served_adding}collection/add")
    page.set_input_files("#files", [text("Report.txt", REPORT.read_text("utf-8"))])
    page.get_by_role("button", name="Add these").click()
    expect(page.locator("#progress")).to_have_text("Done.")
    added = document(page, "Report.txt")
    added.locator("summary", has_text="Correct").press("Enter")
    grades = added.get_by_role("group", name="Grades in this report")
    expect(grades.get_by_label("Overall effectiveness")).to_have_value("inadequate")
    grades.get_by_label("Overall effectiveness").select_option("good")
    grades.get_by_label("Care leavers").select_option("outstanding")
    added.get_by_role("button", name="Save").press("Enter")
    expect(added).to_contain_text(re.compile(r"Overall effectiveness\s*good \(given by hand\)"))
    expect(added).to_contain_text(re.compile(r"Care leavers\s*outstanding \(given by hand\)"))
    added.locator("summary", has_text="Correct").press("Enter")
    grades.get_by_label("Overall effectiveness").select_option("as the document says")
    grades.get_by_label("Care leavers").select_option("as the document says")
    added.get_by_role("button", name="Save").press("Enter")
    expect(added).to_contain_text(re.compile(r"Overall effectiveness\s*inadequate"))
    expect(added.locator("dl")).not_to_contain_text("given by hand")
    expect(added.locator("dl")).not_to_contain_text("Care leavers")
    remove(page, "Report.txt")


def test_what_cannot_be_added_is_said_beside_what_was(page: Page, served_adding: str):
    page.goto(f"{served_adding}collection/add")
    page.set_input_files("#files", [text("Torbay.odt", "x")])
    expect(page.locator("#chosen")).to_contain_text("an OpenDocument text, which is not read: save")
    page.set_input_files("#files", [BROKEN, text("Torbay.txt", letter(3))])
    page.get_by_role("button", name="Add these").click()
    expect(page.locator("#progress")).to_have_text("2 documents: all done.")
    expect(document(page, "<b>broken<b>.pdf")).to_contain_text("Not done: cut short")
    remove(page, "Torbay.txt")
    page.goto(f"{served_adding}collection/add")
    page.set_input_files("#files", [text(f"{n}.txt", "x") for n in range(21)])
    page.get_by_role("button", name="Add these").click()
    expect(page.get_by_role("alert")).to_contain_text("at most 20 are read at once")


def test_the_form_works_without_script_on_a_phone(unscripted: Page, served_adding: str):
    page = unscripted
    page.goto(f"{served_adding}collection/add")
    page.set_input_files("#files", [text("Bristol.txt", letter(5))])
    page.get_by_role("button", name="Add these").click()
    expect(page.locator("#progress")).to_have_text("Done.")  # it loads itself again until then
    expect(document(page, "Bristol.txt")).to_contain_text(re.compile(r"Authority\s*Bristol"))
    page.set_viewport_size({"width": 320, "height": 640})
    document(page, "Bristol.txt").locator("summary", has_text="Correct").click()
    document(page, "Bristol.txt").get_by_label("Address at").fill(f"https://example.org/{'5' * 90}")
    document(page, "Bristol.txt").get_by_role("button", name="Save").click()
    box = document(page, "Bristol.txt").locator("dd", has_text="example.org").bounding_box()
    assert box
    assert box["x"] + box["width"] <= 320
    remove(page, "Bristol.txt")


UNDER_WAY = (Entry("Leeds.txt", State.READING), Entry("Kent.txt", State.REFUSED, None, "cut short"),
             Entry("Torbay.txt"))  # fmt: skip


def found(page: Page) -> list[str]:
    """What axe finds at each width, light and dark, and what scrolls sideways or is cut off."""
    access = pytest.importorskip("tests.e2e.test_access")
    seen = []
    for width in (320, 390, 1280):
        seen += access.at(page, width, 800)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size(access.ZOOMED["viewport"])
    access.assert_whole(page)
    return seen


@pytest.mark.slow
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, served_adding: str):
    page.goto(f"{served_adding}collection/add")
    report = text("Leeds.txt", REPORT.read_text("utf-8"))
    page.set_input_files("#files", [BROKEN, report])
    assert found(page) == []
    page.get_by_role("button", name="Add these").click()
    expect(page.locator("#progress")).to_have_text("2 documents: all done.")
    page.locator("summary").first.click()
    assert found(page) == []
    added = page.url
    page.get_by_role("link", name="Add documents").last.click()
    page.get_by_role("link", name="Correct or remove").click()
    assert "/collection/document/" in page.url
    assert found(page) == []
    page.goto(added)
    remove(page, "Leeds.txt")


@pytest.mark.slow
def test_axe_finds_nothing_while_documents_are_read(page: Page, served_adding: str):
    adding = SimpleNamespace(ahead=lambda batch: 0)
    shown = batch_page(adding, Batch("x", "", list(UNDER_WAY)))
    address = f"{served_adding}collection/added/x"
    page.route(address, lambda route: route.fulfill(body=shown, content_type="text/html"))
    page.goto(address)
    expect(page.get_by_role("status").first).to_contain_text("Under way: 1 of 3 done.")
    assert found(page) == []


@pytest.mark.slow
def test_a_letter_that_is_added_answers_questions_at_once(page: Page, served_real: str):
    visit(page, served_real)
    ask(page, "What did inspectors say about supervision in Leeds?")
    expect(page.locator("#current .outcome-label")).to_contain_text("We hold nothing")
    page.goto(f"{served_real}collection/add")
    page.set_input_files("#files", [text("Leeds.txt", letter(0))])
    page.get_by_role("button", name="Add these").click()
    expect(page.locator("#progress")).to_have_text("Done.")
    results = page.url
    page.goto(served_real)
    ask(page, "What did inspectors say about supervision in Leeds?")
    expect(page.locator("#current blockquote").first).to_contain_text("Supervision")
    page.goto(results)
    remove(page, "Leeds.txt")
