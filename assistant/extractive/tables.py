"""Rows of tables: the row that a question names goes first, a twin table's row never.

The same words and figures stand in several tables of one report ("Inadequate | 22 | 21%"), so
a row answers only under the title that the question names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.figures import figure_asked
from assistant.extractive.grades import asks_nationally
from assistant.extractive.parts import parts_of
from index.store.lexical import terms
from index.types import Evidence
from index.understanding.glossary import glossary
from index.understanding.plain import in_inspectors_words

BESIDE = 1
"""Sentences that a row is shown with: what the table counts."""
_PLACES = re.compile(
    r"\b(?:councils|authorities|las|places|boards|lscbs|table|inspections|areas)\b", re.IGNORECASE
)
_BETWEEN = " · "
"""Between a table's title and its columns in a row's heading."""
_GENERAL = frozenset(
    terms("the experiences and progress of who need children performance effectiveness judgement")
)
_WHOLE = frozenset(terms("overall"))


def rows_first(question: str, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Evidence with the rows that the question names first, and no row of a twin table.

    Left as it is where no number of places and no national grade is asked for, or where no
    row's own words and table's title are both named.
    """
    counted = figure_asked(question) and _PLACES.search(question)
    if not (counted or asks_nationally(question)):
        return evidence
    said = _stems(question)
    named = [item for item in evidence if _is_row(item) and _label(item) <= said and _label(item)]
    title = _title(named, said)
    if not title:
        return evidence
    asked = [item for item in named if _title_of(item) == title]
    first = [replace(item, score=evidence[0].score) for item in asked]
    prose = [item for item in evidence if not _is_row(item)]
    return [*first, *(prose if len(parts_of(question)) > 1 else prose[:BESIDE])]


def _title(rows: Sequence[Evidence], said: frozenset[str]) -> str | None:
    """The one title that the question names best; the overall table's where it names none."""
    shares = {_title_of(row): _share(_title_of(row), said) for row in rows}
    best = max(shares.values(), default=0.0)
    titles = [title for title, share in shares.items() if share == best]
    if best == 0.0:
        titles = [title for title in titles if _WHOLE & set(terms(title))]
    return titles[0] if len(titles) == 1 else None


def _share(title: str, said: frozenset[str]) -> float:
    own = frozenset(terms(title)) - _GENERAL
    return len(own & said) / len(own) if own else 0.0


def _stems(question: str) -> frozenset[str]:
    """Stems of the question and of the other names of what it names."""
    said = in_inspectors_words(question)
    forms = [form for e in glossary().same(said) for form in (*e.asked, *e.written)]
    return frozenset(stem for text in (question, said, *forms) for stem in terms(text))


def _is_row(item: Evidence) -> bool:
    return "\t" in item.text and _BETWEEN in item.sentence.heading


def _label(item: Evidence) -> frozenset[str]:
    return frozenset(terms(item.text.split("\t")[0]))


def _title_of(item: Evidence) -> str:
    return item.sentence.heading.split(_BETWEEN)[0]
