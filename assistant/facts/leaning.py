"""Whether sentences tell of what works or of what does not: read, not matched."""

from __future__ import annotations

from assistant.facts.reading import LetterReader
from index.types import Passage, Telling

MARGIN = 0.5
"""By how much, in probability, a sentence tells of the one rather than of the other
(``evals/LOG.md`` #tellings-1)."""
_WEAK = (Telling.CONCERN, Telling.MIXED, Telling.POINT)


def leaning(passage: Passage, reader: LetterReader) -> tuple[float, ...]:
    """Return by how much each sentence of a passage tells of what works rather than of what does
    not, from -1 to 1; near 0 where it tells of neither.
    """
    texts = [passage.text_of(sentence) for sentence in passage.sentences]
    return tuple(
        chances[Telling.STRENGTH] - sum(chances[one] for one in _WEAK)
        for chances in reader.tells(passage.heading or "", texts)
    )
