import asyncio
import json
from datetime import date

import httpx
import pytest
from bs4 import BeautifulSoup

from assistant.question.documents import allowed
from assistant.types import Answer, Status
from assistant.web.answer_view import exchange_html
from assistant.web.app import build_pages
from assistant.web.conversation_json import kept, restored
from assistant.web.parts import WebParts
from assistant.web.session import NO_FILTERS, Exchange
from assistant.web.source_choice import EVERYTHING, Choice, choice_from, filters_of, labels_of
from index.types import Filters, Issuer, Kind, Mention, Query
from tests.web_fakes import HOSTILE, FakeAnswerer, hostile_store, seed_store

STORE = seed_store()
STOKE = next(i for i in STORE.identities() if i.authority_name == "Stoke-on-Trent")


def chosen(*pairs):
    return choice_from(json.dumps(pairs), STORE)


def sources(choice):
    return [i.source[:3] for i in allowed(STORE.identities(), filters_of(choice, STORE))]


def test_a_choice_becomes_filters():
    choice = chosen(
        ["own", "yes"], ["authority", "Stoke-on-Trent"], ["kind", "focused visit letter"],
        ["from", "2019"], ["to", "2021"], ["document", STOKE.doc_id],
    )  # fmt: skip
    assert filters_of(choice, STORE) == Filters(
        ("Stoke-on-Trent",), (Kind.FOCUSED_VISIT,), (Issuer.OFSTED,),
        date(2019, 1, 1), date(2021, 12, 31), (STOKE.doc_id,),
    )  # fmt: skip
    assert labels_of(choice, STORE) == [
        "Only Ofsted’s own words", "Stoke-on-Trent", "Focused visit letter", "From 2019",
        "To 2021", "Stoke-on-Trent focused visit, 8 November 2023",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pairs", "left"),
    [
        ([], ["000", "001", "002", "003", "004"]),
        ([["own", "yes"]], ["000", "003", "004"]),
        ([["authority", "Stockton-on-Tees"]], ["000", "001", "002"]),
        ([["newest", "yes"]], ["000", "003", "004"]),
        ([["newest", "yes"], ["kind", "council report"]], ["002"]),
        ([["newest", "yes"], ["from", "2024"]], []),
        ([["document", STOKE.doc_id]], ["003"]),
    ],
)
def test_only_what_was_chosen_is_asked(pairs, left):
    assert sources(chosen(*pairs)) == left


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, "5", '[["own"]]', '[["own", 5]]', '[["authority", "Leeds"]]',
     '[["document", "gone"]]', '[["from", "²²²²"]]', '[["to", "99999"]]', '[["x", "yes"]]'],
)  # fmt: skip
def test_what_is_no_choice_of_what_is_held_restricts_nothing(text):
    assert choice_from(text, STORE) == EVERYTHING


def get(store, path):
    async def fetch():
        transport = httpx.ASGITransport(build_pages(WebParts(FakeAnswerer(store), store)))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path)

    return asyncio.run(fetch())


def test_the_page_is_told_what_a_choice_is_called_and_comes_to():
    wanted = json.dumps([["authority", "Stockton-on-Tees"], ["authority", "Leeds"]])
    told = get(STORE, httpx.URL("/sources/chosen", params={"choice": wanted})).json()
    name = "Stockton-on-Tees"
    assert told == {"picked": [["authority", name, name]], "documents": 3, "held": 5}


def test_every_source_can_be_chosen_and_none_is_markup():
    page = BeautifulSoup(get(STORE, "/sources").text, "lxml")
    boxes = [box["value"] for box in page.select("input[name=document]")]
    assert set(boxes) == {i.doc_id for i in STORE.identities()}
    hostile = BeautifulSoup(get(hostile_store(), "/sources").text, "lxml")
    assert hostile.select("script, img, iframe") == []
    assert HOSTILE in hostile.get_text()


def refused(status, narrowed, filters=NO_FILTERS, named="Stockton-on-Tees"):
    query = Query("q", "q", "q", filters=filters, authorities=(Mention(named, named),))
    answer = Answer("q", status, "", query=query)
    return Exchange(1, "q", answer, done=True, filters=filters, narrowed=narrowed)


@pytest.mark.parametrize(
    ("exchange", "offered"),
    [
        (refused(Status.NOT_HELD, ("Stoke-on-Trent",)), True),
        (refused(Status.ANSWERED, ("Stoke-on-Trent",), Filters(("Stoke-on-Trent",))), True),
        (refused(Status.ANSWERED, ("Stockton-on-Tees",), Filters(("Stockton-on-Tees",))), False),
        (refused(Status.NOT_HELD, ()), False),
    ],
)
def test_a_question_that_goes_beyond_the_choice_offers_to_widen_it(exchange, offered):
    page = BeautifulSoup(exchange_html(exchange), "lxml")
    assert bool(page.select("button[data-widen]")) is offered


def test_what_was_chosen_is_still_said_after_a_reload():
    exchange = refused(Status.NOT_HELD, ("Only Ofsted’s own words",))
    (again,) = restored(f"[{kept(exchange)}]", STORE, "talk")
    assert (again.narrowed, again.talk, again.number) == (exchange.narrowed, "talk", 1)
    assert restored(f"[{kept(Exchange(1, 'q', problem='p', done=True))}]", STORE)[0].narrowed == ()


def test_a_choice_gives_its_values_by_name():
    choice = Choice((("authority", "A"), ("own", "yes"), ("authority", "B")))
    assert (choice.of("authority"), choice.of("kind")) == (("A", "B"), ())
