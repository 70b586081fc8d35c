"""Quotes are whole, exact and never furniture: over every second question of the development
suite.
"""

import json
import random
import re
from pathlib import Path

import pytest

from assistant.compose import open_assistant
from assistant.evidence.quoting import MAX_CHARS
from assistant.evidence.verbatim import contains
from assistant.settings import Settings
from assistant.types import Ask, Role
from index.passages.sentences import sentences
from index.types import BlockKind

ROOT = Path(__file__).parents[3]
TURNS = re.compile(r"(?:However|But|Nevertheless|Despite this|Yet|That said|Even so)\b")
LEANS = re.compile(r"(?:However|But|Nevertheless|This|These|They|As a result)\b")
CONTACT = re.compile(
    r"@|\bwww\.|\b0\d{3,4} ?\d{3}|Yours sincerely|\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b"
)


def _questions():
    lines = (ROOT / "evals/suites/seeds-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[::2]]


@pytest.fixture(scope="module")
def assistant(seed_index):
    return open_assistant(Settings(index=seed_index))


@pytest.fixture(scope="module")
def quoted(assistant):
    """Every citation of a quote, with its document, over the suite."""
    found = {}
    for question in _questions():
        answer = assistant.extractive.answer(Ask(question))
        numbers = {n for s in answer.sentences if s.role is Role.QUOTE for n in s.citations}
        for citation in answer.citations:
            if citation.number in numbers:
                key = (citation.identity.doc_id, citation.start, citation.end)
                found[key] = citation
    return [(assistant.collection.document(doc), c) for (doc, _, _), c in found.items()]


def _neighbours(document, citation):
    """The text of the sentence before and after the quote in its block, "" where none is."""
    every = sentences(document)
    inside = [n for n, s in enumerate(every) if s.start < citation.end and citation.start < s.end]
    first, last = inside[0], inside[-1]
    return (
        _text(document, every, first - 1, every[first].block),
        _text(document, every, last + 1, every[last].block),
    )


def _text(document, every, n, block):
    if not 0 <= n < len(every) or every[n].block != block:
        return ""
    return document.text[every[n].start : every[n].end]


@pytest.mark.slow
def test_no_quote_drops_what_turns_it(quoted):
    cut = [
        (c.quote[-60:], after[:40])
        for document, c in quoted
        if (after := _neighbours(document, c)[1]) and TURNS.match(after)
        if len(c.quote) + len(after) < MAX_CHARS
    ]
    assert len(quoted) >= 80
    assert cut == []


@pytest.mark.slow
def test_no_quote_begins_with_what_leans_on_the_sentence_before(quoted):
    cut = [
        c.quote[:60]
        for document, c in quoted
        if (before := _neighbours(document, c)[0]) and LEANS.match(c.quote)
        if len(c.quote) + len(before) < MAX_CHARS
    ]
    assert cut == []


@pytest.mark.slow
def test_quotes_are_exact_in_the_file_itself(quoted, seeds):
    missing = [
        c.quote
        for _, c in quoted
        if not contains((seeds / c.identity.source).read_text(encoding="utf-8"), c.quote)
    ]
    assert missing == []


@pytest.mark.slow
def test_furniture_is_never_quoted(quoted):
    kinds = (BlockKind.FURNITURE, BlockKind.FOOTNOTE)
    bad = [
        c.quote
        for document, c in quoted
        if CONTACT.search(c.quote)
        or any(b.kind in kinds and b.start < c.end and c.start < b.end for b in document.blocks)
    ]
    assert bad == []


def _sentences_of(assistant, seeds):
    for identity in assistant.collection.identities():
        document = assistant.collection.document(identity.doc_id)
        raw = (seeds / identity.source).read_text(encoding="utf-8")
        for sentence in sentences(document):
            if sentence.quotable:
                yield raw, document.text[sentence.start : sentence.end]


def test_every_sentence_of_the_seeds_is_found_and_none_with_a_flipped_word(assistant, seeds):
    every = list(_sentences_of(assistant, seeds))
    assert [text for raw, text in every if not contains(raw, text)] == []
    assert [text for raw, text in every[:300] if contains(raw, _flipped(text))] == []


def _flipped(text):
    for old, new in ((" is ", " is not "), (" are ", " are not "), ("good", "inadequate")):
        if old in text:
            return text.replace(old, new, 1)
    words = text.split()
    place = random.Random(len(text)).randrange(len(words))
    return " ".join([*words[:place], "not", words[place], *words[place + 1 :]])
