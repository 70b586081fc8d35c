"""Checks whether a sentence of a model is borne out by the sentences that it cites.

What must stand literally (figures, dates, grades, names, quotations) is compared exactly; whether
the rest is meant so, a trained checker says. The reader is always shown the sentences cited.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.evidence.quoting import with_what_it_leans_on
from assistant.evidence.verbatim import fold
from assistant.llm.checks import literal, names
from assistant.llm.markers import Drafted
from index.passages.chunking import header
from index.ports import Checker
from index.query.abbreviations import with_full_forms
from index.store.lexical import terms
from index.types import Evidence, Passage

SUPPORTED = 0.7
"""Least probability with which cited sentences must bear a sentence out (LOG.md #checker-7)."""
AROUND = 2
"""Sentences shown to the checker on either side of one that is cited, as in its training."""
OFFERED = 3
"""Sentences tried as the citation of one whose own does not bear it out."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found about one sentence.

    Attributes:
        cited: numbers, from 1 in the evidence shown, that support it; only known ones.
        failures: why it is not supported, one phrase each, fit to follow "it"; empty when it is.
        offered: the sentence did not cite this, it was found to bear the sentence out.
    """

    cited: tuple[int, ...]
    failures: tuple[str, ...] = ()
    offered: bool = False

    @property
    def supported(self) -> bool:
        """Whether every check passed."""
        return not self.failures


class Checks:
    """Checks sentences against one list of numbered evidence, the first being number 1.

    Args:
        said: text beside the evidence whose words are no names (the rules).
        question: whose words are none either, and which a denial may name.
    """

    def __init__(
        self, evidence: Sequence[Evidence], checker: Checker, said: str = "", question: str = ""
    ) -> None:
        self._evidence = tuple(evidence)
        self._checker = checker
        self._question = question
        told = [with_full_forms(item.text) for item in evidence]
        self._common = names.common_words([said, question, *told])
        self._stems = [frozenset(terms(item.text)) for item in evidence]

    def check(self, sentence: Drafted, denies: bool = False) -> Verdict:
        """Check one sentence; where what it cites fails, look for what bears it out.

        Args:
            denies: it is of a reply that denies what the question takes for granted, and may
                name that ("it was in 2020, not in 2024").
        """
        text = sentence.text
        known = [n for n in sentence.numbers if 1 <= n <= len(self._evidence)]
        failures = self._failures(text, known, denies) if known else [_unknown(sentence.numbers)]
        if not failures:
            return Verdict(tuple(known))
        offered = self._offer(text, known, denies)
        if offered is not None:
            return Verdict((offered,), offered=True)
        return Verdict((), tuple(failures))

    def literal(self, text: str, cited: Sequence[Evidence], denies: bool = False) -> list[str]:
        """Return what stands in ``text`` and, to the letter, not in the evidence."""
        told = [*cited, *(self._asked(cited) if denies else ())]
        return [
            *literal.quotations(text, cited),
            *literal.figures(text, told),
            *literal.grades(text, told),
            *literal.misgraded(text, cited),
            *(
                f'names "{name}", which the evidence does not'
                for name in names.unproven(text, told, self._common)
            ),
            *names.misplaced(text, cited),
        ]

    def known(self, text: str) -> bool:
        """Return whether figures, dates, grades and names of ``text``, which cites nothing, all
        stand in what is shown or in the question.
        """
        told = [*self._evidence, *self._asked(self._evidence)]
        return not [
            *literal.figures(text, told),
            *literal.grades(text, told),
            *names.unproven(text, told, self._common),
        ]

    def _asked(self, beside: Sequence[Evidence]) -> list[Evidence]:
        """Return the question as if it were evidence like the first of some."""
        return [replace(item, text=self._question) for item in beside[:1]]

    def _failures(self, text: str, numbers: Sequence[int], denies: bool) -> list[str]:
        cited = [self._evidence[n - 1] for n in numbers]
        failures = self.literal(text, cited, denies)
        if not failures and chance(self._checker, text, cited) < SUPPORTED:
            failures = ["says something else, or more, than what it cites"]
        return failures

    def _offer(self, text: str, tried: Sequence[int], denies: bool) -> int | None:
        """Return the number of other evidence that bears ``text`` out, None where none does."""
        words = frozenset(terms(text))
        shares = [(-len(words & stems), n) for n, stems in enumerate(self._stems, start=1)]
        nearest = [n for share, n in sorted(shares) if share and n not in tried][:OFFERED]
        return next((n for n in nearest if not self._failures(text, [n], denies)), None)


def chance(checker: Checker, text: str, cited: Sequence[Evidence]) -> float:
    """Return the probability that sentences of one or several passages bear ``text`` out.

    One of them copied to the letter needs no reading. A sentence that cites more than it needs is
    borne out where one passage alone does, and one that cites what leans on a sentence before
    ("However, this remains …") where both do: they are quoted together.
    """
    if _copied(text, cited):
        return 1.0
    by_passage: dict[str, list[Evidence]] = {}
    for item in cited:
        by_passage.setdefault(item.passage.passage_id, []).append(item)
    groups = list(by_passage.values())
    parts = [*([groups] if len(groups) > 1 else []), *([group] for group in groups)]
    whole = [[_with_what_it_leans_on(group) for group in part] for part in parts]
    return max(
        _chance(checker, text, part)
        for part in [*parts, *(one for one, own in zip(whole, parts, strict=True) if one != own)]
    )


def _with_what_it_leans_on(group: Sequence[Evidence]) -> list[Evidence]:
    """Return sentences of one passage, each behind those that it leans on."""
    return [
        item if one == item.sentence else replace(item, sentence=one)
        for item in group
        for one in with_what_it_leans_on(item.passage, item.sentence)
    ]


def _chance(checker: Checker, text: str, groups: Sequence[Sequence[Evidence]]) -> float:
    sentences: list[str] = []
    places: list[int] = []
    for n, group in enumerate(groups):
        if n:  # whose words follow, as a sentence that nobody cites
            sentences.append(f"{_header(group[0])}:")
        texts, near = context(group[0].passage, {item.sentence.start for item in group})
        places += [len(sentences) + place for place in near]
        sentences += texts
    return checker.supports(text, _header(groups[0][0]), sentences, places)


def context(passage: Passage, starts: Collection[int]) -> tuple[list[str], list[int]]:
    """Return the sentences that begin at ``starts`` with what stands around them.

    Returns:
        (texts in reading order, indexes among them of those that begin at ``starts``).
    """
    quotable = [sentence for sentence in passage.sentences if sentence.quotable]
    at = [n for n, sentence in enumerate(quotable) if sentence.start in starts]
    near = sorted(
        {n + d for n in at for d in range(-AROUND, AROUND + 1)} & set(range(len(quotable)))
    )
    return [passage.text_of(quotable[n]) for n in near], [near.index(n) for n in at]


def _copied(text: str, cited: Sequence[Evidence]) -> bool:
    """Return whether ``text`` is one of the sentences cited, to the letter."""
    return _plain(text) in {_plain(item.text) for item in cited}


def _plain(text: str) -> str:
    return fold(text).lower().strip(" .\"'")


def _header(item: Evidence) -> str:
    return header(item.identity, item.passage.heading)


def _unknown(numbers: Sequence[int]) -> str:
    unknown = ", ".join(f"[{n}]" for n in numbers)
    return f"cites {unknown or 'nothing'}, which is no evidence"
