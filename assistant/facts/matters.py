"""What a question counts, of what matter, and how each document is asked for it."""

from __future__ import annotations

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
LOOSELY = 0.1
"""Probability from which on a sentence may fall apart: a part of one in which the head finds no
matter may have its own ("young carers - how many letters …"; ``evals/LOG.md`` #by-hand-2)."""
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
    reader = corpus.reader
    counting = asking(query, Intent.COUNT, corpus)
    parts = parts_of(counting, reader.gaps(counting), LOOSELY)
    told = (reader.matter(one) for one in (counting, *parts))
    matter = next(filter(None, told), "") or reader.matter(query.question, some=True)
    matter = matter or query.subject
    named = corpus.scanner.name_in(query.subject, documents_meant(query, corpus))
    if quoted := QUOTED.search(fold(matter)):
        return quoted.group()
    words = {*terms(matter)}
    return named if named and len(words & {*terms(named)}) >= COVERS * len(words) else matter


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
