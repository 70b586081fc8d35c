"""Whether evidence on the right subject still lacks what is asked for, and in which words.

Refusing rests on what the question names and the documents in question lack: a subject, a
name, a term, a figure of the thing, a grade, somebody's name, a date. One similarity score
cannot tell (evals/LOG.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.evidence.scanning import Scan
from assistant.extractive.asking import Asked
from assistant.extractive.figures import figure_asked, gives_figure, numbered
from assistant.extractive.grades import key_pattern
from assistant.extractive.parts import parts_of
from assistant.extractive.premises import asks_why
from assistant.extractive.signals import Signal, first
from assistant.extractive.vocabulary import Vocabulary
from index.types import Evidence, Query, Wanted

Score = Callable[[Sequence[Evidence]], float]
READ = 6
"""Pieces of evidence read, best first."""
SPOKEN_OF = -6.0
"""Logit below which evidence does not speak of a subject whose words no document writes."""
COUNTED = 1.0
"""Logit from which a sentence with a figure answers, whatever it calls the thing counted."""
TOLD = 2.0
"""Logit from which evidence tells of a term of the trade that it does not write."""
_NEXT = re.compile(
    r"\bnext\b.{0,30}\b(?:due|inspection|visit)\b|\bdue (?:back|next)\b|"
    r"\b(?:will|are|is|going to)\b.{0,30}\b(?:next|back|again)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\bwhen(?:'s)?\b|\bwhat date\b|\bhow soon\b", re.IGNORECASE)
_GRADED = re.compile(
    r"\b(?:judged|graded|rated|judgements?)\b|\b(?:Outstanding|Good|Inadequate|RI)\b|"
    r"\b(?:is|are|was|were|remains?) (?:now |still )?(?:outstanding|inadequate|good|adequate|"
    r"requires improvement)\b",
)
_OFFICE = re.compile(
    r"\bwho(?:'?s| is| was)(?: (?!in\b|at\b|on\b)[\w'-]+){0,3} "
    r"(director|chief executive|mayor|lead member|cabinet member|"
    r"leader of|chair|independent chair|minister|head of|principal social worker)\b|"
    r"\bname(?: of)? (?:(?:the|its|their) )?"
    r"(director|chief executive|mayor|lead member|leader of|chair|head of)\b|"
    r"\bwhich (judge|director|officer|councillor|minister|manager|head ?teacher)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Dr|Sir|Dame|Cllr|Councillor)\.? [A-Z]|"
    r"\b(?!(?:His|Her|Local|The|Ofsted|Director|Chief|Children|Majesty)\b)"
    r"[A-Z][a-z]+ (?!(?:Council|Inspectors?|Authority|Services?|Board|Executive)\b)[A-Z][a-z]+\b"
)


class Silence:
    """Tells why documents do not answer.

    Args:
        words: the documents' vocabulary.
        signals: those in use.
    """

    def __init__(self, words: Vocabulary, signals: frozenset[Signal]) -> None:
        self._words = words
        self._signals = signals

    def reason(
        self,
        query: Query,
        asked: Asked,
        evidence: Sequence[Evidence],
        scan: Scan | None,
        score: Score,
        documents: tuple[Sequence[str], Sequence[str]],
    ) -> str | None:
        """Why the documents do not answer, in a sentence; None where they do.

        Args:
            score: the cross-encoder's best score of some pieces of evidence.
            documents: doc_ids of those that the question is about, and of all allowed.
        """
        if not evidence:
            return "Nothing in the documents speaks of it."
        here, _ = documents
        best = [item.text for item in evidence[:READ]]
        logit = score(evidence)
        return first(
            self._signals,
            (
                (Signal.SUBJECT, lambda: _unmentioned(asked, scan, logit)),
                (Signal.NAME, lambda: _not_there(self._words.missing_names(query, here))),
                (Signal.TERM, lambda: self._term(query, here, logit)),
                (Signal.PHRASE, lambda: self._phrase(query, documents, logit)),
                (Signal.FIGURE, lambda: no_figure(query.topic, evidence, score)),
                (Signal.GRADE, lambda: _no_grade(asked, query, evidence[:READ])),
                (Signal.OFFICE, lambda: _no_name(query, best)),
                (Signal.NEXT, lambda: _no_date(query)),
            ),
        )

    def _term(self, query: Query, here: Sequence[str], logit: float) -> str | None:
        """That no form of a term is written, unless evidence tells of it in other words."""
        told = logit >= TOLD
        return None if told else _not_there(self._words.missing_terms(query, here))

    def _phrase(
        self, query: Query, documents: tuple[Sequence[str], Sequence[str]], logit: float
    ) -> str | None:
        """As ``_term``, of what only other documents write."""
        told = logit >= TOLD
        return None if told else _not_there(self._words.missing_phrases(query, *documents))


def no_figure(question: str, evidence: Sequence[Evidence], score: Score) -> str | None:
    """That no evidence gives the figure asked for; None where one does or none is asked for.

    A sentence with a figure that the cross-encoder takes for an answer is let stand: the thing
    counted may bear another name.
    """
    figure = figure_asked(question)
    if figure is None or len(parts_of(question)) > 1 or gives_figure(figure, evidence):
        return None
    near = numbered(figure, evidence)[:READ]
    return None if near and score(near) >= COUNTED else "No figure for it is given."


def _unmentioned(asked: Asked, scan: Scan | None, logit: float) -> str | None:
    """That no document mentions the subject, unless evidence tells of it in other words."""
    if scan is None or scan.holding:
        return None
    silent = asked.wanted is Wanted.MENTIONS or logit < SPOKEN_OF
    return scan.sentence() if silent else None


def _not_there(words: Sequence[str]) -> str | None:
    return f"Not mentioned there: {', '.join(dict.fromkeys(words))}." if words else None


def _no_grade(asked: Asked, query: Query, best: Sequence[Evidence]) -> str | None:
    if asked.wanted not in (Wanted.GRADE, Wanted.GRADED_SO) or asks_why(query.question):
        return None
    subject = key_pattern(query.topic)
    graded = [item for item in best if _GRADED.search(item.text)]
    texts = [f"{i.sentence.heading} {i.text}" if "\t" in i.text else i.text for i in graded]
    given = any(subject is None or subject.search(text) for text in texts)
    return None if given else "No grade for it is given."


def _no_name(query: Query, best: Sequence[str]) -> str | None:
    office = _OFFICE.search(query.topic.replace("’", "'"))
    if not office:
        return None
    title = re.escape(next(filter(None, office.groups())))
    naming = [text for text in best if re.search(title, text, re.IGNORECASE)]
    others = [re.sub(rf"\b{title}s?(?: (?:for|of) [A-Z]\w+)*", ",", t, flags=re.I) for t in naming]
    return None if any(_PERSON.search(text) for text in others) else "No name is given."


def _no_date(query: Query) -> str | None:
    next_time = _NEXT.search(query.question) and _WHEN.search(query.question)
    return "No date for it is given." if next_time else None
