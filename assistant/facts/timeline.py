"""An authority's inspections and visits in order, with grades and points for improvement."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.quoting import Quote
from assistant.facts.chart import grade_chart
from assistant.facts.corpus import Corpus
from assistant.facts.grades import OVERALL, grade_name, grade_words, known_how, notes_on
from assistant.facts.naming import kind_name, source_name, time_of
from assistant.facts.view import NOTHING, Cell, View
from assistant.facts.visits import kind_proofs, proofs_of
from assistant.rendering.grammar import count, listed
from index.errors import NotFound
from index.inspections import inspection_record
from index.types import Identity, Inspection, Issuer, Place

COLUMNS = ("when", "what", "overall", "other grades", "to improve", "known from")


def timeline(authority: str, corpus: Corpus, of: Sequence[Inspection] = ()) -> View:
    """Return an authority's events, oldest first.

    Args:
        of: those that are asked after; without any, all.

    Raises:
        NotFound: none is known.
    """
    events = [one for one in events_of(authority, corpus) if not of or one in of]
    view = View(f"Inspections and visits of {authority}")
    svg, text = grade_chart(events)
    view.details = {
        "authority": authority,
        "inspections": [inspection_record(one) for one in events],
        "chart": {"svg": svg, "text": text},
    }
    rows = [_row(one, view, corpus) for one in events]
    view.table(view.title, COLUMNS, rows)
    for event, row in zip(events, rows, strict=True):
        _say(view, event, row)
        if not event.documents and not event.judgements:
            for identity, quote in corpus.proofs(
                corpus.identity(event.recalled_by[0].doc_id), [event.recalled_by[0].span]
            ):
                view.say(f"“{quote.text}”", view.numbers([(identity, quote)]))
        view.note(*notes_on(event), *event.notes)
    if text:
        view.note(f"Overall grades: {text}.")
    view.note("There may have been inspections and visits that no document held tells of.")
    return view


def events_of(authority: str, corpus: Corpus) -> list[Inspection]:
    """Return an authority's events.

    Raises:
        NotFound: none is known; names what is held.
    """
    events = corpus.of(authority)
    if not events:
        names = sorted({one.authority for one in corpus.inspections})
        some = listed(names[:12]) or "no authority"
        raise NotFound(f"no inspection of {authority} is held or recalled; known are {some}")
    return events


def _row(event: Inspection, view: View, corpus: Corpus) -> tuple[Cell, ...]:
    overall = event.judgement(OVERALL)
    others = [one for one in event.judgements if one.key != OVERALL]
    proofs = {
        one.key: corpus.proofs(corpus.identity(one.place.doc_id), [one.place.span])
        for one in event.judgements
    }
    said = [grade_words(one) + known_how(one) for one in others]
    points = [corpus.quote(point.place) for point in event.improvements]
    return (
        view.cell(time_of(event), proofs_of(event, corpus)),
        view.cell(kind_name(event), kind_proofs(event, corpus)),
        view.cell(
            grade_name(overall.grade) + known_how(overall),
            proofs[OVERALL],
        )
        if overall
        else Cell(NOTHING),
        view.cell("; ".join(said), [p for one in others for p in proofs[one.key]])
        if others
        else Cell(NOTHING),
        view.cell(count(len(points), "point"), points) if points else Cell(NOTHING),
        view.cell(known_from(event, corpus), knowing(event, corpus)),
    )


def known_from(event: Inspection, corpus: Corpus) -> str:
    """Return from which documents an event is known: its own, or who tells or recalls it."""
    names = []
    for identity in corpus.documents(event):
        own = identity.issuer.value is Issuer.OFSTED
        names.append("its own document" if own else f"{identity.kind.value.value}")
    recalling = dict.fromkeys(place.doc_id for place in event.recalled_by)
    if not names:
        place = event.recalled_by[0]
        more = f" and {len(recalling) - 1} more" if len(recalling) > 1 else ""
        return f"not held; recalled in the {source_name(place, corpus)}{more}"
    return listed(list(dict.fromkeys(names)))


def knowing(event: Inspection, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return a place of each document that an event is known from, as ``known_from`` names them."""
    told = [corpus.proofs(one, [one.kind.span])[:1] for one in corpus.documents(event)]
    if told:
        return [proof for proofs in told for proof in proofs]
    first: dict[str, Place] = {}
    for place in event.recalled_by:
        first.setdefault(place.doc_id, place)
    return [corpus.quote(place) for place in first.values()]


def _say(view: View, event: Inspection, row: tuple[Cell, ...]) -> None:
    """Say an event's row as one line that answers."""
    when, what, overall, others, points, known = row
    parts = [f"{when.text}: {what.text}"]
    parts += [f"overall {overall.text}"] if overall.text != NOTHING else []
    parts += [others.text] if others.text != NOTHING else []
    parts += [f"{points.text} for improvement"] if points.text != NOTHING else []
    parts += [known.text] if not event.own else []
    numbers = (*when.citations, *overall.citations, *others.citations)
    view.say("; ".join(parts), tuple(dict.fromkeys(numbers)))
