"""One judged area as a whole: its grade, what its section says is strong and weak, its points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from assistant.evidence.quoting import Quote
from assistant.facts.brief import CONCERNS, HEADLINE, ON_IT, STRENGTHS
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.findings import findings
from assistant.facts.grades import grade_words, judgements_of, known_how, notes_on
from assistant.facts.headline import headline_of
from assistant.facts.meant import meant, start_of
from assistant.facts.naming import event_label
from assistant.facts.points import is_on, points_on
from assistant.facts.reading import ANSWERS, LetterReader, chances_among
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.passages.sentences import split
from index.query.judgements import judgement_names, judgements_named
from index.types import (
    Area,
    Block,
    BlockKind,
    Document,
    Identity,
    InspectionJudgement,
    Query,
    Slant,
)

WHOLE, OVER_TIME = 0.5, 0.4
"""Probability from which on a question asks about an area as a whole, so that an overview answers
it, and from which on its grades over the times that it sets side by side stand before what is read
of these (``evals/LOG.md`` #areas-1, #by-hand-2)."""
MOST_EACH, MOST, MOST_FOLDED = 5, 9, 6
"""Findings of one side that are shown, of both, and of one side that are folded."""
LEAST_PARAGRAPHS = 4
"""Paragraphs from which on a section can be summed up."""
MOST_SUMMED = 2
"""Sentences of a headline on one area, or paragraphs of its summary, that are shown."""
ALIKE, SHORTER = 80, 12
"""How well (of 100) a section's heading holds the name of its judgement, which may be worded a
little otherwise ("of care leavers", "of children care leavers"), and by how many characters it may
be the shorter."""
_SUMMARY = "summary"
_KEYS = {
    Area.LEADERSHIP: ("impact_of_leaders", "leadership_management_governance"),
    Area.BOARD: ("lscb",),
}
_SIDES = (Slant.STRONG, Slant.WEAK)
_NAMES = {one.key: one.name for one in judgement_names()}
_Found = tuple[Identity, Quote]


def area_of(question: str, reader: LetterReader, least: float = OVER_TIME) -> tuple[str, ...]:
    """Return the judgements of the area that a question asks about as a whole; none where it asks
    about none.

    Args:
        least: probability from which on it does.
    """
    chances = reader.area(question)
    area = max(chances, key=lambda one: chances[one])
    if area is Area.NONE or chances[area] < least:
        return ()
    return _KEYS.get(area, (area.value,))


def overview(query: Query, keys: Sequence[str], slant: Slant, corpus: Corpus) -> FactAnswer | None:
    """Answer what the inspection meant says of one judged area, or of one side of it. None where
    not one inspection of one place is meant, or its report has no section on that area alone.
    """
    about = meant(query, corpus, lambda one: bool(one.own and judgements_of(one, keys)))
    events = [one for one in about.events if one.own and judgements_of(one, keys)]
    if not about.named or len(about.authorities) != 1 or not events:
        return None
    if about.settled and len(events) != 1:
        return None
    event = max(events, key=start_of)
    judgement = next((one for one in event.judgements if one.key in keys), None)
    document = corpus.collection.document(event.own[0])
    section = section_of(document, judgement, event.judgements) if judgement else []
    if judgement is None or len(section) < LEAST_PARAGRAPHS:
        return None
    draft = Draft()
    draft.frame(f"{event_label(event, corpus)}.")
    for one in judgements_of(event, keys):
        proofs = corpus.proofs(document.identity, [one.place.span])
        draft.answer(f"{grade_words(one)}{known_how(one)}", proofs, None)
    if slant is Slant.ANY:
        _write(draft, HEADLINE, _summed_up(document, judgement, section, corpus))
    told = [*_sides(document, section, slant, corpus)]
    for group, side, (shown, folded) in zip((STRENGTHS, CONCERNS), _SIDES, told, strict=True):
        if slant in (Slant.ANY, side):
            _write(draft, group, shown)
            _write(draft, group, folded, more=True)
    if slant is not Slant.STRONG:
        _write(draft, ON_IT, points_on(_NAMES[judgement.key], event, corpus))
    return FactAnswer(Status.ANSWERED, draft, tuple(notes_on(event, keys)), settled=True)


def _write(draft: Draft, group: str, found: Iterable[_Found], more: bool = False) -> None:
    """Add quotes that are not told yet."""
    for identity, quote in found:
        known = (one for one in draft.citations if one.identity.doc_id == identity.doc_id)
        if not any(one.start <= quote.start and quote.end <= one.end for one in known):
            text = f"“{' '.join(quote.text.split())}”"
            draft.answer(text, [(identity, quote)], group, more=more)


def _summed_up(
    document: Document, judgement: InspectionJudgement, section: Sequence[Block], corpus: Corpus
) -> list[_Found]:
    """Return how a section sums itself up, or what the headline of the report says of the area."""
    identity, quoter = document.identity, corpus.quoter(document.doc_id)
    own = [one for one in section if one.heading[-1].casefold().strip() == _SUMMARY]
    if own:
        return [(identity, quoter.span(one.start, one.end)) for one in own[:MOST_SUMMED]]
    places = [
        (block.start + start, block.start + end)
        for block in headline_of(document)
        for start, end in split(document.text[block.start : block.end])
    ]
    texts = [document.text[start:end] for start, end in places]
    name = _NAMES[judgement.key]
    chances = chances_among(corpus.reader, name, identity, texts)
    ranked = sorted(zip(chances, places, strict=True), reverse=True)[:MOST_SUMMED]
    told = [
        start
        for chance, (start, end) in ranked
        if chance >= ANSWERS and is_on(name, document.text[start:end], identity, corpus)
    ]
    return [(identity, quoter.quote(start)) for start in sorted(told)]


def _sides(
    document: Document, section: Sequence[Block], slant: Slant, corpus: Corpus
) -> Iterator[tuple[list[_Found], list[_Found]]]:
    """Yield what is shown and what is folded of strengths and of concerns, in the section's own
    order and, where both are asked for, its own proportion.
    """
    identity, quoter = document.identity, corpus.quoter(document.doc_id)
    strong, weak = findings(document, section, corpus)
    share = round(MOST * len(strong) / max(len(strong) + len(weak), 1))
    few = min(max(share, MOST - MOST_EACH), MOST_EACH)
    each = (few, MOST - few) if slant is Slant.ANY else (MOST, MOST)
    for found, most in zip((strong, weak), each, strict=True):
        parts = (found[:most], found[most : most + MOST_FOLDED])
        shown, folded = ([(identity, quoter.quote(at)) for at in sorted(one)] for one in parts)
        yield shown, folded


def section_of(
    document: Document, judgement: InspectionJudgement, every: Sequence[InspectionJudgement]
) -> list[Block]:
    """Return the paragraphs on what a judgement is about: those whose nearest heading that is like
    the name of one of the judgements of the inspection is most like this one's.
    """
    prose = [one for one in document.blocks if one.kind is BlockKind.PARAGRAPH]
    of = {part: _judged_under(part, every) for one in prose for part in one.heading}
    nearest = ((one, next(filter(None, map(of.get, reversed(one.heading))), None)) for one in prose)
    return [one for one, judged in nearest if judged is judgement]


def _judged_under(heading: str, every: Sequence[InspectionJudgement]) -> InspectionJudgement | None:
    """Return the judgement that a heading, which may go on, is like: the only one that it names,
    though its own name may be misprinted ("of children care leavers"), or the one most like it.
    """
    likeness = {
        one.key: fuzz.partial_ratio(one.heading.casefold(), heading.casefold())
        for one in every
        if len(heading) >= len(one.heading) - SHORTER
    }
    like = [one for one in every if likeness.get(one.key, 0) >= ALIKE]
    named = [one for one in every if like and one.key in judgements_named(heading)]
    if len(named) == 1:
        return named[0]
    return max(like, key=lambda one: likeness[one.key], default=None)
