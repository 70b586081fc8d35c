"""What a whole letter says on a topic, read from end to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.evidence.quoting import Quote
from assistant.evidence.scanning import of_one
from assistant.facts.corpus import Corpus
from assistant.facts.leaning import both_sides
from assistant.facts.mentions import MANY, NAMED_BY
from assistant.facts.points import SURELY_ON, is_on
from assistant.facts.reading import ANSWERS
from assistant.rendering.grammar import count, listed
from index.types import Hit, Identity, Inspection

MOST_SAID = 3
AS_SURELY = 0.5
"""Share of the surest sentence's probability from which on another is said with it (the decision's
``shown``)."""

_SIDES = {
    (True, False): "what works",
    (False, True): "what does not",
    (True, True): "what works and what does not",
    (False, False): "neither praise nor criticism",
}
_SILENT = "nothing on this"


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


def said_by_each(
    topic: str, meant: Mapping[str, Inspection | None], corpus: Corpus
) -> dict[str, list[tuple[Identity, Quote]]]:
    """Return what the letter of each place's inspection says on a topic, by place; nothing where
    it says nothing, or none is held.
    """
    may_say = _naming(topic, meant, corpus)
    return {name: _said(topic, event, corpus, may_say) for name, event in meant.items()}


def _said(
    topic: str, event: Inspection | None, corpus: Corpus, may_say: Callable[[str], bool]
) -> list[tuple[Identity, Quote]]:
    """Return what the letter of an inspection says on a topic; empty where it says nothing."""
    if event is None or not event.documents:
        return []
    letter = corpus.identity(event.documents[0])

    def on_it(quoted: tuple[Identity, Quote]) -> bool:
        text = quoted[1].text
        return may_say(text) or is_on(topic, text, letter, corpus, SURELY_ON)

    named = said_on(topic, letter, corpus, may_say)
    # What names it nowhere may say it in other words, where both readers agree.
    return [*filter(on_it, named)] or named[:1] or [*filter(on_it, said_on(topic, letter, corpus))]


def summed_up(on: Mapping[str, Sequence[tuple[Identity, Quote]]], corpus: Corpus) -> str:
    """Say which letters tell of what works, which of what does not, and which say nothing, by the
    first that is quoted of each and tells of either: what follows may be on more than the topic.
    """
    told: dict[str, list[str]] = {}
    for name, found in on.items():
        sides = (both_sides([quote], corpus.reader) for _, quote in found)
        side = _SIDES[next(filter(any, sides), (False, False))] if found else _SILENT
        told.setdefault(side, []).append(name)
    order = (*_SIDES.values(), _SILENT)
    said = [f"{side}: {listed(told[side])}" for side in order if side in told]
    number = sum(1 for found in on.values() if found)
    return (
        f"{number} of the {count(len(on), 'letter')} {'says' if number == 1 else 'say'} something "
        f"on this. By what is quoted – {'; '.join(said)}."
    )


def _naming(
    topic: str, meant: Mapping[str, Inspection | None], corpus: Corpus
) -> Callable[[str], bool]:
    """Return which passages surely may speak of a topic: those that hold it, or, of letters that
    are not few, words of it that stand together, in so many of the letters that they are the name
    of a matter ("young carers", whom foster carers are not); else all.
    """
    letters = [corpus.identity(one.documents[0]) for one in meant.values() if one and one.documents]
    words, many = topic.split(), len(letters) >= MANY
    runs = [
        " ".join(words[at : at + n])
        for n in range(len(words) - 1, 1, -1)
        for at in range(len(words) - n + 1)
    ]
    for name in [topic, *runs] if many else [topic] if len(words) > 1 else []:
        scan = corpus.scanner.scan(name, letters)
        if len(scan.holding) > NAMED_BY * len(letters):
            return scan.names
    return lambda _: True
