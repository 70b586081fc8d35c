"""Keep what tells of the side that a question asks for: of what is weak, or of what is strong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.evidence.reader import Look
from assistant.facts.leaning import MARGIN, leaning
from assistant.facts.reading import LetterReader
from index.types import Evidence, Passage, Slant

AWAY = 0.5
"""By how much a sentence tells of the other side, from which on it is left out."""


def slanted(
    found: Look, slant: Slant, reader: LetterReader, least: float, only: bool = False
) -> Look:
    """Return a look without the sentences that tell of the other side than ``slant``.

    Args:
        least: probability from which on a sentence may be quoted, or half the surest one's where
            that is less; the others stay unread.
        only: without those of neither side either, where any tells of the one.
    """
    if slant is Slant.ANY:
        return found
    sign = 1 if slant is Slant.STRONG else -1
    least = min(least, max((one.score for one in found.evidence), default=0.0) / 2)
    read = _leanings([one for one in found.evidence if one.score >= least], reader)
    leans = [(one, sign * read.get(_place(one), 0.0)) for one in found.evidence]
    left = tuple(one for one, lean in leans if only and lean >= MARGIN)
    left = left or tuple(one for one, lean in leans if lean > -AWAY)
    return replace(found, evidence=left) if left else found


def _leanings(
    evidence: Sequence[Evidence], reader: LetterReader
) -> Mapping[tuple[str, int], float]:
    passages: dict[str, Passage] = {one.passage.passage_id: one.passage for one in evidence}
    return {
        (passage.doc_id, sentence.start): leans
        for passage in passages.values()
        for sentence, leans in zip(passage.sentences, leaning(passage, reader), strict=True)
    }


def _place(one: Evidence) -> tuple[str, int]:
    return one.identity.doc_id, one.sentence.start
