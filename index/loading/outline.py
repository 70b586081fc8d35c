"""Gives each paragraph the headings above it, and list items the sentence that leads in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.loading.characters import number_style
from index.loading.paras import Cell, Para, Role
from index.types import BlockKind

_LAST_SENTENCE = re.compile(r"(?:^|[.!?]['’\"”)]*\s)(?=[A-Z‘“\"'0-9])")


@dataclass
class _Outline:
    """The headings in force while walking down a document."""

    stack: list[tuple[int, str]] = field(default_factory=list)
    title: str | None = None
    columns: tuple[Cell, ...] = ()
    outer_lead: str | None = None
    lead: str | None = None
    lead_level: int = 0
    lead_marker: str | None = None

    def table(self) -> tuple[str, ...]:
        """Return title and column headings of the table here, where it has them."""
        names = " | ".join(cell.text for cell in self.columns if cell.text)
        return tuple(head for head in (self.title, names) if head)

    def columns_of(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """Return the column headings, one a column; none where the row has more or fewer cells."""
        names = tuple(cell.text for cell in self.columns for _ in range(cell.width))
        return names if len(names) == sum(cell.width for cell in cells) else ()

    def end_table(self) -> None:
        """Forget the table."""
        self.title, self.columns = None, ()

    def leads(self) -> tuple[str, ...]:
        """Return the sentences that lead in to the list here, outermost first."""
        return tuple(lead for lead in (self.outer_lead, self.lead) if lead)

    def start_list(self, lead: str | None) -> None:
        """Begin a list at its first level, ``lead`` being what introduces it."""
        self.outer_lead, self.lead, self.lead_level, self.lead_marker = None, lead, 0, None

    def names(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.stack)

    def push(self, level: int, name: str) -> None:
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, name))
        self.end_table()
        self.start_list(None)

    def clear(self) -> None:
        """Forget all headings: a letter's signature ends its last part."""
        self.stack.clear()
        self.end_table()
        self.start_list(None)


def outline(paras: Sequence[Para]) -> list[Para]:
    """Fill ``heading`` of every paragraph, and ``level`` of list items."""
    state = _Outline()
    done: list[Para] = []
    for index, para in enumerate(paras):
        after = paras[index + 1] if index + 1 < len(paras) else None
        done.append(_place(state, para, after))
    return done


def _place(state: _Outline, para: Para, after: Para | None) -> Para:
    if para.kind is BlockKind.FURNITURE:
        state.clear()
        return para
    if para.kind is BlockKind.FOOTNOTE:
        return para
    if para.role in (Role.TITLE_ROW, Role.COLUMN_ROW):
        return _place_table_head(state, para)
    if para.kind is BlockKind.HEADING or para.role is Role.SUBJECT:
        state.push(para.level, para.text)
        return replace(para, heading=state.names()[:-1], level=_own_level(para))
    if para.kind is BlockKind.ROW:
        return replace(
            para,
            heading=(*state.names(), *state.table(), *para.heading),
            table_title=state.title,
            columns=state.columns_of(para.cells),
        )
    state.end_table()
    if para.kind is BlockKind.ITEM:
        return _place_item(state, para, after)
    state.start_list(lead_in(para.text) if _leads_in(para, after) else None)
    return replace(para, heading=state.names())


def _own_level(para: Para) -> int:
    return para.level if para.kind is BlockKind.HEADING else 0


def _place_table_head(state: _Outline, para: Para) -> Para:
    """Place the head of a table: a title opens it; its column row follows."""
    if para.role is Role.TITLE_ROW or state.columns:
        state.end_table()
    heading = (*state.names(), *state.table())
    if para.role is Role.TITLE_ROW:
        state.title = para.text
    else:
        state.columns = para.cells
    state.start_list(None)
    return replace(para, heading=heading, level=len(heading) + 1)


def _place_item(state: _Outline, para: Para, after: Para | None) -> Para:
    marker = number_style(para.number) if para.number else para.marker
    if state.lead_level and state.lead_marker not in (None, marker):
        state.start_list(state.outer_lead)
    if state.lead_level and state.lead_marker is None:
        state.lead_marker = marker
    level = max(para.level, 1)
    if not _leads_in(para, after):
        heading = (*state.names(), *state.leads())
        return replace(para, heading=heading, level=max(level, state.lead_level + 1))
    outer = state.outer_lead if state.lead_level else state.lead
    state.start_list(lead_in(para.text))
    state.outer_lead, state.lead_level = outer, 1
    heading = (*state.names(), *((outer,) if outer else ()))
    return replace(para, heading=heading, level=level)


def _leads_in(para: Para, after: Para | None) -> bool:
    return after is not None and after.kind is BlockKind.ITEM and para.text.endswith((":", ":-"))


def lead_in(text: str) -> str:
    """Return the last sentence of a paragraph that introduces a list."""
    starts = [match.end() for match in _LAST_SENTENCE.finditer(text)]
    return text[starts[-1] :] if starts else text
