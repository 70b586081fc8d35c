"""Whether sentences tell of what works or of what does not, and which of it a question asks for:
read, not matched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.evidence.quoting import Quote
from assistant.facts.reading import LetterReader
from index.passages.sentences import split
from index.types import Passage, Slant, Telling

MARGIN = 0.5
"""By how much, in probability, a sentence tells of the one rather than of the other
(``evals/LOG.md`` #tellings-1)."""
LIKELY = 0.6
"""Probability from which on a question asks for one side."""
_WEAK = (Telling.CONCERN, Telling.MIXED, Telling.POINT)


def slant_of(question: str, reader: LetterReader, likely: float = LIKELY) -> Slant:
    """Return the side of its matter that a question asks for.

    Args:
        likely: from when on it does.
    """
    chances = reader.slant(question)
    sides = (Slant.WEAK, Slant.STRONG)
    return next((one for one in sides if chances[one] >= likely), Slant.ANY)


def leaning(passage: Passage, reader: LetterReader) -> tuple[float, ...]:
    """Return by how much each sentence of a passage tells of what works rather than of what does
    not, from -1 to 1; near 0 where it tells of neither.
    """
    texts = [passage.text_of(sentence) for sentence in passage.sentences]
    return _leaning(passage.heading, texts, reader)


def both_sides(quotes: Iterable[Quote], reader: LetterReader) -> tuple[bool, bool]:
    """Return whether any sentence of some quotes tells of what works, and any of what does not."""
    leans = [
        one
        for quote in quotes
        for one in _leaning(quote.heading, [quote.text[a:b] for a, b in split(quote.text)], reader)
    ]
    return max(leans, default=0.0) >= MARGIN, min(leans, default=0.0) <= -MARGIN


def _leaning(heading: str, texts: Sequence[str], reader: LetterReader) -> tuple[float, ...]:
    return tuple(
        chances[Telling.STRENGTH] - sum(chances[one] for one in _WEAK)
        for chances in reader.tells(heading or "", texts)
    )
