"""Which documents speak of something: a scan of everything held, never of the best few."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.evidence.verbatim import fold
from index.query.abbreviations import with_both_forms
from index.query.glossary import glossary
from index.query.plain import reworded
from index.store.collection import Collection
from index.store.lexical import terms
from index.types import Identity, Issuer, Mention

QUOTED = re.compile(r"""(["'])(?P<words>[^"']+)\1""")
"""Words in quotation marks, folded: these very words are meant."""
MOST_WORDS = 4
"""Words of a subject that tell something; more are the asker's own way of putting it."""
MOST_ASKING = 2
"""Words beside these with which a search may ask ("what did inspectors say about …?")."""
MOST_FORMS = 6
"""Names searched for, the question's own first: all of them are shown to the reader."""
NAME_WITHIN, MOST_OF_NAME = 40, 6
"""Words of a question, at its end, in which a name is looked for, and words of a name."""
SURVEYED = 8
"""Documents that a survey of what holds a subject quotes from at most."""


def stems(text: str) -> str:
    """Return the stems of a text's words, so that a phrase stands in it where its own stems do."""
    return f" {' '.join(terms(text))} "


def of_one(subject: str) -> str:
    """Return a question of several as it is asked of each alone: a passage of one says nothing of
    the others (``evals/LOG.md`` #surveys-2).

    Args:
        subject: the question without the places and times that it names.
    """
    return f"What did inspectors say about {subject.rstrip(' ?.')}?"


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found.

    Attributes:
        forms: what was searched for, the question's own words first.
        searched: number of documents searched.
        holding: those that hold one of the forms, in the order given.
        literal: the very words are asked for, in quotation marks.
    """

    forms: tuple[str, ...]
    searched: int
    holding: tuple[Identity, ...]
    literal: bool = False

    def names(self, text: str) -> bool:
        """Whether a text holds one of the forms."""
        held = stems(text)
        return any(stems(form) in held for form in self.forms)

    def sentence(self) -> str:
        """What was counted, with the terms and the denominator."""
        count = len(self.holding)
        if self.searched == 1:
            told = "The document held does" if count else "The document held does not"
            return f"{told} mention {self.forms[0]}."
        many = "All" if count == self.searched else ("None" if not count else f"{count}")
        of = f"{self.searched} documents" if many == "All" else f"of the {self.searched} documents"
        verb = "mentions" if count == 1 else "mention"
        return (
            f"{many} {of} held {verb} {self.forms[0]} (searched for: {', '.join(self.forms)})."
            + (_issuers(self.holding) if count > 1 else "")
        )


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a short search.

    Attributes:
        words: those that tell something.
        unwritten: those of them that no document asked writes.
    """

    words: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()

    @property
    def written(self) -> float:
        """The share of the words that some document asked writes."""
        return 1 - len(self.unwritten) / len(self.words) if self.words else 1.0


class Scanner:
    """Scans the documents of a collection, comparing stems of words."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._stems = lru_cache(maxsize=2048)(self._read)

    def scan(self, subject: str, documents: Sequence[Identity]) -> Scan:
        """Look for ``subject`` and what the glossary gives for it; for a subject in quotation
        marks alone.
        """
        quoted = QUOTED.fullmatch(fold(subject))
        forms = (quoted["words"],) if quoted else _forms(subject)
        wanted = [stems(form) for form in forms if terms(form)]
        holding = tuple(
            identity
            for identity in documents
            if any(form in self._stems(identity.doc_id) for form in wanted)
        )
        return Scan(forms, len(documents), holding, quoted is not None)

    def sought(self, search: str, documents: Sequence[Identity], asked: str = "") -> Sought:
        """Look for the words of a search, and for what stands for them, in some documents; not for
        those of a longer one, whose words are the asker's own way of putting it.

        Args:
            asked: all the words that were typed, which may write one word as two.
        """
        words = _telling(search)
        where = frozenset(one.doc_id for one in documents)
        if len(words) > MOST_WORDS or not where:
            return Sought()
        taken = reworded(search)
        pairs = [
            pair
            for pair in pairwise(_telling(asked or search))
            if self._stands("".join(pair), where)
        ]
        joined = {word for pair in pairs for word in pair}  # "cyber attack" as "cyberattack"
        unwritten = [
            word
            for word in words
            if word not in joined
            and not any(self._stands(form, where) for form in _said_as(word, taken))
        ]
        return Sought(tuple(words), tuple(unwritten))

    def _stands(self, form: str, where: frozenset[str]) -> bool:
        words = [word for word in re.findall(r"\w+", form) if terms(word)]
        return all(self._collection.matching(word, 1, where) for word in words)

    def name_in(self, question: str, documents: Sequence[Identity]) -> str:
        """Return the longest run of words of a question that a document writes as a name, with
        capitals ("adoption tees valley"); empty where there is none.
        """
        words = re.findall(r"[\w'’-]+", question)[-NAME_WITHIN:]
        for length in range(min(len(words), MOST_OF_NAME), 1, -1):
            for start in range(len(words) - length + 1):
                run = words[start : start + length]
                if terms(run[0]) and terms(run[-1]) and self._written(run, documents):
                    return " ".join(run)
        return ""

    def _written(self, run: Sequence[str], documents: Sequence[Identity]) -> bool:
        wanted = stems(" ".join(run))
        told = [one.doc_id for one in documents if wanted in self._stems(one.doc_id)]
        name = re.compile(
            r"[a-z,;] [‘“'\"(]?(" + r"\s+".join(map(re.escape, run)) + r")\b", re.IGNORECASE
        )
        capital = [
            all(word[:1].isupper() for word in match.group(1).split() if terms(word))
            for doc_id in told
            for match in name.finditer(self._collection.document(doc_id).text)
        ]
        return sum(capital) > len(capital) / 2  # "young people" are none

    def _read(self, doc_id: str) -> str:
        return stems(self._collection.document(doc_id).text)


def _telling(text: str) -> list[str]:
    """Return the words of a text that tell something."""
    return [word for word in re.findall(r"[\w'’-]+", text) if terms(word)]


def searched_for(question: str, matter: str) -> str:
    """Return the matter of a question that asks nothing more of it ("autism" of "anything on
    autism?"), empty of one that says much else.
    """
    return matter if len(terms(question)) - len(terms(matter)) <= MOST_ASKING else ""


def _said_as(word: str, taken: Sequence[Mention[str]]) -> Iterator[str]:
    """Yield a word and what else it may be written as.

    Args:
        taken: what letters write for plain words.
    """
    yield from _forms(word)
    yield from re.findall(r"\((.+?)\)", with_both_forms(word))
    yield from (one.value for one in taken if word.lower() in one.words.lower().split())


def _forms(subject: str) -> tuple[str, ...]:
    """The subject and up to five other names of the same thing.

    An entry that only a part of the subject touches names something wider ("foster" in
    "foster carers"): counting by it would claim too much.
    """
    whole = set(terms(subject))
    forms = [subject]
    for entry in glossary().same(subject):
        names = (*entry.written, *entry.asked)
        if any(whole <= set(terms(name)) for name in names):
            forms += [name for name in names if _as_narrow(name, whole)]
    seen: dict[str, str] = {}
    for form in forms:
        seen.setdefault(" ".join(terms(form)), form)
    return tuple(form for stems, form in seen.items() if stems)[:MOST_FORMS]


def _as_narrow(name: str, whole: set[str]) -> bool:
    """Whether a name says as much as the subject: one word is wider than two."""
    return len(name) > 2 and (len(whole) == 1 or name.isupper() or len(terms(name)) > 1)


def _issuers(holding: Sequence[Identity]) -> str:
    own = sum(identity.issuer.value is Issuer.OFSTED for identity in holding)
    others = len(holding) - own
    if not others:
        return ""
    whose = (
        "is Ofsted's own letter or report" if own == 1 else "are Ofsted's own letters or reports"
    )
    tells = "tells" if others == 1 else "tell"
    return f" {own} {whose}; {others} {tells} of Ofsted's findings at second hand."
