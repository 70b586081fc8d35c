"""A timeline, a comparison, what changed, a brief or a count: tables whose every cell is cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.evidence.quoting import Quote
from assistant.rendering.draft import Draft
from assistant.rendering.wording import BY_HAND
from assistant.schema import citation_record
from assistant.types import AnswerSentence, Role
from index.types import Identity

RECALLED = (
    "“Recalled” means that a later document tells of the grade; the report that gave it is not "
    "held here."
)
CORRECTED = (
    f"“{BY_HAND.capitalize()}” means that a person gave the grade, since what was read of the "
    "report was wrong or lacking; the number leads to where the report speaks of it."
)
NOTHING = "—"
"""What a cell holds where there is nothing to say; never where something was not looked for."""


@dataclass(frozen=True)
class Cell:
    """One cell, with the numbers of the citations that it rests on."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows under columns; every row has a cell a column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def record(self) -> dict[str, Any]:
        """Return the table as JSON."""
        return {
            "title": self.title,
            "columns": list(self.columns),
            "rows": [
                [{"text": cell.text, "citations": list(cell.citations)} for cell in row]
                for row in self.rows
            ],
        }


@dataclass
class View:
    """What a command shows and chat says, from one object.

    Attributes:
        title: one line.
        lead: what is said under it, before all else; empty for nothing.
        details: the fields that this kind of view has beside tables, as JSON values.
        draft: the sentences of the chat's answer; its citations are the tables' too.
        notes: one sentence each.
    """

    title: str
    lead: str = ""
    draft: Draft = field(default_factory=Draft)
    details: dict[str, Any] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def cell(self, text: str, proofs: Iterable[tuple[Identity, Quote]] = ()) -> Cell:
        """Return a cell that rests on these places; how a grade is known is explained in a note."""
        if "recalled)" in text:
            self.note(RECALLED)
        if f"{BY_HAND})" in text:
            self.note(CORRECTED)
        return Cell(text, self.numbers(proofs))

    def numbers(self, proofs: Iterable[tuple[Identity, Quote]]) -> tuple[int, ...]:
        """Return the numbers of the citations for these places."""
        return tuple(dict.fromkeys(self.draft.cite(*proof) for proof in proofs))

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Add a table."""
        self.tables.append(Table(title, tuple(columns), tuple(tuple(row) for row in rows)))

    def say(
        self, text: str, citations: tuple[int, ...], group: str | None = None, more: bool = False
    ) -> None:
        """Add a line of the chat's answer; one without citations only leads on.

        Args:
            more: it is folded away until asked for.
        """
        role = Role.ANSWER if citations else Role.FRAME
        self.draft.sentences.append(AnswerSentence(text, role, citations, group=group, more=more))

    def note(self, *notes: str) -> None:
        """Add notes, each once."""
        self.notes += [note for note in notes if note not in self.notes]

    @property
    def wide(self) -> list[Table]:
        """The tables that show more than the sentences do, which are then not needed."""
        return [table for table in self.tables if len(table.columns) > 2]

    def record(self) -> Mapping[str, Any]:
        """Return the object that every edge returns."""
        return {
            "title": self.title,
            **self.details,
            "tables": [table.record() for table in self.tables],
            "citations": [citation_record(one) for one in self.draft.citations],
            "notes": self.notes,
        }
