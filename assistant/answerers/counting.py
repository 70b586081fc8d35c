"""What a question counts as a table, and the question by which that table is found again."""

from __future__ import annotations

from assistant.answerers.decide import Thresholds
from assistant.answerers.typed import intents_of, typed
from assistant.facts import Corpus, FactAnswer, facts_wanted
from assistant.facts.view import View
from assistant.question.readable import readable
from assistant.question.resolved import Resolved
from assistant.types import Ask
from index.errors import NotFound
from index.ports import Reader
from index.query.judgements import grades_named, judgements_named
from index.query.understand import MAX_QUESTION
from index.retrieval.retriever import HybridRetriever
from index.store.lexical import terms
from index.types import Intent, Query

_COUNTS_NOTHING = (
    "“{question}” could not be counted: ask how many authorities, or which, were given a grade, "
    "or which documents mention something; it may also be that no document held speaks of it"
)
_SHOWN_CHARS = 160


class Counting:
    """Finds the tables of questions that count.

    Args:
        retriever: tells what a question names.
        corpus: what is counted over.
        reader: tells what a question wants.
        limit: from when on that is likely, or all but sure.
    """

    def __init__(
        self, retriever: HybridRetriever, corpus: Corpus, reader: Reader, limit: Thresholds
    ) -> None:
        self._retriever = retriever
        self._corpus = corpus
        self._reader = reader
        self._limit = limit

    def table(self, ask: Ask) -> View:
        """Return the table of what a question, which is read alone, counts.

        Raises:
            NotFound: it counts nothing.
        """
        question = readable(ask.question)
        query = self._retriever.understood(question, ask.k, ask.filters)
        facts = typed(Resolved(question, query), self._corpus, self._reader, self._limit).facts
        if facts is None or facts.counted is None:
            line = " ".join(question.split())
            shown = line if len(line) <= _SHOWN_CHARS else f"{line[:_SHOWN_CHARS]} …"
            raise NotFound(_COUNTS_NOTHING.format(question=shown))
        return facts.counted()

    def question(self, facts: FactAnswer, resolved: Resolved) -> str:
        """Return the question that was counted, written so that it reads alone; empty where
        nothing was, where it is too long, or where its words alone do not say all that it took
        from the turns before.
        """
        if facts.counted is None or len(resolved.question) > MAX_QUESTION:
            return ""
        query, question = resolved.query, resolved.question
        alone = self._retriever.understood(question, query.k, query.filters)
        intents = intents_of(Resolved(question, alone), self._reader, self._limit)
        counts = Intent.COUNT in facts_wanted(intents)
        return question if counts and _counted_by(alone) == _counted_by(query) else ""


def _counted_by(query: Query) -> tuple[object, ...]:
    """Return what a count is made by: what a query names, whichever words did, and its matter."""
    times = {term for mention in query.periods for term in terms(mention.words)}
    return (
        {mention.value for mention in query.authorities},
        {mention.value for mention in query.periods},
        {mention.value for mention in query.kinds},
        {mention.value for mention in query.people},
        (query.order, query.previous, query.number),
        (set(grades_named(query.topic)), set(judgements_named(query.topic))),
        set(terms(query.subject)) - times,
    )
