"""What a question counts, of what matter, and how each document is asked for it."""

from __future__ import annotations

import re

from assistant.evidence.scanning import QUOTED, of_one
from assistant.evidence.verbatim import fold
from assistant.facts.corpus import Corpus
from assistant.facts.held import documents_meant
from assistant.question.parts import APART, parts_of
from index.passages.sentences import split
from index.store.lexical import terms
from index.types import Counted, Intent, Query

COVERS = 1 / 3
"""Share of a matter from which a name in it stands for all of that."""
_PIECE = re.compile(r"[:;.,?!()]|\s[-–—]\s")
COUNTS = 0.5
"""Probability from which on a part of a question counts too."""


def counts_what(query: Query, corpus: Corpus) -> frozenset[Counted]:
    """Return what a question counts: each of its sentences and parts that count anything."""
    asked = query.question
    texts = [asked, *(asked[start:end] for start, end in split(asked))]
    texts += parts_of(asked, corpus.reader.gaps(asked), APART)
    told = []
    for text in dict.fromkeys(texts):
        if text == asked or corpus.reader.intent(text)[Intent.COUNT] >= COUNTS:
            chances = corpus.reader.counted(text)
            told.append(max(chances, key=lambda one: chances[one]))
    return frozenset(told)


def subject_of(query: Query, corpus: Corpus) -> str:
    """Return what is counted: the matter of a question; or what a document writes as a name in it,
    where that is much of the matter ("Adoption Tees Valley").
    """
    matter = _counted_of(query, corpus) or query.subject
    named = corpus.scanner.name_in(query.subject, documents_meant(query, corpus))
    if quoted := QUOTED.search(fold(matter)):
        return quoted.group()
    words = {*terms(matter)}
    return named if named and len(words & {*terms(named)}) >= COVERS * len(words) else matter


def _counted_of(query: Query, corpus: Corpus) -> str:
    """Return the matter of the sentence that counts; of the whole question where that names none
    of it there ("Young carers. Which letters mention them?"); and as a piece of it names it in full
    ("Private fostering: which …").
    """
    reader, asked = corpus.reader, query.question
    counting = asking(query, Intent.COUNT, corpus)
    own, whole = reader.matter(counting), reader.matter(asked)
    apart = not {*terms(own)} & {*terms(whole)}
    text = asked if whole and apart else counting
    each = [reader.matter(piece) for piece in _PIECE.split(text) if piece.strip()]
    found = (whole if whole and apart else own) or next(filter(None, each), "")
    longer = (one for one in each if {*terms(found)} < {*terms(one)})
    return next(longer, found) or reader.matter(asked, some=True)


def from_its_matter(matter: str, query: Query, corpus: Corpus) -> str:
    """Return a question as it is asked of one document: from its matter on, with what is asked of
    that.
    """
    counting = asking(query, Intent.COUNT, corpus)
    return of_one(counting[max(counting.find(matter.split()[0]), 0) :])


def asking(query: Query, intent: Intent, corpus: Corpus) -> str:
    """Return the sentence of a question that wants a sort of answer, none beside it ("I work for a
    charity.").
    """
    told = [query.question[start:end] for start, end in split(query.question)]
    return max(told, key=lambda one: corpus.reader.intent(one)[intent], default=query.topic)
