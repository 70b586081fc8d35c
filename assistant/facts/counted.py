"""What was counted, as a table: every inspection or document that counts, with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.quoting import Quote
from assistant.facts.corpus import Corpus
from assistant.facts.grades import grade_words, known_how
from assistant.facts.naming import kind_name, time_of
from assistant.facts.view import NOTHING, Cell, View
from assistant.facts.visits import kind_proofs, proofs_of
from assistant.rendering.dates import day
from index.types import Identity, Inspection, InspectionJudgement

GRADED = ("authority", "inspection", "when", "grade", "quote")
TOLD = ("authority", "document", "date", "how it counts", "quote")
PRINTED = "The documents print such a count themselves"
_TITLE_CHARS = 160


@dataclass(frozen=True)
class Told:
    """What one document is counted for.

    Attributes:
        how: why it counts ("by name").
        proofs: its words, at least one quote.
    """

    how: str
    proofs: tuple[tuple[Identity, Quote], ...]


def table_of_grades(
    question: str,
    lead: str,
    given: Sequence[tuple[Inspection, InspectionJudgement]],
    printed: Sequence[tuple[Identity, Quote]],
    notes: Sequence[str],
    corpus: Corpus,
) -> View:
    """Return the grades that were counted, one a row, in their order.

    Args:
        question: what was counted.
        lead: how many of how many.
        printed: rows of tables that print such a count.
    """
    view = View(_title(question), lead=lead)
    _add(
        view,
        "Inspections counted",
        GRADED,
        [_graded(event, one, view, corpus) for event, one in given],
    )
    told = [_told(Told("in a table", (proof,)), view, corpus) for proof in printed]
    _add(view, PRINTED, TOLD, told)
    view.note(*notes)
    return view


def table_of_documents(
    question: str, lead: str, told: Sequence[Told], notes: Sequence[str], corpus: Corpus
) -> View:
    """Return the documents that were counted, one a row, in their order; arguments as in
    ``table_of_grades``.
    """
    view = View(_title(question), lead=lead)
    _add(view, "Documents counted", TOLD, [_told(one, view, corpus) for one in told])
    view.note(*notes)
    return view


def _add(view: View, title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Add a table, where it has rows."""
    if rows:
        view.table(title, columns, rows)


def _graded(
    event: Inspection, one: InspectionJudgement, view: View, corpus: Corpus
) -> tuple[Cell, ...]:
    source = corpus.identity(one.place.doc_id)
    proofs = corpus.proofs(source, [one.place.span])
    named = source.authority_name == event.authority
    return (
        view.cell(event.authority, _whose(source, corpus) if named else proofs_of(event, corpus)),
        view.cell(kind_name(event), kind_proofs(event, corpus)),
        view.cell(time_of(event), proofs_of(event, corpus)),
        view.cell(grade_words(one) + known_how(one), proofs),
        view.cell(_quoted(proofs), proofs),
    )


def _told(one: Told, view: View, corpus: Corpus) -> tuple[Cell, ...]:
    source = one.proofs[0][0]
    dated = source.published if source.dated_from == "published" else source.visit_end
    return (
        view.cell(source.authority_name or NOTHING, _whose(source, corpus)),
        view.cell(source.kind.value.value, corpus.proofs(source, [source.kind.span])[:1]),
        view.cell(
            day(source.dated) if source.dated else NOTHING,
            corpus.proofs(source, [dated.span])[:1] if dated else (),
        ),
        view.cell(one.how, one.proofs),
        view.cell(_quoted(one.proofs), one.proofs),
    )


def _whose(source: Identity, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return where a document names its authority."""
    return corpus.proofs(source, [source.authority.span])[:1] if source.authority else []


def _quoted(proofs: Sequence[tuple[Identity, Quote]]) -> str:
    return "; ".join(f"“{' '.join(quote.text.split())}”" for _, quote in proofs)


def _title(question: str) -> str:
    """Return a question as a title: on one line, and of a length that can be one."""
    line = " ".join(question.split())
    line = line[:1].upper() + line[1:]
    return line if len(line) <= _TITLE_CHARS else f"{line[:_TITLE_CHARS].rsplit(' ', 1)[0]} …"
