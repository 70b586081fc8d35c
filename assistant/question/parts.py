"""Take a question apart that asks for several things, each whole with what the others name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.question.placing import matter_without_times, placed_as_before, with_place
from assistant.question.resolved import Leans, Resolved, Understand
from index.types import Gap, Leaning, Query

APART = 0.8
"""Probability from which on a question falls apart at a gap (``evals/LOG.md`` #parts-2)."""
MOST = 3
"""Parts of a question that are answered one by one."""


def parts_of(text: str, gaps: Sequence[Gap], likely: float) -> tuple[str, ...]:
    """Return the words of each part of a question, in order; all of it where it asks for one.

    Args:
        likely: probability from which on it falls apart at a gap.
    """
    apart = [gap for gap in gaps if gap.apart >= likely][: MOST - 1]
    starts = [0, *(gap.end for gap in apart)]
    ends = [*(gap.start for gap in apart), len(text)]
    return tuple(text[start:end] for start, end in zip(starts, ends, strict=True))


def first_part(alone: Resolved, whole: Resolved, ended: bool) -> Resolved:
    """Return the first part with the places and times of all the question, where it names none.

    Args:
        ended: it is a sentence of its own: what times a later one names are not meant.
    """
    query = placed_as_before(alone.query, whole, ())
    if ended:
        own = alone.query
        query = replace(query, periods=own.periods, order=own.order, previous=own.previous)
    return _with(alone, query)


def next_part(
    text: str, before: Resolved, understand: Understand, leans: Leans, read: bool
) -> Resolved:
    """Make a later part whole with the one before: its places and times where it names none, and
    its matter where it needs that.

    Args:
        read: it asks for what the text says, and is read with all that stands before it.
    """
    query = understand(text)
    lends = read or needs(text, before, leans)
    lent = matter_without_times(before.query, query) if lends else ""
    asked = replace(
        query,
        question=f"{lent} {text}".strip(),
        topic=f"{lent} {query.topic}".strip(),
        subject=f"{lent} {query.subject}".strip(),
    )
    alone = Resolved(asked.question, asked, before.doc_ids, said=text if lent else "")
    return _with(alone, placed_as_before(query, before, ()))


def without_matter(text: str, part: Resolved, understand: Understand) -> Resolved:
    """Return a part at its places and times, without the matter of the one before."""
    query = understand(text)
    alone = Resolved(text, query, part.doc_ids)
    return _with(alone, part.query)


def _with(part: Resolved, placed: Query) -> Resolved:
    """Return a part at the places and times of ``placed``."""
    words = with_place(part.question, placed, part.query)
    query = replace(
        part.query,
        question=words,
        authorities=placed.authorities,
        periods=placed.periods,
        kinds=placed.kinds,
        order=placed.order,
        previous=placed.previous,
        number=placed.number,
    )
    return replace(part, question=words, query=query)


def needs(text: str, before: Resolved, leans: Leans) -> bool:
    """Return whether a part needs the matter of the one before it."""
    chances = leans(text, before.question)
    return max(chances, key=lambda leaning: chances[leaning]) in (Leaning.TOPIC, Leaning.ANSWER)
