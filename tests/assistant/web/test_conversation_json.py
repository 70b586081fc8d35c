import io
import json
import time
from dataclasses import replace
from datetime import date

import pytest
from docx import Document as WordFile
from markdown_it import MarkdownIt

from assistant.checking import judge, read
from assistant.checking.paragraphs import of_word
from assistant.evidence.verbatim import contains
from assistant.rendering.wording import read_as
from assistant.types import Ask, Role
from assistant.web.chips import chips
from assistant.web.conversation_files import as_markdown, as_word
from assistant.web.conversation_json import kept, restored, unread
from assistant.web.plain_text import located
from assistant.web.session import Exchange
from index.query.understand import understand
from index.types import Mention
from tests.web_fakes import FakeAnswerer, FakeStore, hostile_store, seed_store

QUESTION = "what did inspectors say about connected carers?"
TODAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def store():
    return seed_store()


@pytest.fixture(scope="module")
def exchange(store):
    return Exchange(1, QUESTION, FakeAnswerer(store).answer(Ask(QUESTION)), done=True)


def test_a_kept_conversation_comes_back_with_its_citations(store, exchange):
    (back,) = restored(f"[{kept(exchange)}]", store)
    assert back.answer.citations == exchange.answer.citations
    assert back.answer.sentences == exchange.answer.sentences
    assert back.answer.notes == exchange.answer.notes
    assert (back.number, back.question, back.done) == (1, QUESTION, True)


def test_what_was_understood_comes_back_with_a_kept_conversation(store):
    question = "what about conected carers in stoke since 2022?"
    asked = replace(
        understand(question, store.identities()), respelt=(Mention("connected", "conected"),)
    )
    answer = replace(FakeAnswerer(store).answer(Ask(question)), query=asked)
    (back,) = restored(f"[{kept(Exchange(1, question, answer, done=True))}]", store)
    assert chips(back.answer) == chips(answer) != []
    assert read_as(back.answer.query) == "“connected” instead of “conected”"


def test_a_quote_that_was_changed_meanwhile_is_marked(store, exchange):
    data = json.loads(kept(exchange))
    quote = next(row for row in data["answer"]["sentences"] if row[1] == Role.QUOTE)
    quote[0] = quote[0].replace("more children are", "no children are")
    (back,) = restored(json.dumps([data]), store)
    assert [s.supported for s in back.answer.sentences].count(False) == 1


def test_what_a_document_no_longer_held_said_is_told(exchange):
    (back,) = restored(f"[{kept(exchange)}]", FakeStore([]))
    assert back.answer.citations == ()
    assert "A document that was cited here is no longer held." in back.answer.notes


@pytest.mark.parametrize(
    "text",
    ["", "null", "{}", "[1]", '[{"question": 3}]', "[[]]", "[" * 100_000, "x" * 900_000,
     '[{"question": "q", "problem": null, "answer": {"status": "odd"}}]'],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out(store, text):
    assert restored(text, store) == ()


def test_how_many_could_not_be_read_is_said(store, exchange):
    def said(*kept_before):
        text = f"[{','.join(kept_before)}]"
        return unread(text, restored(text, store))

    odd = '{"asked": "in another version"}'
    assert said() == said(kept(exchange)) == unread("", ()) == ""
    assert said(odd, kept(exchange)).startswith("1 question of this conversation is not shown: ")
    assert said("1", kept(exchange), odd).startswith("2 questions of this conversation are not")


def test_a_place_outside_its_document_is_left_out(store, exchange):
    data = json.loads(kept(exchange))
    data["answer"]["citations"][0][3] = 10**9
    assert restored(json.dumps([data]), store) == ()


def test_markdown_holds_every_quote_word_for_word_and_the_references(exchange):
    text = as_markdown((exchange,), TODAY)
    for citation in exchange.answer.citations:
        assert contains(text.replace("\\", ""), citation.quote)
    assert (
        "[1] Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November 2023; Ofsted’s" in text
    )
    assert "## How this was made" in text
    assert "Saved on 2 January 2026." in text


def test_word_holds_the_same(exchange):
    word = as_word((exchange,), TODAY)
    paragraphs = [p.text for p in WordFile(io.BytesIO(word)).paragraphs]
    for citation in exchange.answer.citations:
        assert contains("\n".join(paragraphs), citation.quote)
    assert "How this was made" in paragraphs
    notes = [p.text for p in of_word(word) if p.note]
    references = [located(one, with_words=False) for one in exchange.answer.citations]
    assert notes == [f"[{n}] {reference}" for n, reference in enumerate(references, start=1)]


def test_a_citation_that_no_sentence_has_is_quoted_with_its_footnote(store, exchange):
    answer = replace(exchange.answer, sentences=exchange.answer.sentences[:1])
    word = as_word((replace(exchange, answer=answer),), TODAY)
    said = [p.text for p in of_word(word) if not p.note]
    assert "Sources" in said
    checked = judge(read(word).claims, store)
    assert len(checked) == len(answer.citations)
    assert all(one.verdict.good for one in checked)


def test_hostile_text_stays_text_in_both():
    store = hostile_store()
    answer = FakeAnswerer(store).answer(Ask("connected carers"))
    exchange = Exchange(1, "\x00\x0b<b>q</b>", replace(answer, model="<i>"), done=True)
    tokens = MarkdownIt().parse(as_markdown((exchange,), TODAY))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds == {"text"}
    assert not [token for token in tokens if token.type == "html_block"]
    assert as_word((exchange,), TODAY)[:2] == b"PK"


def test_a_long_conversation_is_saved_in_proportion_to_its_length():
    """python-docx alone takes four times as long for twice the paragraphs."""

    def seconds(lines):
        problems = [Exchange(n, "q", None, "p", done=True) for n in range(1, lines)]
        began = time.process_time()
        as_word(tuple(problems), TODAY)
        return time.process_time() - began

    seconds(10)
    assert seconds(8_000) < 10 * seconds(2_000)
