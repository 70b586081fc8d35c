"""Whether a sentence gives the figure that a question asks for: of the right sort and thing.

"A quarter of children aged under 10" does not tell how many children are looked after. Told
from the words near the number alone; what a figure means is left to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.store.lexical import terms
from index.types import Evidence
from index.understanding.glossary import glossary

NEAR = 7
"""Words between a number and the thing that it counts."""
NAMED, UNNAMED, ROW = 0.3, 0.3, 0.5
"""Share of what a figure is about that its sentence names, with the counted thing and without,
and of a row, whose table names the rest."""
_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|dozen)"
)
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|{_WORD}(?:[- ]{_WORD})*)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_UNIT = r"(?:minute|hour|day|week|month|year)s?"
_NO_COUNT = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: (?:and|to) \d{{1,2}})? {_MONTH}\b|"
    r"\b(?:19|20)\d\d(?:[-/]\d+)?\b|"
    r"\b(?:under|over) \d{1,2}s?\b(?=[,.;)]|$| (?:who|years?|and|with|living|in)\b)|"
    r"\b(?:aged?|ages|age of|section|regulation|stage|paragraph|article|outcome|covid|"
    rf"phase)[- ]*\d+|\b\d+(?:\.\d+)? ?(?:%|per ?cent)|\b{_NUMBER}[- ]{_UNIT}\b|"
    r"\b\d+-? and \d+-year-olds?\b|\b\d+-year-olds?\b|^\s*\d+\.\s",
    re.IGNORECASE,
)


class Sort(StrEnum):
    """What sort of figure is asked for."""

    MONEY = "money"
    SHARE = "share"
    OFTEN = "frequency"
    LONG = "length of time"
    AGE = "age"
    NUMBER = "number"


_ASKED: tuple[tuple[Sort, str], ...] = (
    (
        Sort.MONEY,
        r"\bhow much\b.{0,50}\b(?:costs?|spen[dt]\w*|invest\w*|money|fund\w*|paid|pay|budget\w*|"
        r"saved?|charged?)\b|"
        r"\bwhat\b.{0,30}\b(?:costs?|budget|salary|spend|spending|expenditure|price)\b|"
        r"\bhow many (?:million|pounds|thousand pounds)\b|\bhow much did it\b",
    ),
    (
        Sort.SHARE,
        r"\bwhat (?:%|per ?cent\w*|proportion|share)|\b(?:percentage|proportion|per ?cent) of\b",
    ),
    (Sort.OFTEN, r"\bhow (?:often|frequently|regularly)\b"),
    (Sort.LONG, rf"\bhow long\b|\bhow many {_UNIT}\b"),
    (Sort.AGE, r"\bhow old\b|\b(?:what|which) age\b"),
    (
        Sort.NUMBER,
        r"\bhow many\b|\b(?:what|which|exact|total|give|tell)\b.{0,25}\bnumbers? of\b|"
        r"^numbers? of\b|"
        r"\b(?:exact|what) (?:number|figure)\b|\baverage\b",
    ),
)
_SORTS = tuple((sort, re.compile(form, re.IGNORECASE)) for sort, form in _ASKED)
_OF_THINGS = frozenset((Sort.SHARE, Sort.LONG, Sort.NUMBER))
"""Figures that say nothing unless they are of the thing asked about."""
_GIVEN = {
    Sort.MONEY: r"£|\b(?:million|billion|pounds?)\b|\b\d+k\b",
    Sort.SHARE: (
        rf"%|\bper ?cent\b|\b(?:half|quarters?|thirds?|fifths?|majority|all but {_NUMBER}|none|"
        rf"{_NUMBER} (?:out )?(?:of|in) (?:every |the )?{_NUMBER})\b"
    ),
    Sort.OFTEN: (
        r"\b(?:daily|weekly|fortnightly|monthly|quarterly|annual(?:ly)?|yearly|once|twice|"
        r"regular(?:ly)?|frequent(?:ly)?|every|each (?:day|week|month|year)|rarely|times)\b"
    ),
    Sort.LONG: rf"\b{_NUMBER}[- ]{_UNIT}\b|\b(?:weeks|months|years)\b|\b\d{{1,2}} {_MONTH}\b",
    Sort.AGE: (
        r"\bage[ds]?\b|\b\d+[- ]year|\buntil\b.{0,25}\b\d+|\bunder \d+|\b\d+ (?:to|and) \d+\b"
    ),
    Sort.NUMBER: rf"\b{_NUMBER}\b|\ball but one\b",
}
_GIVES = {sort: re.compile(form, re.IGNORECASE) for sort, form in _GIVEN.items()}
_COUNTED = re.compile(
    r"\b(?:how many|numbers? of|(?:what|which|exact) (?:number|figure) of|average)\s+(of\s+)?(.*)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|should|in|at|on|"
    r"for|from|with|by|to|of|per|who|which|that|there|under|over|about|got|get|came|went|made|"
    r"took|need|needed|each|it|they|them|he|she|we|you)\b|[?.,;:()]",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?<=\w)[, ]+(?:once|when|while|after|before|because|since|if|although)\b[^,;?]*",
    re.IGNORECASE,
)
"""What only tells when or why: the sentence with the figure need not repeat it."""
_CLAUSE = re.compile(r"(?<=[a-z0-9)])[.?!]\s+|,\s+and (?=\w)", re.IGNORECASE)
"""Between what tells why somebody asks, the figure asked for, and a second question."""
_VERB = re.compile(r"\s+\w+(?:ly|ed)\b", re.IGNORECASE)
"""What follows the counted noun in "how many youngsters regularly turned up"."""
_STARTS = re.compile(
    r"\W*\d[\d,]*\b(?!\.)(?! (?:to|and|January|February|March|April|May|June|July)\b)"
)
"""An item of a list of figures ("334 live outside the area"): its lead names the thing."""
_SAME = tuple(
    frozenset(terms(words))
    for words in (
        "councils authorities las areas places",
        "children kids youngsters young pupils",
        "files cases records",
        "workers staff practitioners employees people",
        "visits inspections",
        "grants support money",
        "meetings sessions",
        "points recommendations areas actions things initiatives",
    )
)
_COMMON = frozenset(
    terms(
        "ofsted inspectors inspector inspection inspections said say find found make made does "
        "did many much often long exact number numbers total average figure figures percentage "
        "proportion share percent per cent old age ages high get got have has had people need "
        "year years week weeks month months day days how what please give tell they them at "
        "moment now currently recent recently last time children child kids take takes taken "
        "service services council local authority one ones look looked through within still "
        "their under over table came come late lately up down different each report letter "
        "spring summer autumn winter january february march april may june july august september "
        "october november december"
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure that a question asks for.

    Attributes:
        thing: stems that the counted noun may have; empty where it is not named ("how many
            has it helped?") or the sort needs none.
        about: the other things that the question names, each the sets of stems that name it.
        part: a share will do too ("how many of the …").
    """

    sort: Sort
    thing: frozenset[str] = frozenset()
    about: tuple[frozenset[frozenset[str]], ...] = ()
    part: bool = False

    def given(self, text: str, context: str = "") -> bool:
        """Whether ``text`` gives it.

        Args:
            context: headings, or a row's table and columns, that the text stands under.
        """
        row = "\t" in text or bool(_STARTS.match(text))
        if self.sort in _OF_THINGS and self.about and not self._speaks(f"{context} {text}", row):
            return False
        if self.sort is not Sort.NUMBER:
            return bool(_GIVES[self.sort].search(text))
        if self.part and _GIVES[Sort.SHARE].search(text):
            return True
        return _counts(text, frozenset() if row else self.thing)

    def _speaks(self, text: str, row: bool) -> bool:
        """Whether a text speaks of enough of what the figure is about."""
        have = frozenset(terms(text))
        told = sum(any(form <= have for form in forms) for forms in self.about)
        share = ROW if row else (NAMED if self.thing else UNNAMED)
        if "\t" in text and told < min(2, len(self.about) + 1):
            return False
        return told >= len(self.about) * share


def figure_asked(topic: str) -> Figure | None:
    """The figure that ``topic`` asks for, None where it asks for none that can be told."""
    folded = " ".join(topic.replace("’", "'").split())
    clauses = _CLAUSE.split(folded)
    asking = (clause for clause in clauses if any(form.search(clause) for _, form in _SORTS))
    folded = next(asking, folded)
    sort = next((sort for sort, form in _SORTS if form.search(folded)), None)
    if sort is None:
        return None
    counted = _COUNTED.search(folded) if sort is Sort.NUMBER else None
    phrase = _ENDS.split(counted.group(2), maxsplit=1)[0] if counted else ""
    phrase = _VERB.split(phrase.strip(), maxsplit=1)[0]
    thing = frozenset(same for stem in terms(phrase)[-1:] for same in _alike(stem))
    thing |= _trade(phrase)
    about = _about(_ASIDE.sub("", folded), thing)
    return Figure(sort, thing, about, bool(counted and counted.group(1)))


def gives_figure(figure: Figure, evidence: Sequence[Evidence]) -> bool:
    """Whether a piece of evidence gives the figure."""
    return any(_given(figure, item) for item in evidence)


def numbered(figure: Figure, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence that holds a figure of the sort, whatever it is a figure of."""
    return [item for item in evidence if _GIVES[figure.sort].search(_NO_COUNT.sub("#", item.text))]


def promoted(topic: str, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Evidence with the best that gives the figure asked for first."""
    figure = figure_asked(topic)
    giving = [item for item in evidence if figure and _given(figure, item)]
    if not giving or giving[0] is evidence[0]:
        return evidence
    first = replace(giving[0], score=evidence[0].score)
    return [first, *(item for item in evidence if item is not giving[0])]


def _given(figure: Figure, item: Evidence) -> bool:
    return figure.given(item.text, f"{item.sentence.heading} {item.passage.heading}")


def _counts(text: str, thing: frozenset[str]) -> bool:
    """Whether a number stands near the thing, and is no date, age, share or reference."""
    words = _NO_COUNT.sub(" # ", text)
    for match in _GIVES[Sort.NUMBER].finditer(words):
        after = re.findall(r"[\w'’-]+", words[match.end() :])[:NEAR]
        before = re.findall(r"[\w'’-]+", words[: match.start()])[-NEAR:]
        if not thing or thing & set(terms(" ".join(after))):
            return True
        if "number" in " ".join(before).lower() and thing & set(terms(" ".join(before))):
            return True
    return False


def _trade(phrase: str) -> frozenset[str]:
    """Stems of the other forms of the terms of the trade that are counted."""
    forms = (form for entry in glossary().same(phrase) for form in (*entry.asked, *entry.written))
    return frozenset(stem for form in forms for stem in terms(form) if stem not in _COMMON)


def _alike(stem: str) -> frozenset[str]:
    return frozenset({stem}).union(*(group for group in _SAME if stem in group))


def _about(text: str, thing: frozenset[str]) -> tuple[frozenset[frozenset[str]], ...]:
    """What else a question names: each thing as the sets of stems that would name it."""
    rest = [t for t in terms(text) if t not in _COMMON and t not in thing and not t.isdigit()]
    trade = []
    for entry in glossary().same(text):
        forms = frozenset(frozenset(terms(form)) for form in (*entry.asked, *entry.written))
        if not any(form <= thing for form in forms):
            trade.append(forms)
    explained = {stem for forms in trade for form in forms for stem in form}
    plain = [stem for stem in rest if stem not in explained]
    words = [frozenset(frozenset({same}) for same in _alike(stem)) for stem in plain]
    return tuple(dict.fromkeys([*words, *trade]))
