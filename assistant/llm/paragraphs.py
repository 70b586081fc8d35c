"""Choose the paragraphs that a language model is shown, by what the reader says of them.

A paragraph is a passage whole: a sentence alone ("These children …") cannot be understood. What is
likely to answer comes first; where a question spans several authorities or years, each in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.llm.lines import instructs
from assistant.ports import Briefing
from index.errors import NotFound
from index.ports import PassageStore
from index.types import Evidence, Identity, Issuer, Passage, Query, Section

LIKELY = 0.3
"""Probability that a passage answers from which leaving it out is said."""
_CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage to show.

    Attributes:
        sentences: those of it that can be quoted, in order; never empty.
        chance: probability that it answers.
    """

    identity: Identity
    passage: Passage
    sentences: tuple[Evidence, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Shown:
    """What fits.

    Attributes:
        paragraphs: in the order to show: Ofsted's own newest document first, each in its order.
        dropped: paragraphs likely to answer that did not fit.
    """

    paragraphs: tuple[Paragraph, ...]
    dropped: int = 0


def candidates(briefing: Briefing, store: PassageStore) -> list[Paragraph]:
    """Return what may be shown, the most needed first, none twice."""
    found = [*_cited(briefing, store), *_read(briefing)]
    found = [*found, *_lists(found, store)]
    best: dict[str, Paragraph] = {}
    for paragraph in sorted(found, key=lambda p: -p.chance):
        best.setdefault(paragraph.passage.passage_id, paragraph)
    return _balanced(list(best.values()), briefing.query)


def fitting(
    paragraphs: Sequence[Paragraph], room: int, cost: Callable[[Paragraph], int], query: Query
) -> Shown:
    """Return those that fit ``room`` tokens, taken in order; a smaller one may fit where a larger
    does not.
    """
    kept: list[Paragraph] = []
    dropped = 0
    for paragraph in paragraphs:
        price = cost(paragraph)
        if price <= room:
            room -= price
            kept.append(paragraph)
        else:
            dropped += paragraph.chance >= LIKELY
    return Shown(tuple(sorted(kept, key=_reading_order(query))), dropped)


def _read(briefing: Briefing) -> Iterator[Paragraph]:
    for reading in briefing.readings:
        best = max(reading.answers, default=0.0)
        chance = float((best * reading.whole) ** 0.5)
        yield from _paragraph(reading.hit.identity, reading.hit.passage, chance)


def _cited(briefing: Briefing, store: PassageStore) -> Iterator[Paragraph]:
    """Yield the passages that the extractive answer quotes: facts rest on them."""
    for citation in briefing.extractive.citations:
        doc_id = citation.identity.doc_id
        for passage in _passages_of(doc_id, store):
            if passage.start < citation.end and citation.start < passage.end:
                yield from _paragraph(citation.identity, passage, _CERTAIN)


def _lists(found: Sequence[Paragraph], store: PassageStore) -> Iterator[Paragraph]:
    """Yield the rest of every list of points for improvement that a likely passage is part of."""
    for paragraph in found:
        if paragraph.chance < LIKELY:
            continue
        for section in _sections(paragraph.passage, store):
            for passage in _passages_of(paragraph.passage.doc_id, store):
                if passage.start < section.span.end and section.span.start < passage.end:
                    yield from _paragraph(paragraph.identity, passage, paragraph.chance)


def _sections(passage: Passage, store: PassageStore) -> list[Section]:
    try:
        sections = store.document(passage.doc_id).sections
    except NotFound:
        return []
    return [s for s in sections if passage.start < s.span.end and s.span.start < passage.end]


def _passages_of(doc_id: str, store: PassageStore) -> list[Passage]:
    """Return a document's passages; none where it was removed while the question was read."""
    try:
        return store.passages_of(doc_id)
    except NotFound:
        return []


def _paragraph(identity: Identity, passage: Passage, chance: float) -> Iterator[Paragraph]:
    sentences = [
        Evidence(identity, passage, sentence, passage.text_of(sentence), chance)
        for sentence in passage.sentences
        if sentence.quotable
    ]
    safe = tuple(item for item in sentences if not instructs(item.text))
    if safe:
        yield Paragraph(identity, passage, safe, chance)


def hidden(briefing: Briefing) -> int:
    """Return how many sentences are never shown because they speak to a computer."""
    passages = [reading.hit.passage for reading in briefing.readings]
    return sum(
        sentence.quotable and instructs(passage.text_of(sentence))
        for passage in passages
        for sentence in passage.sentences
    )


def _balanced(paragraphs: list[Paragraph], query: Query) -> list[Paragraph]:
    """Put paragraphs that are sorted by chance into turns, one of each place or time a round."""
    places = len(query.authorities) > 1
    times = len(query.periods) > 1
    if not places and not times:
        return paragraphs
    taken: dict[object, int] = {}
    rounds: list[tuple[int, int]] = []
    for n, paragraph in enumerate(paragraphs):
        group = (
            paragraph.identity.authority_name if places else None,
            paragraph.identity.doc_id if times else None,
        )
        taken[group] = taken.get(group, -1) + 1
        rounds.append((taken[group], n))
    return [paragraphs[n] for _, n in sorted(rounds)]


def _reading_order(query: Query) -> Callable[[Paragraph], tuple[bool, int, str, int]]:
    oldest = query.order == "oldest"

    def key(paragraph: Paragraph) -> tuple[bool, int, str, int]:
        identity = paragraph.identity
        day = identity.dated.toordinal() if identity.dated else 0
        own = identity.issuer.value is Issuer.OFSTED
        return not own, day if oldest else -day, identity.doc_id, paragraph.passage.start

    return key


def numbered(paragraphs: Sequence[Paragraph]) -> tuple[Evidence, ...]:
    """Return every sentence of ``paragraphs`` in order: the first is number 1."""
    return tuple(item for paragraph in paragraphs for item in paragraph.sentences)
