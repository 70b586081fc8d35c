import asyncio
import io
import re
from datetime import date

import httpx
import pytest
from bs4 import BeautifulSoup
from docx import Document as WordFile
from openpyxl import load_workbook

from assistant.checking import judge, read
from assistant.checking.paragraphs import of_word
from assistant.facts.edges import view_of
from assistant.facts.view import NOTHING, Cell, View
from assistant.service.queue import Turns
from assistant.web.app import build_pages
from assistant.web.parts import WebParts
from assistant.web.view_files import as_excel, as_word
from assistant.web.view_links import views_beside, views_of
from assistant.web.view_pages import shape, view_page
from tests.assistant.facts.held import Held
from tests.web_fakes import FakeAnswerer, FakeStore, corpus, document, identity, seed_store

TODAY = date(2026, 11, 26)
BASE = "http://127.0.0.1:7860/"
HOSTILE = "=1+1<script>owned=1</script>\x07"


@pytest.fixture(scope="module")
def store():
    return seed_store()


@pytest.fixture(scope="module")
def seed_corpus(seeds):
    return corpus(Held([seeds]))


@pytest.fixture(scope="module")
def letter_corpus(shared):
    return corpus(Held([shared / "letters"]))


def get(store, path, turns=None):
    async def fetch():
        parts = WebParts(
            FakeAnswerer(store), store, turns=turns or Turns(), corpus=lambda: corpus(store)
        )
        transport = httpx.ASGITransport(build_pages(parts))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.get(path, headers={"Accept": "text/html"})

    return asyncio.run(fetch())


def soup(store, path):
    return BeautifulSoup(get(store, path).text, "lxml")


def test_every_place_of_a_timeline_is_where_its_words_stand(seed_corpus):
    view = view_of("timeline", seed_corpus, authority="Stockton")
    page = BeautifulSoup(view_page(view, seed_corpus, "/timeline?authority=Stockton"), "lxml")
    assert page.h1.get_text() == "Inspections and visits of Stockton-on-Tees"
    assert len(page.select("table.view tbody tr")) == len(view.tables[0].rows)
    links = page.select("table a.cite")
    assert len(links) == sum(len(cell.citations) for row in view.tables[0].rows for cell in row)
    for one in page.select(".references li"):
        address = httpx.URL(one.a["href"])
        text = seed_corpus.collection.document(address.path.split("/")[-1]).text
        span = slice(int(address.params["start"]), int(address.params["end"]))
        assert text[span] == one.q.get_text()


def test_a_reference_reads_as_a_committee_wants_it(seed_corpus):
    view = view_of("timeline", seed_corpus, authority="Stoke-on-Trent")
    page = BeautifulSoup(view_page(view, seed_corpus), "lxml")
    first = " ".join(page.select_one(".references li").get_text().split())
    assert "Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November 2023" in first


def test_a_comparison_has_a_column_an_authority_and_is_chosen_on_a_page(store):
    page = soup(store, "/compare?authority=Middlesbrough&authority=Stoke")
    assert [th.get_text() for th in page.select("thead th")][1:] == [
        "Middlesbrough", "Stoke-on-Trent",
    ]  # fmt: skip
    chosen = soup(store, page.select_one(".tools a")["href"])
    names = [box["value"] for box in chosen.select("input[type=checkbox][checked]")]
    assert names == ["Middlesbrough", "Stoke-on-Trent"]
    assert [box["value"] for box in soup(store, "/compare").select("input[type=checkbox]")] == [
        "Middlesbrough", "Stockton-on-Tees", "Stoke-on-Trent",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/timeline", "write its name out"),
        ("/timeline?authority=Leeds", "no inspection of Leeds is held or recalled"),
        ("/timeline?authority=%3Cscript%3E", "script"),
        ("/changes?authority=Stoke", "two are needed to say what changed"),
        ("/changes?authority=Stoke&from=x", "is no inspection of Stoke-on-Trent"),
        ("/brief?name=zzz", "zzz"),
        ("/brief", ""),
    ],
)
def test_what_cannot_be_shown_is_said(store, path, said):
    answer = get(store, path)
    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 404
    assert page.h1.get_text() == "There is nothing to show"
    assert said.casefold() in page.main.get_text().casefold()
    assert "<script>" not in answer.text


def test_so_many_at_once_are_asked_to_wait(store):
    class Full(Turns):
        waiting = 99

    assert get(store, "/timeline?authority=Stoke", Full()).status_code == 429


def test_each_quote_in_a_cell_is_copied_with_its_reference(seed_corpus):
    names = ["Stockton-on-Tees", "Stoke-on-Trent"]
    view = view_of("compare", seed_corpus, authorities=names, topic="")
    page = BeautifulSoup(view_page(view, seed_corpus), "lxml")
    (row,) = [tr for tr in page.select("tbody tr") if tr.th.get_text(strip=True) == "to improve"]
    for name, cell in zip(names, row.select("td"), strict=True):
        copied = [button["data-copy-text"] for button in cell.select("button")]
        assert len(copied) == len(cell.select("a.cite")) > 0
        for text in copied:
            words, _, reference = text.partition("” (")
            assert words.removeprefix("“") in " ".join(cell.get_text().split())
            assert reference.startswith(f"Ofsted, Focused visit to {name}, letter of ")


def test_pages_lead_to_the_views_of_their_authority(store):
    for path in ("/authority/Stockton-on-Tees", f"/letter/{store.identities()[0].doc_id}"):
        hrefs = [a["href"] for a in soup(store, path).select(".leads a")]
        assert "/timeline?authority=Stockton-on-Tees" in hrefs
    assert soup(store, "/collection").select_one(".leads a")["href"] == "/compare"


def test_what_changed_is_led_to_only_where_two_inspections_are_known(letter_corpus):
    known = [lead.label for lead in views_of("Middlesbrough", letter_corpus)]
    assert known == [
        "Middlesbrough on one page", "Timeline of Middlesbrough", "What changed at Middlesbrough",
    ]  # fmt: skip
    assert views_of("Nowhere", letter_corpus) == []


def test_an_answer_about_several_leads_to_them_side_by_side(store):
    labels = [
        lead.label for lead in views_beside(["Stoke-on-Trent", "", "Middlesbrough"], corpus(store))
    ]
    assert labels == [
        "Stoke-on-Trent and Middlesbrough side by side", "Timeline of Stoke-on-Trent",
        "Timeline of Middlesbrough",
    ]  # fmt: skip


def test_the_excel_file_holds_the_tables_and_every_reference(seed_corpus):
    view = view_of("timeline", seed_corpus, authority="Stockton")
    book = load_workbook(io.BytesIO(as_excel(view, BASE, TODAY)))
    table, _, references = book.worksheets
    rows = [[cell.value for cell in row] for row in table.rows]
    assert rows[0] == list(view.tables[0].columns)
    assert rows[1:] == [[cell.text for cell in row] for row in view.tables[0].rows]
    first = view.draft.citations[view.tables[0].rows[0][0].citations[0] - 1]
    assert table["A2"].hyperlink.target.startswith(f"{BASE}letter/{first.identity.doc_id}")
    assert references.max_row == len(view.draft.citations) + 1


@pytest.mark.parametrize(("kind", "wanted"), [
    ("brief", {"name": "Middlesbrough"}), ("timeline", {"authority": "Stoke-on-Trent"}),
])  # fmt: skip
def test_each_number_of_a_word_file_is_a_footnote_that_can_be_checked(seed_corpus, kind, wanted):
    view = view_of(kind, seed_corpus, **wanted)
    word = as_word(view, BASE, TODAY)
    paragraphs = of_word(word)
    assert paragraphs[0].text == view.title
    assert paragraphs[-1].text.startswith(f"Saved on 26 November 2026 from {BASE}")
    notes = [one.text for one in paragraphs if one.note]
    told = "\n".join(notes)
    for one in view.draft.citations:
        assert f"characters {one.start}–{one.end}: “{' '.join(one.quote.split())}”" in told
    checked = judge(read(word).claims, seed_corpus.collection)
    assert len(checked) >= len(notes)
    assert all(one.verdict.good for one in checked)


def test_every_cell_of_a_timeline_says_where_it_stands(seed_corpus, letter_corpus):
    for held, name in ((seed_corpus, "Stockton"), (letter_corpus, "Middlesbrough")):
        view = view_of("timeline", held, authority=name)
        cells = [cell for row in view.tables[0].rows for cell in row if cell.text != NOTHING]
        assert [cell.text for cell in cells if not cell.citations] == []
        known = view.tables[0].columns.index("known from")
        cited = {one.number: one.identity.doc_id for one in view.draft.citations}
        for event, row in zip(view.details["inspections"], view.tables[0].rows, strict=True):
            places = event["documents"] or [one["doc_id"] for one in event["recalled_by"]]
            assert [cited[n] for n in row[known].citations] == list(dict.fromkeys(places))


def test_a_cell_of_several_places_names_their_references(seed_corpus):
    view = view_of("timeline", seed_corpus, authority="Stockton")
    table = load_workbook(io.BytesIO(as_excel(view, BASE, TODAY))).worksheets[0]
    pairs = [
        (cell, there)
        for row, shown in zip(view.tables[0].rows, list(table.rows)[1:], strict=True)
        for cell, there in zip(row, shown, strict=True)
    ]
    assert any(there.comment for _, there in pairs)
    for cell, there in pairs:
        numbers = re.findall(r"\d+", there.comment.text) if there.comment else []
        several = len(cell.citations) > 1
        assert [int(n) for n in numbers[1:]] == (list(cell.citations) if several else [])


def test_what_a_letter_says_is_no_formula_and_no_markup():
    who = identity(title=HOSTILE, authority="Stoke-on-Trent", published=date(2023, 1, 1))
    held = corpus(FakeStore([document("A heading\n\nWords.", who)]))
    view = View(HOSTILE, details={"authority": "Stoke-on-Trent"})
    view.table("T", (HOSTILE, "b", "c"), [(Cell(HOSTILE), Cell("—"), Cell("—"))])
    cell = load_workbook(io.BytesIO(as_excel(view, BASE, TODAY))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1<script>owned=1</script>", "s")
    assert WordFile(io.BytesIO(as_word(view, BASE, TODAY))).tables[0].cell(1, 0).text == cell.value
    page = BeautifulSoup(view_page(view, held, f"/timeline?authority={HOSTILE}"), "lxml")
    assert all(script.get("src") for script in page.select("script"))


def test_a_file_is_saved_under_the_name_of_its_view(store):
    answer = get(store, "/timeline?authority=Stoke&as=excel")
    named = answer.headers["content-disposition"]
    assert named == 'attachment; filename="Inspections-and-visits-of-Stoke-on-Trent.xlsx"'
    assert answer.content[:2] == b"PK"


def test_many_places_are_folded_and_quotes_are_listed():
    assert shape(Cell("22 points", (1, 2, 3))) == "folded"
    assert shape(Cell("“a”; “b”", (1, 2))) == "listed"
    assert shape(Cell("good", (1,))) == "plain"
    assert shape(Cell("a longer sentence than any summary could be", (1, 2, 3, 4))) == "plain"
