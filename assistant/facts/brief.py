"""One page on a letter or an authority: what was looked at, headline, points, strengths, grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.quoting import Quote
from assistant.facts.corpus import Corpus
from assistant.facts.findings import after_headline, findings
from assistant.facts.grades import OVERALL, grade_name, grade_words, known_how, notes_on
from assistant.facts.headline import headline_of
from assistant.facts.meant import start_of
from assistant.facts.naming import event_label, short_name, time_of
from assistant.facts.scope import scope_parts
from assistant.facts.timeline import events_of
from assistant.facts.view import Cell, View
from assistant.question.documents import resolve
from assistant.rendering.draft import Draft
from assistant.types import AnswerSentence
from index.errors import NotFound
from index.identity import authorities
from index.inspections import inspection_record
from index.passages.sentences import split
from index.types import Block, Document, Identity, Inspection, Slant

HEADLINE, STRENGTHS, CONCERNS = "Headline", "Strengths", "Concerns"
POINTS = "What needs to improve (complete)"
ON_IT = "What needs to improve, on this"
_FEW = {HEADLINE: 2, STRENGTHS: 1, CONCERNS: 1, POINTS: 2, ON_IT: 2}
"""Lines of each group that a short brief shows."""
OPENING = 4
"""Sentences of the headline that it shows, of as many paragraphs as it shows alike."""
_SIDES = {Slant.WEAK: (CONCERNS, POINTS, ON_IT), Slant.STRONG: (STRENGTHS,)}
MOST_FINDINGS = 6
"""Strengths and concerns together, in the proportion in which the letter gives them."""
MOST_SHOWN = 3
"""Quotes under one heading; the rest of a long headline, and of what is strong, is folded."""
FEWEST_EACH = 2
"""Of each there are so many at least, where the letter has them."""


def brief(name: str, corpus: Corpus) -> View:
    """Return one page on an authority's newest letter, or on a document.

    Args:
        name: an authority, or a document's id or source.

    Raises:
        NotFound: nothing is held or recalled by that name.
        UsageError: it could be several documents.
    """
    if name in corpus.authorities or corpus.of(name):
        return _of_event(_newest(name, corpus), corpus)
    if authorities().canonical(name):
        raise NotFound(f"no inspection of {name} is held or recalled, and no document about it")
    identity = resolve(corpus.identities, name)
    for event in corpus.inspections:
        if identity.doc_id in event.documents:
            return _of_event(event, corpus)
    raise NotFound(f"{identity.source} tells of no inspection that could be summed up")


def one_side(draft: Draft, slant: Slant | None) -> Draft:
    """Return a brief's lines of one side, strong or weak; all of a draft that has no such lines."""
    groups = _SIDES.get(slant, ()) if slant else ()
    if not any(sentence.group in groups for sentence in draft.sentences):
        return draft
    kept = [
        replace(one, more=False)
        for one in draft.sentences
        if one.group in groups or one.group is None
    ]
    used = {number for one in kept for number in one.citations}
    return Draft().join(Draft(kept, [one for one in draft.citations if one.number in used]))


def in_few_lines(draft: Draft) -> Draft:
    """Return a brief with a few lines of each group shown, of its headline how each paragraph
    begins, the rest folded; a draft that is none as it is.
    """
    every = Counter(one.group for one in draft.sentences)
    shown: Counter[str | None] = Counter()
    each = OPENING // max(1, min(_FEW[HEADLINE], every[HEADLINE]))
    told = []
    for one in [part for whole in draft.sentences for part in _opening(whole, each)]:
        most = _FEW.get(one.group or "", len(draft.sentences))
        more = one.more or shown[one.group] == most
        shown[one.group] += not more
        part = one.group == POINTS and every[POINTS] > most
        group = f"What needs to improve ({most} of {every[POINTS]})" if part else one.group
        told.append(replace(one, group=group, more=more))
    return Draft(told, draft.citations)


def _opening(sentence: AnswerSentence, most: int) -> list[AnswerSentence]:
    """Return a paragraph of a headline as its first sentences and, folded, the rest; all else as it
    is.
    """
    text = sentence.text.removeprefix("“").removesuffix("”")
    ends = [end for _, end in split(text)]
    if sentence.group != HEADLINE or len(ends) <= most:
        return [sentence]
    cut = ends[most - 1]
    first, rest = f"“{text[:cut].strip()}”", f"“{text[cut:].strip()}”"
    return [replace(sentence, text=first), replace(sentence, text=rest, more=True)]


def _newest(authority: str, corpus: Corpus) -> Inspection:
    events = events_of(authority, corpus)
    held = [one for one in events if one.own] or [one for one in events if one.documents]
    return max(held or events, key=start_of)


def _of_event(event: Inspection, corpus: Corpus) -> View:
    view = View(f"{event.authority}: {short_name(event)}")
    newest = event.authority in corpus.authorities and event == _newest(event.authority, corpus)
    view.say(f"{'Newest held: ' if newest else ''}{event_label(event, corpus)}.", ())
    view.details = {
        "authority": event.authority,
        "inspection": inspection_record(event),
        "headline": [],
        "strengths": [],
        "concerns": [],
    }
    _last_graded(event, view, corpus)
    if event.documents:
        _read(event, view, corpus)
    _points(event, view, corpus)
    _grades(event, view, corpus)
    view.note(*notes_on(event), *event.notes)
    return view


def _last_graded(event: Inspection, view: View, corpus: Corpus) -> None:
    """Say the last grades known when the event was, its own where it gave some."""
    graded = [
        one
        for one in corpus.of(event.authority)
        if one.judgements and start_of(one) <= start_of(event)
    ]
    if not graded:
        return
    last = graded[-1]
    said, proofs = _grades_of(last, corpus, whole=True)
    view.say(f"Last graded, {time_of(last)}: {said}", view.numbers(proofs))


def _grades_of(
    event: Inspection, corpus: Corpus, whole: bool = False
) -> tuple[str, list[tuple[Identity, Quote]]]:
    """Return the overall grade of an event; all its grades where it has no overall one, or
    ``whole`` are wanted, the overall one first.
    """
    overall = event.judgement(OVERALL)
    others = [one for one in event.judgements if one is not overall]
    shown = [overall, *(others if whole else ())] if overall else others
    said = "; ".join(
        (grade_name(j.grade) if shown == [overall] else grade_words(j)) + known_how(j)
        for j in shown
    )
    proofs = [
        proof
        for j in shown
        for proof in corpus.proofs(corpus.identity(j.place.doc_id), [j.place.span])
    ]
    return said, proofs


def _read(event: Inspection, view: View, corpus: Corpus) -> None:
    """Say what was looked at, the headline, and what is strong and weak."""
    identity = corpus.identity(event.documents[0])
    if identity.scope and identity.scope.span:
        proofs = [
            proof
            for span in scope_parts(identity, corpus)
            for proof in corpus.proofs(identity, [span])
        ]
        view.say(f"It looked at: {identity.scope.value}", view.numbers(proofs))
    document = corpus.collection.document(identity.doc_id)
    headline = headline_of(document)
    quoter = corpus.quoter(identity.doc_id)
    quotes = [quoter.span(one.start, one.end) for one in headline]
    _quotes(HEADLINE, "headline", quotes, identity, view)
    strong, weak = _sides(document, headline, corpus)
    _quotes(STRENGTHS, "strengths", [quoter.quote(at) for at in strong], identity, view)
    _quotes(CONCERNS, "concerns", [quoter.quote(at) for at in weak], identity, view)


def _quotes(
    group: str, field: str, quotes: Sequence[Quote], identity: Identity, view: View
) -> None:
    for nth, quote in enumerate(quotes):
        numbers = view.numbers([(identity, quote)])
        text = " ".join(quote.text.split())
        view.say(f"“{text}”", numbers, group, more=nth >= MOST_SHOWN)
        view.details[field].append({"text": text, "citations": list(numbers)})


def _sides(
    document: Document, headline: Sequence[Block], corpus: Corpus
) -> tuple[list[int], list[int]]:
    """Return where the surest strengths and concerns begin, in the letter's own proportion and
    order.
    """
    good, bad = findings(document, after_headline(document, headline), corpus)
    share = round(MOST_FINDINGS * len(good) / max(len(good) + len(bad), 1))
    most = min(max(share, FEWEST_EACH), MOST_FINDINGS - min(FEWEST_EACH, len(bad)))
    return sorted(good[:most]), sorted(bad[: MOST_FINDINGS - min(most, len(good))])


def _points(event: Inspection, view: View, corpus: Corpus) -> None:
    if not event.improvements:
        why = "has no list" if event.own else "is not held with a list"
        view.note(f"The {short_name(event)} {why} of points to improve.")
    rows = []
    for n, point in enumerate(event.improvements, start=1):
        cell = view.cell(point.text, [corpus.quote(point.place)])
        rows.append((Cell(str(n)), cell))
        view.say(f"“{point.text}”", cell.citations, POINTS)
    if rows:
        view.table(POINTS, ("", "point"), rows)


def _grades(event: Inspection, view: View, corpus: Corpus) -> None:
    """Say the grades over time, each with whether it is recalled."""
    rows = []
    for one in corpus.of(event.authority):
        if not one.judgements:
            continue
        said, proofs = _grades_of(one, corpus)
        cell = view.cell(said, proofs)
        rows.append((Cell(time_of(one)), cell))
        view.say(f"{time_of(one)}: {said}", cell.citations, "Grades over time", more=True)
    if rows:
        view.table("Grades over time", ("inspected", "overall"), rows)
