"""Checks by code whether a sentence of a model is supported by the evidence that it cites.

Every check can only take support away. What passes uses the evidence's own words, figures,
dates, names and quotations; that the words are put together truly is not proven, so the reader
is always shown the quote. It asks no model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.llm import figures, names, sense, wording
from assistant.llm.markers import Drafted
from assistant.llm.words import content, stem, stems, word_set, words
from assistant.verbatim import fold
from index.types import Evidence

MIN_COVERAGE = 0.5
"""Least share of a sentence's content words that the cited evidence must hold."""
_MIN_CLAUSE = 0.34
"""The same for each clause of three content words or more: half a sentence can be invented."""
_BETTER = 0.3
"""Other evidence that holds this much more of a sentence is what it was taken from."""
_IDLE = 0.15
"""Cited evidence that holds less than this, beside better, is no citation."""

_CLAUSE = re.compile(
    r"[,;:()]|\s-\s|\b(?:and|but|while|although|because|so that|which|who|whereas|however)\b"
)
_FRAME_ONLY = word_set("following these points areas main key things several two three")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found about one sentence.

    Attributes:
        cited: numbers, from 1 in the evidence shown, of the evidence that supports it, in the
            order the sentence cites them; only known ones.
        failures: why it is not supported, one phrase each, fit to follow "it"; empty when it is.
    """

    cited: tuple[int, ...]
    failures: tuple[str, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether every check passed."""
        return not self.failures


class Checker:
    """Checks sentences against one list of numbered evidence, the first being number 1."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._evidence = tuple(evidence)
        self._people = frozenset(
            word
            for item in evidence
            for person in item.identity.inspectors
            for word in words(person.value)
        )

    def check(self, sentence: Drafted) -> Verdict:
        """Check one sentence."""
        known = [n for n in sentence.numbers if 1 <= n <= len(self._evidence)]
        if not known:
            unknown = ", ".join(f"[{n}]" for n in sentence.numbers)
            return Verdict((), (f"cites {unknown or 'nothing'}, which is no evidence",))
        numbers = self._of_named_authority(sentence.text, known)
        cited = [self._evidence[n - 1] for n in numbers]
        failures = (
            *self._content(sentence.text, numbers),
            *wording.quotations(sentence.text, cited),
            *wording.figures(sentence.text, cited),
            *(
                f'names "{name}", which the evidence does not'
                for name in names.unproven(sentence.text, cited, self._people)
            ),
            *wording.grades(sentence.text, cited),
            *wording.attribution(sentence.text, cited),
            *sense.conflicts(
                sentence.text, [e.text for e in cited], [e.sentence.heading for e in cited]
            ),
        )
        return Verdict(tuple(self._useful(sentence.text, numbers)), failures)

    def is_frame(self, text: str) -> bool:
        """Say whether a line only introduces what follows ("Inspectors found the following:")."""
        places = " ".join(
            f"{e.identity.authority_name or ''} {e.identity.kind.value.value}"
            for e in self._evidence
        )
        allowed = stems(places) | frozenset(map(stem, _FRAME_ONLY))
        return text.rstrip().endswith(":") and frozenset(content(text)) <= allowed

    def _of_named_authority(self, text: str, numbers: list[int]) -> list[int]:
        """Only the evidence of the authorities that the sentence names, if it cites any."""
        named = names.authorities_named(text)
        own = [n for n in numbers if self._evidence[n - 1].identity.authority_name in named]
        return own or numbers

    def _content(self, text: str, numbers: list[int]) -> list[str]:
        cited = [self._evidence[n - 1] for n in numbers]
        share = _coverage(text, cited)
        if share < MIN_COVERAGE:
            return ["says more than its evidence does", *self._elsewhere(text, numbers, share)]
        for clause in _clauses(text):
            if _coverage(clause, cited) < _MIN_CLAUSE:
                return [f'says "{clause.strip()}", which its evidence does not']
        return self._elsewhere(text, numbers, share)

    def _elsewhere(self, text: str, numbers: list[int], share: float) -> list[str]:
        """Name evidence that fits the sentence much better than what it cites."""
        others = [
            (_coverage(text, [item]), number)
            for number, item in enumerate(self._evidence, start=1)
            if number not in numbers
        ]
        best, number = max(others, default=(0.0, 0))
        return [f"has the words of [{number}] instead"] if best >= share + _BETTER else []

    def _useful(self, text: str, numbers: list[int]) -> list[int]:
        """Drop cited evidence that has next to nothing to do with the sentence."""
        shares = {n: _coverage(text, [self._evidence[n - 1]]) for n in numbers}
        return [n for n in numbers if shares[n] >= _IDLE or max(shares.values()) < _IDLE]


def _coverage(text: str, evidence: Sequence[Evidence]) -> float:
    """Share of the content words of ``text`` that stand in ``evidence``; 0 without any.

    Words of the evidence's own identity (its authority, its kind) count neither way.
    """
    identity = stems(
        " ".join(
            f"{e.identity.authority_name or ''} {e.identity.kind.value.value}" for e in evidence
        )
    )
    said = [word for word in content(text) if word not in identity]
    held = frozenset().union(*(stems(f"{e.sentence.heading} {e.text}") for e in evidence))
    return sum(word in held for word in said) / len(said) if said else float(_is_bare(text))


def _is_bare(text: str) -> bool:
    """A sentence of nothing but figures or dates is for the other checks to judge."""
    return bool(figures.figures(text) or figures.dates(text))


def _clauses(text: str) -> list[str]:
    """Clauses of three content words or more; shorter ones are joined to the one before."""
    clauses: list[str] = []
    for part in _CLAUSE.split(fold(text)):
        if clauses and len(content(part)) < 3:
            clauses[-1] += f" {part.strip()}"
        else:
            clauses.append(part)
    return [clause for clause in clauses if len(content(clause)) >= 3]
