"""The page of a count: led to from its answer with the sources chosen, and saved as others are."""

import asyncio
import io
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup
from docx import Document as WordFile
from openpyxl import load_workbook

from assistant.types import Answer, Status
from assistant.web.answer_view import exchange_html, leads
from assistant.web.app import build_pages
from assistant.web.conversation_json import kept, restored
from assistant.web.handlers import begin
from assistant.web.parts import WebParts
from assistant.web.session import Exchange
from assistant.web.source_choice import Choice
from index.types import Issuer
from tests.fake_count import FakeCount
from tests.web_fakes import HOSTILE, FakeAnswerer, corpus, hostile_store, seed_store

BASE = "http://127.0.0.1:7860/"
QUESTION = "Which letters mention caseloads?"
OWN = (("own", "yes"),)


@pytest.fixture
def store():
    return seed_store()


@pytest.fixture
def parts(store):
    return with_count(store)


def with_count(store):
    return WebParts(
        FakeAnswerer(store), store, corpus=lambda: corpus(store), count=FakeCount(store)
    )


def get(parts, path, **wanted):
    async def fetch():
        transport = httpx.ASGITransport(build_pages(parts))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.get(path, params=wanted or None)

    return asyncio.run(fetch())


def page_of(answer):
    return BeautifulSoup(answer.text, "lxml")


def finished(counted=QUESTION, status=Status.ANSWERED, picked=OWN):
    answer = Answer(QUESTION, status, "", counted=counted)
    return Exchange(1, QUESTION, answer, done=True, narrowed=("Ofsted",), picked=picked)


def test_an_answer_that_counts_leads_first_to_its_table_over_the_same_sources(parts):
    first, *_ = leads(finished(), parts)
    assert first.label == "This count as a table"
    assert urlsplit(first.href).path == "/count"
    assert parse_qs(urlsplit(first.href).query) == {
        "question": [QUESTION],
        "choice": ['[["own", "yes"]]'],
    }
    page = page_of(get(parts, first.href))
    assert "3 of 3 documents. Asked of: Only Ofsted’s own words." in page.main.get_text()
    (ask,) = parts.count.asks
    assert (ask.question, ask.filters.issuers) == (QUESTION, (Issuer.OFSTED,))


@pytest.mark.parametrize(
    ("exchange", "left_out"),
    [
        (finished(counted=""), None),
        (finished(status=Status.NOT_STATED), None),
        (replace(finished(), done=False), None),
        (finished(), {"count": None}),
    ],
)
def test_no_table_is_led_to_where_there_is_none(parts, exchange, left_out):
    assert leads(exchange, replace(parts, **(left_out or {}))) == []


def test_what_was_picked_is_there_when_a_conversation_is_brought_back(parts, store):
    (asked,) = begin(parts, QUESTION, (), Choice(OWN))
    assert asked.picked == OWN
    exchange = finished(picked=asked.picked)
    (back,) = restored(f"[{kept(exchange)}]", store)
    assert leads(back, parts) == leads(exchange, parts) != []
    older = json.loads(kept(exchange))
    del older["picked"], older["answer"]["counted"]
    (back,) = restored(json.dumps([older]), store)
    assert (back.picked, back.answer.counted) == ((), "")


def test_each_cell_of_a_count_leads_to_its_place(parts, store):
    page = page_of(get(parts, "/count", question=QUESTION))
    assert page.h1.get_text() == QUESTION
    assert len(page.select("tbody tr")) == 5
    for row in page.select("tbody tr"):
        quote = row.select("td")[-1]
        address = urlsplit(quote.a["href"])
        span = parse_qs(address.query)
        text = store.document(address.path.split("/")[-1]).text
        words = text[int(span["start"][0]) : int(span["end"][0])]
        assert f"“{' '.join(words.split())}”" in " ".join(quote.get_text().split())


def test_a_count_is_saved_with_what_it_says_first(parts):
    word, excel = (get(parts, "/count", question=QUESTION, **{"as": kind}) for kind in
                   ("word", "excel"))  # fmt: skip
    told = [one.text for one in WordFile(io.BytesIO(word.content)).paragraphs]
    assert told[:2] == [QUESTION, "5 of 5 documents."]
    book = load_workbook(io.BytesIO(excel.content))
    assert book.sheetnames == ["1 Documents counted", "Notes", "References"]
    assert [row[0].value for row in book["Notes"]][:3] == [QUESTION, "5 of 5 documents.", "A note."]
    assert book.worksheets[0].max_row == 6


def test_a_count_of_none_says_so_on_the_page_and_in_files(parts):
    page = page_of(get(parts, "/count", question="none of it?"))
    assert "0 of 5 documents." in page.main.get_text()
    assert page.select("table, .referring") == []
    excel = get(parts, "/count", question="none of it?", **{"as": "excel"})
    sheet = load_workbook(io.BytesIO(excel.content)).worksheets[0]
    assert sheet["B2"].value == "0 of 5 documents."


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"question": "who visited?"}, "This could not be counted: ask how many."),
        ({"question": QUESTION, "choice": '[["document", "gone"]]'}, "is held any more"),
        ({"question": QUESTION, "choice": "[[[["}, "is held any more"),
    ],
)
def test_what_cannot_be_counted_is_said(parts, wanted, said):
    answer = get(parts, "/count", **wanted)
    assert answer.status_code == 404
    assert said in page_of(answer).main.get_text()


def test_without_a_question_one_is_asked_for(parts):
    page = page_of(get(parts, "/count", question="  "))
    assert page.find("label", attrs={"for": "question"}).get_text() == "Question"
    examples = [urlsplit(a["href"]) for a in page.select("main li a")]
    assert {one.path for one in examples} == {"/count"}
    assert parts.count.asks == []
    assert get(parts, "/count", question="x" * 2001).status_code == 422


def test_the_collection_leads_to_counts_where_there_are_any(parts):
    found = [a["href"] for a in page_of(get(parts, "/collection")).select(".leads a")]
    assert found == ["/compare", "/count"]
    without = replace(parts, count=None)
    assert "/count" not in get(without, "/collection").text
    assert get(without, "/count").status_code == 404


def test_a_question_and_what_documents_say_are_no_markup():
    parts = with_count(hostile_store())
    answer = get(parts, "/count", question=HOSTILE)
    page = page_of(answer)
    assert page.h1.get_text().startswith("<script>window.owned=1</script>")
    assert all(script.get("src") for script in page.select("script"))
    assert page.select("img, svg, iframe") == []
    refused = page_of(get(parts, "/count", question=f"who {HOSTILE}"))
    assert refused.select("img, svg, iframe") == []


def test_any_question_is_carried_by_its_link_as_it_was(parts):
    exchange = finished(counted=HOSTILE)
    shown = BeautifulSoup(exchange_html(exchange, leads(exchange, parts)), "lxml")
    (link,) = shown.select(".views a")
    assert parse_qs(urlsplit(link["href"]).query)["question"] == [HOSTILE]
