import asyncio
import io
import re

import pytest
from openpyxl import load_workbook

from assistant.auth.trusted_proxies import Forwarded
from assistant.checking.paragraphs import of_word
from assistant.service.programs import ProgramParts
from assistant.web.app import build_pages
from assistant.web.parts import WebParts
from assistant.web.templating import serve_below
from tests.assistant.web.test_safety import visits
from tests.web_fakes import FakeAnswerer, corpus, seed_store

TOLD = [
    (b"host", b"10.0.0.7:7860"),
    (b"x-forwarded-for", b"192.0.2.9, 203.0.113.5"),
    (b"x-forwarded-proto", b"https"),
    (b"x-forwarded-host", b"evil.example, letters.example"),
    (b"forwarded", b"for=192.0.2.9"),
]


def seen(peer, *proxies):
    scopes = []

    async def app(scope, receive, send):
        scopes.append(scope)

    scope = {"type": "http", "scheme": "http", "client": (peer, 1), "headers": list(TOLD)}
    asyncio.run(Forwarded(app, proxies)(scope, None, None))
    return scopes[0]


def test_a_trusted_proxys_word_is_taken():
    scope = seen("10.0.0.1", "10.0.0.1")
    assert scope["scheme"] == "https"
    assert scope["client"][0] == "203.0.113.5"
    assert scope["headers"] == [(b"host", b"letters.example")]
    assert scope["assistant_peer"] == "10.0.0.1"


def test_nobody_elses_is():
    scope = seen("203.0.113.5", "10.0.0.1")
    assert (scope["scheme"], scope["client"][0]) == ("http", "203.0.113.5")
    assert scope["headers"] == [(b"host", b"10.0.0.7:7860")]


def links(peer, root):
    """The places that an API's answer and an Excel file lead to, and where a Word file is from."""
    store = seed_store()
    answerer = FakeAnswerer(store)
    parts = WebParts(answerer, store, corpus=lambda: corpus(store))
    programs = ProgramParts(store, None, {"extractive": answerer})
    app = build_pages(
        parts, names=["letters.example"], programs=programs, proxies=["10.0.0.1"], root=root
    )
    told = {"x-forwarded-proto": "https", "x-forwarded-host": "letters.example"}
    chat = {"messages": [{"role": "user", "content": "what is said about connected carers?"}]}
    saved = "/timeline?authority=Stoke&as={}".format
    answered, streamed, excel, word = visits(
        app,
        ("POST", "/v1/chat/completions", {"headers": told, "json": chat}),
        ("POST", "/v1/chat/completions", {"headers": told, "json": {**chat, "stream": True}}),
        ("GET", saved("excel"), {"headers": told}),
        ("GET", saved("word"), {"headers": told}),
        peer=peer,
    )
    notes = answered.json()["choices"][0]["message"]["annotations"]
    sheets = load_workbook(io.BytesIO(excel.content)).worksheets
    linked = [cell.hyperlink for sheet in sheets for row in sheet.rows for cell in row]
    from_ = re.search(r"from (\S+),", of_word(word.content)[-1].text)[1]
    return (
        [note["url_citation"]["url"] for note in notes],
        re.findall(r'"url": ?"([^"]+)"', streamed.text),
        [link.target for link in linked if link],
        [from_],
    )


@pytest.mark.parametrize(
    ("peer", "root", "base"),
    [
        ("10.0.0.1", "", "https://letters.example/"),
        ("10.0.0.1", "/below", "https://letters.example/below/"),
        ("10.0.0.2", "", "http://127.0.0.1/"),
    ],
    ids=["trusted", "trusted, below a path", "not trusted"],
)
def test_citations_lead_to_where_a_trusted_proxy_serves_and_nobody_else_says(
    peer, root, base, request
):
    request.addfinalizer(lambda: serve_below(""))
    for found in links(peer, root):
        assert found
        assert [one for one in found if not one.startswith(base)] == []
