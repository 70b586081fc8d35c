"""Claims of an answer written out for people: our exports, and text copied from the page.

A question is a heading, a letter's label the heading below; quotes are list items in quotation
marks followed by their numbers, and "Sources" (or "References") ends the answer with an entry
a number; in Word each number is a footnote, which is its entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.checking.claims import Claim, Reference
from assistant.checking.paragraphs import Paragraph
from assistant.evidence.verbatim import contains, fold

SOURCES = "Sources"
MADE = "How this was made"
DOUBTED = "not found in the letters"
"""Stands behind a sentence that the answer itself does not vouch for."""

_LISTS = (SOURCES, "References")
_NUMBERS = re.compile(r"\[(\d{1,4})\]")
_ITEM = re.compile(r"[^“”\"]*[“\"](.*)[”\"]((?:\s*\[\d{1,4}\])*)\s*")
_QUOTED = re.compile(
    r"“((?:[^“”]|“[^“”]*”)*)(?:”|$)|\"([^\"]*)\"|«([^«»]*)(?:»|$)|"
    r"‘((?:[^‘’]|’(?=\w))*)’(?!\w)|(?<!\w)'((?:[^']|'(?=\w))*)'(?!\w)"
)
_OPENING, _CLOSING = "“«", "”»"
_LONGEST_QUOTE = 6
"""Paragraphs that one quotation may go through."""
_ENTRY = re.compile(r"\[(\d{1,4})\] (.*)")
_PLACE = re.compile(
    r"(.*?)(?:; document| ·) ([0-9a-f]{16})(?:, characters)? (\d{1,9})–(\d{1,9})(?:: (.*))?"
)
_FEW = 3
"""Words in quotation marks without a number, up to so many, are a name or a term."""


def claims(paragraphs: Sequence[Paragraph]) -> list[list[Claim]]:
    """Return what each answer of a file claims; empty where the file holds no answer."""
    answers = [part for part in _answers(paragraphs) if _is_answer(part)]
    return [_claims(part, str(number)) for number, part in enumerate(answers, start=1)]


def body(paragraphs: Sequence[Paragraph], answer: str, question: str) -> list[Claim]:
    """Return what the paragraphs before the sources claim, without the sources themselves."""
    found: list[Claim] = []
    label = ""
    for paragraph in _joined(paragraphs):
        if paragraph.level is not None:
            label = paragraph.text
            found += _inline(paragraph.text, answer, question)
        elif paragraph.item and (match := _ITEM.fullmatch(paragraph.text)):
            numbers = _numbers(match.group(2))
            found.append(Claim(answer, match.group(1), numbers, label=label))
        else:
            found += _inline(paragraph.text, answer, question)
    return found


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, those that one quotation goes through as one."""
    begun: list[Paragraph] = []
    for paragraph in paragraphs:
        begun.append(paragraph)
        text = " ".join(one.text for one in begun)
        if not _is_open(text) or len(begun) == _LONGEST_QUOTE:
            yield replace(begun[0], text=text)
            begun = []
    yield from begun


def _is_open(text: str) -> bool:
    return sum(text.count(mark) for mark in _OPENING) > sum(text.count(mark) for mark in _CLOSING)


def _answers(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield the file cut at its questions."""
    numbered, number = [], 0
    for paragraph in paragraphs:
        number += paragraph.level == 1 and paragraph.text != MADE
        numbered.append((number, paragraph))
    for _, members in groupby(numbered, key=lambda pair: pair[0]):
        yield [paragraph for _, paragraph in members]


def _is_answer(part: Sequence[Paragraph]) -> bool:
    asks = part[0].level == 1 and len(part) > 1
    return asks or any(p.note or _is_list(p) or (p.item and _ITEM.fullmatch(p.text)) for p in part)


def _is_list(paragraph: Paragraph) -> bool:
    return paragraph.text.rstrip(":") in _LISTS


def _claims(whole: Sequence[Paragraph], answer: str) -> list[Claim]:
    part = [paragraph for paragraph in whole if not paragraph.note]
    notes = (paragraph for paragraph in whole if paragraph.note)
    ends = next((at for at, p in enumerate(part) if _is_list(p)), len(part))
    question = part[0].text if part[0].level == 1 else ""
    references: dict[int, Reference] = {}
    proofs: list[Claim] = []
    after: list[Paragraph] = []
    for paragraph in (*notes, *part[ends + 1 :]):
        entry = _ENTRY.fullmatch(paragraph.text)
        if entry is None:
            after.append(paragraph)
            continue
        number = int(entry.group(1))
        references[number], words = _reference(entry.group(2))
        if words:
            proofs.append(Claim(answer, words, (number,)))
    quotes = body([p for p in (*part[:ends], *after) if p.level != 1], answer, question)
    return [replace(claim, references=references) for claim in (*quotes, *proofs)]


def _reference(line: str) -> tuple[Reference, str]:
    """Return an entry, and the words that it quotes (empty for none)."""
    match = _PLACE.fullmatch(line)
    if match is None:
        return Reference("", line=line), ""
    named, doc_id, start, end, quoted = match.groups()
    words = _ITEM.fullmatch(quoted) if quoted else None
    placed = Reference(doc_id, int(start), int(end), line=named)
    return placed, words.group(1) if words else quoted or ""


def _inline(text: str, answer: str, question: str) -> list[Claim]:
    numbers = _numbers(text)
    quoted = ["".join(one) for one in _QUOTED.findall(text)]
    return [
        Claim(answer, words, numbers, whole=False)
        for words in quoted
        if words.strip()
        and (numbers or len(words.split()) > _FEW)
        and not contains(question, words)
        and fold(words) != fold(question)
    ]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(number) for number in _NUMBERS.findall(text)))
