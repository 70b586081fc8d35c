"""Which documents name a matter, and which do not."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.quoting import Quote
from assistant.evidence.scanning import Scan
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import count, listed
from assistant.rendering.names import label
from assistant.types import Status
from index.store.lexical import terms
from index.types import Identity, Query

MOST_NAMED = 12
"""Documents that are named as those that name something, or do not."""


def named_in(
    subject: str, documents: Sequence[Identity], asked: bool, corpus: Corpus
) -> tuple[str, list[tuple[Identity, Quote]]]:
    """Say which documents do not name a matter, where these are the fewer; or, where that is asked,
    which do, with the first place in each.
    """
    scan = corpus.scanner.scan(subject, documents)
    held = [quoted for one in scan.holding if (quoted := naming_in(scan, one, corpus))]
    if without := not_named(scan, [one for one, _ in held], documents):
        return without, []
    if not asked or not 0 < len(held) <= MOST_NAMED:
        return "", []
    where = f"{len(held)} of {count(len(documents), 'document')}"
    named = f"Named ({', '.join(scan.forms)}) in {where}: {_labels([one for one, _ in held])}."
    return named, held


def not_named(scan: Scan, named: Sequence[Identity], documents: Sequence[Identity]) -> str:
    """Say which documents do not name a matter that others do; nothing where these are fewer."""
    without = [one for one in documents if one not in named]
    if not 0 < len(without) <= min(len(named), MOST_NAMED):
        return ""
    where = f"{len(without)} of {count(len(documents), 'document')}"
    return f"Not named ({', '.join(scan.forms)}) in {where}: {_labels(without)}."


def _labels(documents: Sequence[Identity]) -> str:
    return "; ".join(label(one) for one in documents)


def in_none(
    subject: str, documents: Sequence[Identity], query: Query, corpus: Corpus
) -> FactAnswer | None:
    """Answer that no document names it, where a word of it stands in none; None otherwise."""
    scans = {word: corpus.scanner.scan(word, documents) for word in subject.split() if terms(word)}
    lacking = [f"“{word}”" for word, scan in scans.items() if not scan.holding]
    if not lacking or not documents:
        return None
    lead = (
        f"None of the {count(len(documents), 'document')} held{at_times(query)} names this "
        f"({subject}): {listed(lacking)} {verb(len(lacking), 'stands', 'stand')} in none of them."
    )
    return FactAnswer(Status.NOT_STATED, Draft(), lead=lead)


def naming_in(scan: Scan, identity: Identity, corpus: Corpus) -> tuple[Identity, Quote] | None:
    """Return the first sentence that names what is counted; None where no single one does."""
    for passage in corpus.collection.passages_of(identity.doc_id):
        for sentence in passage.sentences:
            if sentence.quotable and scan.names(passage.text_of(sentence)):
                return identity, corpus.quoter(identity.doc_id).quote(sentence.start)
    return None


def at_times(query: Query) -> str:
    """Return the times that a question names, in brackets; nothing where it names none."""
    words = listed([mention.words for mention in query.periods])
    return f" ({words})" if words else ""


def verb(number: int, one: str, many: str) -> str:
    """Return the form of a verb for a number."""
    return one if number == 1 else many
