"""What is shown with a refusal: the passages nearest to an answer, each from its nearest sentence.

The reader ranks them, as it ranks answers; a passage that names what the question asks for by a
name comes before all others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.evidence.quoting import Quoter
from assistant.evidence.scanning import stems
from index.types import Hit, Reading

NEAREST = 3
"""Passages shown with a refusal."""


def nearest(
    readings: Sequence[Reading],
    quoter: Callable[[str], Quoter],
    name: str = "",
    most: int = NEAREST,
) -> tuple[Hit, ...]:
    """Return the nearest passages, the nearest first, each from the sentence that is nearest on.

    Args:
        readings: of the passages that were read.
        quoter: quotes from a document, by its id.
        name: what the question asks for by a name that documents write; empty for none.
        most: passages returned.
    """
    found = [(*_nearest_sentence(reading, name), reading.hit) for reading in readings]
    found.sort(key=lambda one: (-one[0], one[2].rank))
    return tuple(_from(hit, -before, quoter) for _, before, hit in found[:most])


def _nearest_sentence(reading: Reading, name: str) -> tuple[float, int]:
    """Return how near a passage comes, above 1 where it holds the name, and by which of its
    sentences, the first of equals.
    """
    passage = reading.hit.passage
    wanted = stems(name) if name else ""
    return max(
        (
            (chance + bool(wanted and wanted in stems(passage.text_of(one))), -n)
            for n, (one, chance) in enumerate(zip(passage.sentences, reading.answers, strict=True))
        ),
        default=(0.0, 0),
    )


def _from(hit: Hit, at: int, quoter: Callable[[str], Quoter]) -> Hit:
    """Return a hit from one of its sentences on."""
    passage, sentences = hit.passage, hit.passage.sentences[at:]
    if not at or not sentences:
        return hit
    quote = quoter(passage.doc_id).span(sentences[0].start, passage.end)
    shown = replace(
        passage,
        start=quote.start,
        text=quote.text,
        heading=quote.heading,
        page=quote.page,
        paragraph=quote.paragraph,
        sentences=sentences,
    )
    return replace(hit, passage=shown)
