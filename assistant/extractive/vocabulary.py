"""What a question names that the documents it is about do not hold: told from words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from index.store.collection import Collection
from index.store.lexical import STOP_WORDS, terms
from index.types import Query
from index.understanding.glossary import glossary

_NAME = re.compile(r"\b[A-Z][\w'’-]*(?:\s+(?:of|and|the|for|to)\s+[A-Z][\w'’-]*|\s+[A-Z][\w'’-]*)*")
_PLAIN = re.compile(r"[a-z0-9]+")
_ACRONYM = re.compile(r"\b[A-Z]{2,}[a-z]?\b")
_MEASURES = frozenset(terms("year old olds month week day hour time age aged number half third"))
"""Words of an age or a length of time, which everyone writes in another way."""
_COMMON_NAMES = frozenset(
    [
        "ofsted",
        "i",
        "la",
        "las",
        "lea",
        "inspector",
        "inspection",
        "dfe",
        "england",
        "english",
        "uk",
        "covid",
        "sif",
        "ilacs",
        "report",
        "letter",
        "director",
        "council",
        "children",
        "local",
        "authority",
        "please",
    ]
)


class Vocabulary:
    """The words of sets of documents."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._of = lru_cache(maxsize=512)(self._read)

    def text(self, doc_ids: Iterable[str]) -> str:
        """Their texts in lower case, quote marks folded."""
        return "\n".join(self._of(doc_id)[1] for doc_id in doc_ids)

    def missing_names(self, query: Query, doc_ids: Iterable[str]) -> tuple[str, ...]:
        """Proper names of the question that these documents never write.

        A name counts when a capital stands inside the question, not at its beginning, and is
        not a place already understood nor a term that the glossary explains.
        """
        ids = list(doc_ids)
        text = self.text(ids)
        missing = []
        for name in proper_names(query):
            if not _written(name, text) and not self._explained(name, text):
                missing.append(name)
        return tuple(missing)

    def missing_terms(self, query: Query, doc_ids: Iterable[str]) -> tuple[str, ...]:
        """Terms of the trade of which these documents write no form at all."""
        have = "".join(self._of(doc_id)[0] for doc_id in doc_ids)
        missing = []
        for entry in glossary().same(query.subject):
            forms = (*entry.asked, *entry.written)
            if not any(f" {' '.join(terms(form))} " in have for form in forms if terms(form)):
                missing.append(entry.written[0])
        return tuple(missing)

    def missing_phrases(
        self, query: Query, doc_ids: Iterable[str], others: Iterable[str]
    ) -> tuple[str, ...]:
        """Phrases of the question that other documents held write and these never do.

        Two neighbouring words that stand together in another document are a term of the
        trade ("asylum-seeking children"), not the asker's own way of putting things.
        """
        here = list(doc_ids)
        elsewhere = [doc_id for doc_id in others if doc_id not in here]
        have = "".join(self._of(doc_id)[0] for doc_id in here)
        told = "".join(self._of(doc_id)[0] for doc_id in elsewhere)
        words = _PLAIN.findall(query.topic.lower())
        pairs = pairwise(words)
        missing = []
        for first, second in pairs:
            stems = [*terms(first), *terms(second)]
            telling = len(stems) == 2 and not _MEASURES & set(stems)
            absent = telling and all(f" {stem} " not in have for stem in stems)
            if absent and f" {stems[0]} {stems[1]} " in told and not self._synonym(first, second):
                missing.append(f"{first} {second}")
        return tuple(missing)

    def _synonym(self, *words: str) -> bool:
        return bool(glossary().same(" ".join(words)))

    def _explained(self, name: str, text: str) -> bool:
        return any(
            _written(form, text)
            for entry in glossary().same(name)
            for form in (*entry.written, *entry.asked)
        )

    def _read(self, doc_id: str) -> tuple[str, str]:
        text = self._collection.document(doc_id).text
        folded = " ".join(text.replace("’", "'").replace("‘", "'").lower().split())
        return f" {' '.join(terms(text))} ", folded


def proper_names(query: Query) -> tuple[str, ...]:
    """Names and acronyms that the question writes with capitals, places understood left out."""
    text = " ".join(query.topic.replace("’", "'").split())
    if text.isupper():
        return ()
    found = []
    for match in (*_NAME.finditer(text), *_ACRONYM.finditer(text)):
        if "&" in text[max(0, match.start() - 1) : match.end() + 1]:
            continue
        name = re.sub(r"'(?:s|ve|m|d|ll|re)\b", "", match.group())
        words = [word for word in name.split() if word.lower() not in STOP_WORDS]
        at_start = match.start() == 0 or text[: match.start()].rstrip()[-1:] in ".?!:"
        if at_start and not name.isupper():
            words = words[1:] if len(words) > 1 and words[0].lower() in _QUESTION_WORDS else words
            if len(words) < 2:
                continue
        name = " ".join(words)
        short = len(name) < 3 and name.isupper()
        if name and not short and not all(word.lower() in _COMMON_NAMES for word in words):
            found.append(name)
    understood = {m.words.lower() for m in (*query.authorities, *query.people, *query.periods)}
    months = "january february march april may june july august september october november december"
    return tuple(
        name
        for name in dict.fromkeys(found)
        if name.lower() not in understood and name.lower() not in months and len(name) > 1
    )


_QUESTION_WORDS = frozenset(
    [
        "what",
        "when",
        "where",
        "who",
        "why",
        "how",
        "which",
        "does",
        "do",
        "did",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "can",
        "could",
        "should",
        "would",
        "will",
        "any",
        "anything",
        "tell",
        "compare",
        "list",
        "name",
        "give",
        "show",
        "find",
        "whose",
        "in",
        "on",
        "at",
    ]
)


def _written(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name.lower())}(?:s|'s)?\b", text) is not None
