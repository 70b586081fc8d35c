"""What a whole letter says on a topic, read from end to end."""

from __future__ import annotations

from collections.abc import Callable

from assistant.evidence.quoting import Quote
from assistant.evidence.scanning import of_one
from assistant.facts.corpus import Corpus
from assistant.facts.reading import ANSWERS
from index.types import Hit, Identity

MOST_SAID = 3
AS_SURELY = 0.5
"""Share of the surest sentence's probability from which on another is said with it (the decision's
``shown``)."""


def said_on(
    topic: str, identity: Identity, corpus: Corpus, may_say: Callable[[str], bool] = lambda _: True
) -> list[tuple[Identity, Quote]]:
    """Return what a document says on a topic, the best first; empty only where nothing answers.

    Its lists of points are left out. Each quote comes with the neighbours that answer too, turn
    or explain it.

    Args:
        may_say: whether a passage, by its text, may speak of the topic.
    """
    every = corpus.collection.passages_of(identity.doc_id)
    passages = [passage for passage in every if may_say(passage.text)]
    hits = [Hit(passage, identity, 0.0, n) for n, passage in enumerate(passages, start=1)]
    points = {one.span.start for one in identity.improvements if one.span}
    quoter = corpus.quoter(identity.doc_id)
    found = [
        (chance, sentence.start)
        for reading in corpus.reader.read(of_one(topic), hits)
        for chance, sentence in zip(reading.answers, reading.hit.passage.sentences, strict=True)
        if chance >= ANSWERS and sentence.quotable and sentence.start not in points
    ]
    surest = max((chance for chance, _ in found), default=0.0)
    found = [one for one in found if one[0] >= AS_SURELY * surest]
    answering = frozenset(start for _, start in found)
    out: list[Quote] = []
    for _, start in sorted(found, key=lambda one: (-one[0], one[1])):
        if any(quote.start <= start < quote.end for quote in out):
            continue
        out.append(quoter.quote(start, answering))
        if len(out) == MOST_SAID:
            break
    return [(identity, quote) for quote in out]
