"""What a letter says is strong, and what is weak: each paragraph's surest sentence."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from assistant.facts.corpus import Corpus
from assistant.facts.leaning import MARGIN, leaning
from index.types import Block, BlockKind, Document


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
    paragraph, the surest first.
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
    return _surest(leans, 1, opens), _surest(leans, -1, opens)


def _surest(leans: Mapping[int, tuple[int, float]], sign: int, opens: Container[int]) -> list[int]:
    """Return where the sentences begin that lean to one side, one of each paragraph, the surest
    first: those that open a paragraph, and so can be read alone, before all others.
    """
    ranked = sorted(leans, key=lambda at: (at not in opens, -sign * leans[at][1]))
    chosen: dict[int, int] = {}
    for at in ranked:
        block, margin = leans[at]
        if sign * margin >= MARGIN:
            chosen.setdefault(block, at)
    return list(chosen.values())
