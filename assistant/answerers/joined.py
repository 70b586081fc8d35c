"""Join what was decided about each part of a question that asks for several things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answerers.outcome import Outcome
from assistant.evidence.reader import look
from assistant.question.resolved import Resolved
from assistant.rendering import wording
from assistant.rendering.draft import Draft
from assistant.types import AnswerSentence, Role, Status
from index.ports import Reader
from index.types import Hit, Passage, Sentence

_UNANSWERED = (Status.NOT_STATED, Status.NOT_HELD, Status.OUT_OF_SCOPE, Status.INVALID)
_FIRST = (Status.PREMISE_CONTRADICTED, Status.AMBIGUOUS)
"""Statuses that a whole has as soon as a part has them, in this order."""


def joined(parts: Sequence[str], outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome of all parts: what each comes to, in their order, nothing quoted twice;
    what is not answered is named, and what comes nearest on a side of an answered part stays.

    Args:
        parts: the words of each part, as asked.
        outcomes: one a part.
    """
    statuses = [one.status for one in outcomes]
    if all(status in _UNANSWERED for status in statuses):
        return outcomes[0]
    draft = Draft()
    for one in outcomes:
        draft.join(_without(one.draft, draft))
    lacking = [text for text, one in zip(parts, outcomes, strict=True) if one.status in _UNANSWERED]
    answered = [one for one in outcomes if one.status not in _UNANSWERED]
    notes = [note for one in answered for note in one.notes]
    if lacking:
        notes.insert(0, wording.partly([f"“{' '.join(text.split())}”" for text in lacking]))
    partial = lacking or Status.PARTIAL in statuses
    status = next(
        (one for one in _FIRST if one in statuses),
        Status.PARTIAL if partial else Status.ANSWERED,
    )
    return Outcome(
        status,
        draft,
        readings=tuple(reading for one in outcomes for reading in one.readings),
        hits=_each_once(hit for one in outcomes for hit in one.hits),
        nearest=_each_once(hit for one in answered for hit in one.nearest),
        choices=next((one.choices for one in outcomes if one.choices), ()),
        notes=tuple(dict.fromkeys(notes)),
        lead=next((one.lead for one in answered if one.lead), ""),
        counted=next((one.counted for one in outcomes if one.counted), ""),
    )


def _each_once(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple({hit.passage.passage_id: hit for hit in hits}.values())


def says_again(one: Outcome, others: Iterable[Outcome]) -> bool:
    """Return whether another outcome says just the same."""
    return any(one.draft.text() == other.draft.text() for other in others)


def answers_too(one: Outcome, part: Resolved, reader: Reader) -> float:
    """Return the probability that what is shown of an outcome answers a part of its question."""
    shown = {number for s in one.draft.sentences if not s.more for number in s.citations}
    places = [(c.identity.doc_id, c.start, c.end) for c in one.draft.citations if c.number in shown]

    def quoted(doc_id: str, piece: Passage | Sentence) -> bool:
        return any(d == doc_id and s < piece.end and piece.start < e for d, s, e in places)

    hits = [r.hit for r in one.readings if quoted(r.hit.passage.doc_id, r.hit.passage)]
    found = look(reader, part.question, hits, len(hits), level=True)
    own = (e.score for e in found.evidence if quoted(e.passage.doc_id, e.sentence))
    return max(own, default=0.0)


def _without(draft: Draft, before: Draft) -> Draft:
    """Return a draft without the quotes of which a part stands in another one, and without facts
    that it states of the same place.
    """
    quoted = [(c.identity.doc_id, c.start, c.end) for c in before.citations]
    stated = [(s.text, _places(s, before)) for s in before.sentences if s.citations]
    left = []
    for sentence in draft.sentences:
        places = _places(sentence, draft)
        again = any(text in sentence.text and places == other for text, other in stated)
        known = sentence.role is Role.QUOTE and any(
            doc == doc_id and first < end and start < last
            for doc, first, last in places
            for doc_id, start, end in quoted
        )
        if not known and not again:
            left.append(sentence)
    used = {number for sentence in left for number in sentence.citations}
    return Draft(left, [c for c in draft.citations if c.number in used])


def _places(sentence: AnswerSentence, draft: Draft) -> list[tuple[str, int, int]]:
    """Return document, start and end of what a sentence cites."""
    by_number = {citation.number: citation for citation in draft.citations}
    cited = [by_number[number] for number in sentence.citations]
    return [(c.identity.doc_id, c.start, c.end) for c in cited]
