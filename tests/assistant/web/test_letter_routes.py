import asyncio
from dataclasses import replace
from datetime import date

import httpx
import pytest
from bs4 import BeautifulSoup

from assistant.web.app import build_pages
from assistant.web.collection_pages import authority_page
from assistant.web.letter_view import age, later_letter, marked, pieces, surroundings
from assistant.web.parts import WebParts
from index.types import Framework, Issuer, Proven, Section, SectionKind, Span
from tests.web_fakes import FakeAnswerer, FakeStore, document, identity, seed_store

TEXT = "Heading\n\nFirst part of it.\n\n- An item.\n\nLast words <b>here</b>."


@pytest.fixture(scope="module")
def store():
    return seed_store()


@pytest.fixture(scope="module")
def stockton(store):
    return next(d for d in map(store.document, _ids(store)) if d.identity.source[:3] == "000")


def _ids(store):
    return [i.doc_id for i in store.identities()]


def get(store, path, host="127.0.0.1:7860"):
    async def fetch():
        app = build_pages(WebParts(FakeAnswerer(store), store))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get(path)

    return asyncio.run(fetch())


def test_the_marked_words_are_exactly_the_span(store, stockton):
    quote = "When children live with connected carers"
    start = stockton.text.index(quote)
    for path in ("", "/place"):
        address = f"/letter/{stockton.doc_id}{path}?start={start}&end={start + len(quote)}"
        page = BeautifulSoup(get(store, address).text, "lxml")
        assert [m.get_text() for m in page.select("mark")] == [quote]
        assert page.select_one("mark")["id"] == "quote"
        assert "Ofsted’s own letter" in page.get_text()
        assert "31 January 2022" in page.get_text()


def test_the_marked_words_are_copied_with_their_reference(store, stockton):
    quote = "When children live with connected carers"
    start = stockton.text.index(quote)
    address = f"/letter/{stockton.doc_id}/place?start={start}&end={start + len(quote)}"
    (button,) = BeautifulSoup(get(store, address).text, "lxml").select("[data-copy-text]")
    assert button["data-copy-text"] == (
        f"“{quote}” (Ofsted, Focused visit to Stockton-on-Tees, letter of 31 January 2022)"
    )


def test_frameworks_are_explained_where_they_are_named():
    old = replace(identity("a" * 16), framework=Proven(Framework.SIF, Span(0, 1)))
    new = replace(identity("b" * 16), framework=Proven(Framework.ILACS_SHORT, Span(0, 1)))
    held = [document(TEXT, old), document(TEXT, new)]
    for path in ("/collection", "/authority/Stockton-on-Tees"):
        text = get(FakeStore(held), path).text
        assert "SIF is the single inspection framework" in text
        assert "ILACS is the inspection of local authority children’s services" in text
        assert "JTAI is" not in text
        assert "SIF is" not in get(FakeStore(held[1:]), path).text


def test_each_item_of_an_authority_page_is_copied_with_its_reference():
    who = identity(published=date(2022, 1, 31))
    made = document(TEXT, who)
    at = TEXT.index("An item.")
    section = Section(
        SectionKind.IMPROVEMENT, "What must improve", Span(0, at + 8), (Span(at, at + 8),)
    )
    page = BeautifulSoup(
        authority_page("Stockton-on-Tees", [replace(made, sections=(section,))]), "lxml"
    )
    (button,) = page.select("li [data-copy-text]")
    assert button["aria-label"] == "Copy item 1 with its reference"
    assert button["data-copy-text"] == (
        "“An item.” (Ofsted, Focused visit to Stockton-on-Tees, letter of 31 January 2022)"
    )


def test_a_span_over_several_blocks_is_marked_in_each():
    who = identity()
    made = document(TEXT, who)
    span = Span(TEXT.index("First"), TEXT.index("item.") + 5)
    parts = [marked(TEXT, b.start, b.end, span) for b in made.blocks]
    assert parts[1] == '<mark id="quote" tabindex="-1">First part of it.</mark>'
    assert parts[2] == "<mark>- An item.</mark>"
    assert parts[3] == "Last words &lt;b&gt;here&lt;/b&gt;."


def test_surroundings_hold_the_span_and_its_neighbours(stockton):
    start = stockton.text.index("When children live with connected carers")
    numbers = surroundings(stockton, Span(start, start + 30))
    shown = stockton.text[stockton.blocks[numbers[0]].start : stockton.blocks[numbers[-1]].end]
    assert "When children live with connected carers" in shown
    assert len(shown) < len(stockton.text) / 2


@pytest.mark.parametrize(
    "query",
    [
        "start=5&end=5",
        "start=9&end=2",
        "start=0&end=99999999",
        "start=x&end=3",
        "end=3",
        "start=-4&end=3",
        "start=²&end=3",
        "start=1&end=99999999999999999999",
    ],
)
def test_a_place_that_is_not_in_the_text_is_not_marked(store, stockton, query):
    whole = get(store, f"/letter/{stockton.doc_id}?{query}")
    assert whole.status_code == 200
    assert "<mark" not in whole.text
    place = get(store, f"/letter/{stockton.doc_id}/place?{query}")
    assert place.status_code == 404
    assert "no such place in this document" in place.text


def test_an_unknown_document_is_a_page_not_a_traceback(store):
    answer = get(store, "/letter/%3Cscript%3E")
    assert answer.status_code == 404
    assert "That document is not here" in answer.text
    assert "<script>" not in answer.text


def test_hostile_letters_stay_text():
    hostile = "<script>owned=1</script> <img src=x onerror=owned=1>"
    who = identity(source=hostile, title=hostile, authority=hostile)
    store = FakeStore([document(f"A\n\n{hostile} and more.\n", who)])
    for path in (
        f"/letter/{who.doc_id}",
        f"/letter/{who.doc_id}/place?start=3&end=20",
        "/collection",
        "/authority/%3Cscript%3Eowned=1%3C%2Fscript%3E",
    ):
        page = BeautifulSoup(get(store, path).text, "html.parser")
        assert page.select("img") == []
        assert {s.get("src") for s in page.select("script")} <= {
            "/page-files/reader.js",
            "/page-files/collection.js",
            "/page-files/copying.js",
        }


def test_every_page_forbids_what_comes_from_elsewhere(store, stockton):
    for path in (
        f"/letter/{stockton.doc_id}",
        "/collection",
        "/accessibility",
        "/letter/x",
        "/page-files/chat.css",
    ):
        policy = get(store, path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self';")
        assert "http" not in policy
        assert "unsafe" not in policy


def test_a_name_that_was_pointed_at_this_machine_is_refused(store):
    assert get(store, "/collection", host="evil.example").status_code == 400
    assert get(store, "/collection", host="localhost:7860").status_code == 200


def test_the_collection_lists_every_document_newest_first(store):
    page = BeautifulSoup(get(store, "/collection").text, "lxml")
    rows = [[td.get_text() for td in tr.select("td")][:2] for tr in page.select("#held tbody tr")]
    assert rows == [
        ["8 November 2023", "Stoke-on-Trent"],
        ["6 May 2022", "Middlesbrough"],
        ["31 January 2022", "Stockton-on-Tees"],
        ["28 September 2016", "Stockton-on-Tees"],
        ["undated", "Stockton-on-Tees"],
    ]


def test_an_authority_page_holds_only_its_documents(store):
    page = BeautifulSoup(get(store, "/authority/Middlesbrough").text, "lxml")
    assert [h.get_text() for h in page.select("h2")] == ["Monitoring visit letter, 6 May 2022"]
    assert get(store, "/authority/Nowhere").status_code == 404


def test_a_later_letter_is_ofsteds_own_of_the_same_authority():
    old = identity("a" * 16, published=date(2016, 1, 1), issuer=Issuer.COUNCIL)
    new = identity("b" * 16, published=date(2022, 1, 1))
    press = identity("c" * 16, published=date(2024, 1, 1), issuer=Issuer.PRESS)
    other = identity("d" * 16, published=date(2025, 1, 1), authority="Stoke-on-Trent")
    held = [old, new, press, other]
    assert later_letter(old, held) == new
    assert later_letter(new, held) is None
    assert later_letter(identity(authority=None), held) is None


def test_age_is_told_in_years():
    assert age(date(2022, 1, 31), date(2026, 1, 30)) == "over 3 years old"
    assert age(date(2022, 1, 31), date(2026, 1, 31)) == "over 4 years old"
    assert age(date(2025, 6, 1), date(2026, 1, 31)) == "under a year old"
    assert age(date(2025, 1, 1), date(2026, 1, 31)) == "over 1 year old"
    assert age(None, date(2026, 1, 31)) == ""


def test_a_long_paragraph_is_cut_to_what_is_near_the_marked_words():
    before = "Staff know children well. " * 40
    text = f"{before}They are safe. {'Plans are clear. ' * 40}".strip()
    held = document(text, identity())
    start = text.index("They are safe.")
    (piece,) = pieces(held, [0], Span(start, start + 14), clip=True)
    shown = " ".join(BeautifulSoup(str(piece.html), "html.parser").get_text().split())
    assert shown.startswith("… Staff know children well. ")
    assert shown.endswith(" …")
    assert "well. They are safe. Plans" in shown
    assert 600 < len(shown) < 760
