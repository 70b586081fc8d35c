"""A reference is the same wherever it is copied, saved or printed, its published address too."""

import io
import shutil
from datetime import date

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from assistant.checking import judge, read
from assistant.checking.paragraphs import of_word
from assistant.facts.edges import view_of
from assistant.rendering.references import formal_name, formal_reference
from assistant.types import Ask
from assistant.web.answer_view import exchange_html
from assistant.web.conversation_files import as_markdown, as_word
from assistant.web.plain_text import answer_as_text
from assistant.web.session import Exchange
from assistant.web.view_files import as_excel
from assistant.web.view_files import as_word as view_as_word
from assistant.web.view_pages import view_page
from index.types import Kind, Proven
from tests.assistant.facts.held import Held
from tests.fakes import held as held_as
from tests.web_fakes import FakeAnswerer, corpus

SEED = "003_60fb85a75bd1459e.txt"
URL = "https://files.example/v1/file_50233957?as=pdf&v=2"
NAMED = "Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November 2023"
TODAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def held(seeds, tmp_path_factory):
    """A letter whose published address its sidecar gives."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copy(seeds / SEED, folder)
    (folder / "metadata.csv").write_text(f"source,url\n{SEED},{URL}\n")
    return corpus(Held([folder]))


@pytest.fixture(scope="module")
def asked(held):
    answer = FakeAnswerer(held.collection).answer(Ask("what is said about connected carers?"))
    return Exchange(1, answer.question, answer, None, done=True)


def test_a_published_address_ends_the_reference(asked):
    for citation in asked.answer.citations:
        named = formal_reference(citation)
        assert named.startswith(NAMED)
        assert named.endswith(f", {URL}")


def test_a_report_without_a_date_of_its_own_is_named_by_the_days_of_its_inspection():
    first, last = (Proven(date(2025, 5, day), None) for day in (12, 23))
    days = {"visit_start": first, "visit_end": last}
    undated = held_as("a" * 16, "Leeds", None, Kind.INSPECTION_REPORT, **days)
    assert formal_name(undated) == "Ofsted, Inspection of Leeds, 12–23 May 2025, report"
    dated = held_as("a" * 16, "Leeds", date(2025, 7, 15), Kind.INSPECTION_REPORT, **days)
    assert formal_name(dated) == "Ofsted, Inspection of Leeds, report of 15 July 2025"


def test_what_is_copied_shown_and_tabulated_has_it(held, asked):
    view = view_of("timeline", held, authority="Stoke-on-Trent")
    page = BeautifulSoup(exchange_html(asked) + view_page(view, held), "lxml")
    copied = [one["data-copy-text"] for one in page.select("button[data-copy-text]")]
    cited = [*asked.answer.citations, *view.draft.citations]
    assert [text.endswith(f", {URL})") for text in copied] == [True] * len(cited)
    references = load_workbook(io.BytesIO(as_excel(view, "http://x/", TODAY)))["References"]
    told = [row[1].value for row in list(references.rows)[1:]]
    assert told == [formal_reference(one) for one in view.draft.citations]


def test_saved_files_have_it_and_their_quotes_are_found_again(held, asked):
    view = view_of("timeline", held, authority="Stoke-on-Trent")
    text, markdown = answer_as_text(asked.answer).encode(), as_markdown((asked,), TODAY).encode()
    word, table = as_word((asked,), TODAY), view_as_word(view, "http://x/", TODAY)
    for saved, cited in ((text, asked.answer), (markdown, asked.answer), (word, asked.answer),
                         (table, view.draft)):  # fmt: skip
        checked = judge(read(saved).claims, held.collection)
        assert len(checked) >= len(cited.citations)
        assert all(one.verdict.good for one in checked)
    notes = [one.text for file in (word, table) for one in of_word(file) if one.note]
    assert [URL in note for note in notes] == [True] * len(notes)
    other = text.replace(b"as=pdf", b"as=doc", 1)
    assert not all(one.verdict.good for one in judge(read(other).claims, held.collection))
