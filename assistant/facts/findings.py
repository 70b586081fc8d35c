"""What a letter says is strong, and what is weak: what tells it best of each paragraph."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from assistant.facts.corpus import Corpus
from assistant.facts.leaning import MARGIN, leaning
from index.types import Block, BlockKind, Document

ONE_SIDED = 2.5
"""Sum of margins from which on a paragraph of one side is summed up by the sentence that opens it,
though that may be read as neither ("Weaknesses in the MASH are significant, widespread …";
``evals/LOG.md`` #by-hand-2)."""
Leans = Mapping[int, tuple[int, float]]
"""Of each sentence, by where it begins: its paragraph, and by how much it tells of what works."""


def after_headline(document: Document, headline: Sequence[Block]) -> list[Block]:
    """Return the paragraphs that follow the headline and the lists, which are said elsewhere."""
    after = max((one.span.end for one in document.sections), default=0)
    after = max((after, *(one.end for one in headline)))
    prose = (one for one in document.blocks if one.kind is BlockKind.PARAGRAPH)
    return [one for one in prose if one.start >= after]


def findings(
    document: Document, within: Sequence[Block], corpus: Corpus
) -> tuple[list[int], list[int]]:
    """Return where the strengths and the concerns of some paragraphs begin, each of another
    paragraph, the weightiest first.
    """
    starts = {one.start for one in within}
    after, end = min(starts, default=0), max((one.end for one in within), default=0)
    every = corpus.collection.passages_of(document.doc_id)
    passages = [passage for passage in every if passage.end > after and passage.start < end]
    leans = {
        sentence.start: (sentence.block, margin)
        for passage in passages
        for sentence, margin in zip(passage.sentences, leaning(passage, corpus.reader), strict=True)
        if sentence.quotable and document.blocks[sentence.block].start in starts
    }
    opens = {document.blocks[block].start for block, _ in leans.values()}
    return _weightiest(leans, 1, opens), _weightiest(leans, -1, opens)


def _weightiest(leans: Leans, sign: int, opens: Container[int]) -> list[int]:
    """Return where the sentences begin that tell one side best, one of each paragraph: those that
    open one, and so can be read alone, before all others, and what most of a paragraph is about
    before what one sentence of it says.
    """
    weights, against = _weights(leans, sign), _weights(leans, -sign)
    best: dict[int, int] = {}
    for at in sorted(leans, key=lambda at: (at not in opens, -sign * leans[at][1])):
        block, margin = leans[at]
        one_sided = block not in against and weights.get(block, 0.0) >= ONE_SIDED
        if sign * margin >= MARGIN or (at in opens and one_sided and sign * margin >= 0):
            best.setdefault(block, at)
    return sorted(best.values(), key=lambda at: (at not in opens, -weights[leans[at][0]]))


def _weights(leans: Leans, sign: int) -> dict[int, float]:
    """Return by how much, in all, the sentences of each paragraph lean to one side that do."""
    weights: dict[int, float] = {}
    for block, margin in leans.values():
        if sign * margin >= MARGIN:
            weights[block] = weights.get(block, 0.0) + sign * margin
    return weights
