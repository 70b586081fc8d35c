"""What changed between two full inspections: grades, and points gone, new and said again."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.facts.corpus import Corpus
from assistant.facts.grades import OVERALL, grade_name, joint_of, known_how
from assistant.facts.meant import start_of
from assistant.facts.naming import short_name
from assistant.facts.reading import chances_among
from assistant.facts.timeline import events_of
from assistant.facts.view import NOTHING, Cell, View
from assistant.rendering.grammar import count, listed
from index.errors import NotFound, UsageError
from index.inspections import inspection_record
from index.query.judgements import judgement_names
from index.types import JUDGEMENT_KEYS, Framework, Grade, Improvement, Inspection, Kind

SAID_AGAIN = 0.3
"""Probability from which two points say the same (``evals/LOG.md`` #by-hand-1)."""
UNKNOWN = "not known here"
JOINTLY = ", judged as one with children in care"
ON_ITS_OWN = "judged on its own at one of them alone"
_BEST_FIRST = list(Grade)
_NAMES = {one.key: one.name for one in judgement_names()}


def changes(
    authority: str, corpus: Corpus, from_id: str | None = None, to_id: str | None = None
) -> View:
    """Return what changed between two full inspections, the two newest where none is named.

    Raises:
        NotFound: fewer than two are known, or an id is none of this authority.
        UsageError: the two ids are the same.
    """
    before, after = _two(authority, corpus, from_id, to_id)
    view = View(f"{authority}: from the {short_name(before)} to the {short_name(after)}")
    view.say(f"{view.title}.", ())
    view.details = {
        "authority": authority,
        "from": inspection_record(before),
        "to": inspection_record(after),
        "grades": _grades(before, after, view, corpus),
        "points": _points(before, after, view, corpus),
    }
    view.note(*_caveats(before, after))
    return view


def full_inspections(events: Sequence[Inspection]) -> list[Inspection]:
    """Return those that can be set beside each other: full, dated, with grades that are known."""
    return [e for e in events if e.kind is Kind.INSPECTION_REPORT and e.period and e.judgements]


def _two(
    authority: str, corpus: Corpus, from_id: str | None, to_id: str | None
) -> tuple[Inspection, Inspection]:
    events = events_of(authority, corpus)
    by_id = {one.inspection_id: one for one in events}
    for name in filter(None, (from_id, to_id)):
        if name not in by_id:
            raise NotFound(
                f"{name!r} is no inspection of {authority}: 'assistant inspections' lists the ids"
            )
    full = full_inspections(events)
    before = by_id[from_id] if from_id else None
    after = by_id[to_id] if to_id else None
    if after is None:
        later = [one for one in full if before is None or start_of(one) > start_of(before)]
        after = later[-1] if later else None
    if before is None and after is not None:
        earlier = [one for one in full if start_of(one) < start_of(after)]
        before = earlier[-1] if earlier else None
    if before is not None and after is None:
        raise NotFound(f"no full inspection of {authority} after the {short_name(before)} is known")
    if before is None or after is None:
        raise NotFound(
            f"only {count(len(full), 'full inspection')} of {authority} with grades is known: "
            "two are needed to say what changed"
        )
    if before is after:
        raise UsageError("the two inspections are the same: name another with --from or --to")
    return before, after


def _grades(
    before: Inspection, after: Inspection, view: View, corpus: Corpus
) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    rows, unknown = [], list[str]()
    for key in JUDGEMENT_KEYS:
        old, new = before.judgement(key), after.judgement(key)
        if old is None and new is None:
            continue
        change = _change(old.grade if old else None, new.grade if new else None)
        if (old is None and not before.own) or (new is None and not after.own):
            change = UNKNOWN
        told = (old or joint_of(before, key), new or joint_of(after, key))
        cells = [
            view.cell(
                grade_name(one.grade) + known_how(one) + ("" if one.key == key else JOINTLY),
                corpus.proofs(corpus.identity(one.place.doc_id), [one.place.span]),
            )
            if one
            else Cell(NOTHING)
            for one in told
        ]
        rows.append((Cell(_NAMES[key]), *cells, Cell(change)))
        out.append(
            {
                "judgement": key,
                "from": old.grade.value if old else None,
                "to": new.grade.value if new else None,
                "change": change,
                "citations": [*cells[0].citations, *cells[1].citations],
            }
        )
        if change == UNKNOWN:
            unknown.append(_NAMES[key])
            continue
        shown = change if told == (old, new) else ON_ITS_OWN
        said = f"{_NAMES[key].capitalize()}: {cells[0].text} → {cells[1].text} ({shown})"
        view.say(said, (*cells[0].citations, *cells[1].citations), "Grades")
    if unknown:
        view.note(f"Of only one of the two inspections is the grade known here: {listed(unknown)}.")
    view.table("Grades", ("judgement", short_name(before), short_name(after), "change"), rows)
    return out


def _change(old: Grade | None, new: Grade | None) -> str:
    if old is None or new is None:
        return "new" if old is None else "no longer given"
    if old is new:
        return "same"
    if Grade.ADEQUATE in (old, new):
        return "not comparable"
    return "up" if _BEST_FIRST.index(new) < _BEST_FIRST.index(old) else "down"


def _points(
    before: Inspection, after: Inspection, view: View, corpus: Corpus
) -> dict[str, list[dict[str, object]]]:
    """Match the two lists: a point is said again where the reader takes one for the other."""
    if not (before.improvements and after.improvements):
        return {"again": [], "new": [], "gone": []}
    again = said_again(before.improvements, after.improvements, corpus)
    pairs = [(before.improvements[n], after.improvements[m]) for n, m in again]
    gone = [p for n, p in enumerate(before.improvements) if n not in {n for n, _ in again}]
    new = [p for m, p in enumerate(after.improvements) if m not in {m for _, m in again}]
    rows: list[tuple[str, Improvement | None, Improvement | None]] = [
        *(("said again", old, later) for old, later in pairs),
        *(("new", None, one) for one in new),
        *(("gone", one, None) for one in gone),
    ]

    def point(one: Improvement | None) -> Cell:
        return view.cell(one.text, [corpus.quote(one.place)]) if one else Cell(NOTHING)

    cells = [(Cell(what), point(old), point(later)) for what, old, later in rows]
    view.table("Points for improvement", ("", short_name(before), short_name(after)), cells)
    for what, old, later in cells:
        text = (
            f"“{old.text}” → “{later.text}”"
            if what.text == "said again"
            else (f"“{old.text if old.citations else later.text}”")
        )
        view.say(text, (*old.citations, *later.citations), f"Points for improvement {what.text}")
    if not pairs:
        view.note("No point of the later list surely reads like one of the earlier.")
    if gone:
        view.note("“Gone” means only that the later list does not have the point.")
    return {
        "again": [
            {"from": a.text, "to": b.text, "citations": list(_numbers(view, corpus, a, b))}
            for a, b in pairs
        ],
        "new": [{"text": p.text, "citations": list(_numbers(view, corpus, p))} for p in new],
        "gone": [{"text": p.text, "citations": list(_numbers(view, corpus, p))} for p in gone],
    }


def _numbers(view: View, corpus: Corpus, *points: Improvement) -> tuple[int, ...]:
    return view.numbers([corpus.quote(one.place) for one in points])


def said_again(
    before: Sequence[Improvement], after: Sequence[Improvement], corpus: Corpus
) -> list[tuple[int, int]]:
    """Return pairs of indexes of points of which each answers the other, by the geometric mean of
    both readings, each used once, the surest first; each point is read once, with the other list
    as a whole.
    """
    if not before or not after:
        return []
    earlier, later = (corpus.identity(one[0].place.doc_id) for one in (before, after))
    old, new = [one.text for one in before], [one.text for one in after]
    there = [chances_among(corpus.reader, text, later, new) for text in old]
    back = [chances_among(corpus.reader, text, earlier, old) for text in new]
    sure = [
        (chance, n, m)
        for n in range(len(old))
        for m in range(len(new))
        if (chance := (there[n][m] * back[m][n]) ** 0.5) >= SAID_AGAIN
    ]
    pairs: list[tuple[int, int]] = []
    for _, first, second in sorted(sure, reverse=True):
        if all(first != other and second != another for other, another in pairs):
            pairs.append((first, second))
    return sorted(pairs)


def _caveats(before: Inspection, after: Inspection) -> list[str]:
    notes = []
    if before.framework is Framework.SIF and after.framework not in (Framework.SIF, None):
        notes.append(
            "The two were made under different frameworks: “leadership, management and "
            "governance” of the one is not “impact of leaders” of the other, and the others "
            "are judged by other criteria."
        )
    if before.judgement(OVERALL) and after.own and not after.judgement(OVERALL):
        notes.append("The later report gives no overall grade: none is given since April 2026.")
    if joint_of(before, "care_leavers") and after.judgement("care_leavers"):
        notes.append("The earlier inspection judged children in care and care leavers as one.")
    for one in (before, after):
        if not one.improvements:
            notes.append(f"No list of points of the {short_name(one)} is held.")
        notes += one.notes
    return notes
