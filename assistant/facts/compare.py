"""Two to twelve authorities side by side: newest letter, grades, points, and what each says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.quoting import Quote
from assistant.facts.changes import said_again
from assistant.facts.corpus import Corpus
from assistant.facts.graded_cells import (
    judged_rows,
    last_graded,
    letter_cell,
    others_cell,
    overall_cell,
)
from assistant.facts.grades import notes_on
from assistant.facts.meant import start_of
from assistant.facts.naming import NAMES
from assistant.facts.points import points_on
from assistant.facts.ranked import ranked
from assistant.facts.timeline import events_of
from assistant.facts.topic import said_by_each, summed_up
from assistant.facts.view import Cell, View
from assistant.rendering.grammar import count, listed
from index.errors import UsageError
from index.inspections import inspection_record
from index.query.judgements import judgements_named
from index.types import Identity, Inspection

FEWEST, MOST = 2, 12
IMPROVING = "to improve"


@dataclass(frozen=True)
class _Points:
    """The points of one place.

    Attributes:
        cell: what the table shows.
        said: what chat says in its place, all points left out where none is on the topic.
        quotes: the points on the topic, where these are all that the table shows.
    """

    cell: Cell
    said: str
    quotes: Sequence[tuple[Identity, Quote]] = ()


def compare(
    authorities: Sequence[str],
    corpus: Corpus,
    topic: str | None = None,
    heading: str = "",
    at: Mapping[str, Inspection] | None = None,
    graded_alone: bool = False,
    keys: Sequence[str] = (),
) -> View:
    """Return the authorities side by side; each column is one, in the order named.

    Args:
        topic: what each letter is read for, from end to end.
        heading: of the row that says so, ``on`` and the topic where empty.
        at: the inspection of each that is meant; None for the newest, with the last grades known.
        graded_alone: grades are asked for and nothing else: chat folds the points.
        keys: the judgements whose grades chat tells and ranks; all where none is given.

    Raises:
        UsageError: fewer than two or more than twelve are named.
        NotFound: nothing is known of any of them.
    """
    names = _known(authorities, corpus)
    view = View(f"{listed(list(names))} side by side")
    meant = {name: at[name] if at else newest_of(corpus.of(name)) for name in names}
    graded = {name: [at[name]] if at else corpus.of(name) for name in names}
    which, last = ("inspection", "") if at else ("newest held", "last ")
    grades = (f"{last}overall grade", f"{last}{'' if keys else 'other '}grades")
    points = [_points(meant[name], topic, view, corpus) for name in names]
    rows = [
        (which, [letter_cell(meant[name], view, corpus) for name in names]),
        (grades[0], [overall_cell(graded[name], view, corpus) for name in names]),
        (grades[1], [others_cell(graded[name], keys, view, corpus) for name in names]),
        (IMPROVING, [one.cell for one in points]),
    ]
    if topic:
        cells, view.lead = _on_topic(topic, meant, points, view, corpus)
        rows.insert(1, (heading or f"on {topic}", cells))
    else:
        view.lead = ranked({name: last_graded(graded[name]) for name in names}, keys)
    if view.lead:
        view.say(view.lead, ())
    each = judged_rows([last_graded(graded[name]) for name in names], last, view, corpus)
    shown = [one for row in rows for one in (each if row[0] == grades[1] else [row])]
    view.table(view.title, ("", *names), [(Cell(what), *cells) for what, cells in shown])
    hidden = grades[: 1 if judgements_named(topic) else 2] if topic else grades[: bool(keys)]
    told = [row for row in rows if row[0] not in (*hidden, IMPROVING)]
    for n, name in enumerate(names):
        _say_cells(name, [(what, cells[n]) for what, cells in told], view)
        _say_points(name, points[n], meant[name], topic, graded_alone, view, corpus)
    if not topic and not graded_alone and len(names) == FEWEST:
        _alike(meant, view, corpus)
    view.details = {
        "authorities": list(names),
        "topic": topic,
        "inspections": {n: inspection_record(e) if e else None for n, e in meant.items()},
    }
    view.note(*_caveats(meant), *(note for one in meant.values() if one for note in notes_on(one)))
    return view


def _on_topic(
    topic: str,
    meant: Mapping[str, Inspection | None],
    points: Sequence[_Points],
    view: View,
    corpus: Corpus,
) -> tuple[list[Cell], str]:
    """Return what each letter says on a topic, and how that is summed up with its points on it."""
    said = said_by_each(topic, meant, corpus)
    on = {n: [*said[n], *p.quotes] for n, p in zip(meant, points, strict=True) if meant[n]}
    cells = [_said_cell(event, said[name], view) for name, event in meant.items()]
    return cells, summed_up(on, corpus) if on else ""


def _say_cells(name: str, cells: Sequence[tuple[str, Cell]], view: View) -> None:
    for what, cell in cells:
        view.say(f"{what[0].upper()}{what[1:]}: {cell.text}", cell.citations, name)


def _say_points(
    name: str,
    points: _Points,
    event: Inspection | None,
    topic: str | None,
    graded_alone: bool,
    view: View,
    corpus: Corpus,
) -> None:
    """Say the points of one place: each as a line of its own, folded where none is on the topic or
    grades alone are asked for.
    """
    every = event.improvements if event else ()
    if topic or not every:
        view.say(f"To improve: {points.said}", points.cell.citations, name)
    if every and not points.quotes:
        for point in every:
            numbers = view.numbers([corpus.quote(point.place)])
            folded = bool(topic) or graded_alone
            view.say(f"To improve: “{point.text}”", numbers, name, more=folded)


def _alike(meant: Mapping[str, Inspection | None], view: View, corpus: Corpus) -> None:
    """Show which points of two lists read alike, where both have one."""
    lists = [one.improvements if one else () for one in meant.values()]
    if not all(lists):
        return
    pairs = [(lists[0][n], lists[1][m]) for n, m in said_again(lists[0], lists[1], corpus)]
    rows = [[view.cell(one.text, [corpus.quote(one.place)]) for one in pair] for pair in pairs]
    if not rows:
        view.note("No point of one list surely reads like one of the other.")
        return
    view.table("Points that read alike", tuple(meant), rows)
    for one, other in rows:
        numbers = (*one.citations, *other.citations)
        view.say(f"“{one.text}” → “{other.text}”", numbers, "Points that read alike")


def _known(authorities: Sequence[str], corpus: Corpus) -> tuple[str, ...]:
    """Return the names, each once, where they can be compared; raises as ``compare`` says."""
    names = tuple(dict.fromkeys(authorities))
    if not FEWEST <= len(names) <= MOST:
        raise UsageError(
            f"compare takes {FEWEST} to {MOST} authorities, and {len(names)} "
            f"{'was' if len(names) == 1 else 'were'} named"
        )
    if not any(corpus.of(name) for name in names):
        events_of(names[0], corpus)
    return names


def newest_of(events: Sequence[Inspection]) -> Inspection | None:
    """Return the newest event with a document of its own, else that is told of, else known."""
    for choose in (lambda e: e.own, lambda e: e.documents, lambda _: True):
        found = [one for one in events if choose(one)]
        if found:
            return max(found, key=start_of)
    return None


def _points(event: Inspection | None, topic: str | None, view: View, corpus: Corpus) -> _Points:
    """Return the points of an event, those on a topic where one is given; where none is on it, that
    and all of them.
    """
    if event is None or not event.improvements:
        said = "no list in this letter" if event and event.documents else "nothing held"
        return _Points(Cell(said), said)
    on = points_on(topic, event, corpus) if topic else []
    if on:
        said = "; ".join(f"“{quote.text}”" for _, quote in on)
        return _Points(view.cell(said, on), said, on)
    quotes = [corpus.quote(point.place) for point in event.improvements]
    every = "; ".join(f"“{point.text}”" for point in event.improvements)
    if not topic:
        return _Points(view.cell(every, quotes), every)
    said = f"none surely on this among {count(len(quotes), 'point')}"
    return _Points(view.cell(f"{said}: {every}", quotes), said)


def _said_cell(
    event: Inspection | None, found: Sequence[tuple[Identity, Quote]], view: View
) -> Cell:
    if event is None or not event.documents:
        return Cell("no letter held")
    if not found:
        return Cell("nothing on this in the letter")
    return view.cell(" ".join(f"“{' '.join(quote.text.split())}”" for _, quote in found), found)


def _caveats(newest: Mapping[str, Inspection | None]) -> list[str]:
    known = [one for one in newest.values() if one]
    notes = []
    if len({one.kind for one in known}) > 1:
        kinds = listed([f"a {NAMES[one.kind]} ({one.authority})" for one in known])
        notes.append(
            f"These are of different kinds: {kinds}; a visit looks at part of the service."
        )
    if len({start_of(one).year for one in known}) > 1:
        notes.append("The letters are of different years, and none compares the places.")
    missing = [name for name, one in newest.items() if one is None]
    notes += [f"Nothing is held or recalled of {listed(missing)}."] if missing else []
    return notes
