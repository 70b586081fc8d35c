"""What sort of answer a question wants, told from its words; no documents are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from index.store.lexical import terms


class Wanted(Enum):
    """Sorts of answer; the first that fits a question is taken."""

    ADDRESSEE = "addressee"
    SIGNATORY = "signatory"
    INSPECTOR_COUNT = "inspector count"
    INSPECTORS = "inspectors"
    PUBLISHED = "published"
    VISITED = "visited"
    GRADED_SO = "graded so"
    GRADE = "grade"
    SCOPE = "scope"
    IMPROVEMENTS = "improvements"
    MENTIONS = "mentions"
    OPEN = "open"


_REPORT = r"(?:letter|report|it|article|document|inspection|visit|findings?|that)"
_INSPECTION = r"(?:inspection|visit|inspectors?|ofsted|monitoring|fieldwork|they|it|focused)"
_GRADE_WORD = r"(?:outstanding|good|requires? improvement|requiring improvement|inadequate|adequate|ri)"
_FORMS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.ADDRESSEE,
        rf"\b(?:address(?:ed|ee)|sen[dt]|written|wrote)\b.{{0,40}}\b(?:to|him|her)\b|"
        rf"\bwho (?:got|received|was|did)\b.{{0,40}}\b{_REPORT}\b.{{0,30}}\b(?:to|for)\b\W*$",
    ),
    (
        Wanted.SIGNATORY,
        rf"\bwho(?:'s| is| was)?\b.{{0,20}}\b(?:sign\w*|wrote|written|author\w*|penned)\b|"
        rf"\b{_REPORT} (?:\w+ )?(?:signed|written|authored) by (?:who|whom)|"
        rf"\bwhose (?:name|signature)\b",
    ),
    (
        Wanted.INSPECTOR_COUNT,
        r"\bhow (?:many|big|large)\b.{0,30}\b(?:inspectors?|hmis?|inspection team|team of inspectors)\b",
    ),
    (
        Wanted.INSPECTORS,
        r"\b(?:who|which|names? of|name the|what)\b.{0,40}\b(?:lead inspector|inspectors?|hmis?)\b"
        r"(?!.{0,20}\b(?:say|said|find|found|think|thought|identif|judge|describe|report|see|saw|"
        r"want|praise|critici|raise|track|look|review|tell|told|meet|speak|note|make|made)\w*)|"
        r"\bwho\b.{0,20}\b(?:inspected|led the|carried out|did the|visited|ran the|went in|came)\b",
    ),
    (
        Wanted.PUBLISHED,
        rf"\b(?:when|what date|which date|date)\b.{{0,40}}\b(?:publish\w*|issued|released|came out|"
        rf"come out|letter|dated|written|sent)\b|\bdate (?:on|of) the (?:letter|report|article)\b",
    ),
    (
        Wanted.VISITED,
        rf"\b(?:when|what dates?|which dates?|what days?|which days?|dates?|how long)\b"
        rf"(?!.{{0,20}}\b(?:is|will|due|next)\b.{{0,20}}\bnext\b).{{0,50}}\b{_INSPECTION}\b|"
        rf"\bwhat (?:days|dates)\b",
    ),
    (
        Wanted.GRADED_SO,
        rf"\b(?:which|what) (?:parts?|areas?|bits?|services?|elements?|judg\w+|strands?|aspects?)\b"
        rf".{{0,60}}\b{_GRADE_WORD}\b",
    ),
    (
        Wanted.GRADE,
        r"\b(?:rating|rated|grad(?:e|es|ed|ing)|overall (?:judg\w+|effectiveness|score|verdict)|"
        r"what (?:was|were|is) the (?:overall )?(?:judg\w+|verdict|outcome|score))\b|"
        r"\bhow (?:was|were|is|did)\b.{0,60}\bjudged\b|"
        r"\bjudged\b.{0,40}\b(?:as|to be|overall)\b|\bwhat (?:did|do) .{0,40}\bget (?:for|overall)\b|"
        rf"\b(?:get|got|getting) (?:to |an? )?{_GRADE_WORD}\b|\bstill {_GRADE_WORD}\b",
    ),
    (
        Wanted.SCOPE,
        r"\b(?:in scope|scope of|what (?:was|were) .{0,40}(?:visit|inspection|letter) (?:about|on|"
        r"covering|focus\w*)|what did (?:the )?(?:inspectors?|visit|inspection|ofsted).{0,40}"
        r"(?:look at|focus on|cover|examine)|which areas? did .{0,30}(?:look at|cover|review))\b",
    ),
    (
        Wanted.IMPROVEMENTS,
        r"\bwhat (?:needs?|has|have|had|does|do|did|must|should)\b.{0,50}\b(?:to (?:be )?improve\w*|"
        r"improve|to (?:get|do) better|to (?:sort|fix|put right))\b|"
        r"\b(?:areas? for improvement|recommendations?|priority actions?|improvement (?:areas?|"
        r"points?|list)|could[- ]do[- ]better)\b",
    ),
    (
        Wanted.MENTIONS,
        r"\b(?:which|how many|what|any|list|all)\b.{0,12}\b(?:letters?|reports?|documents?|councils?|"
        r"authorities|areas|places|inspections)\b.{0,30}\b(?:mention\w*|talk\w* about|refer\w* to|"
        r"say anything about|discuss\w*|contain\w*|use the (?:word|phrase|term))\b",
    ),
)
_PATTERNS = tuple((wanted, re.compile(form, re.IGNORECASE | re.DOTALL)) for wanted, form in _FORMS)
_COUNT = re.compile(
    r"\bhow (?:many|much|often|long|old)\b|\bwhat (?:%|percent\w*|proportion|share|number|figure)|"
    r"\b(?:what|exact|total|give)\b.{0,25}\b(?:number|percentage|proportion) of\b|\bexact (?:number|figure)|\baverage\b|\bbudget\b|"
    r"\bhow (?:high|low|big|large)\b|\bwithin how\b|\bwhat age\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\bwho\b|\bwhich (?:judge|person|director|inspector|officer|councillor|minister)\b|\bname of\b|"
    r"\bwhat(?:'s| is| was) the name\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\bcompar\w+|\bversus\b|\bvs\.?\b|\bdiffer\w*|\bboth\b|\bwhich (?:council|authority|area)s?\b|"
    r"\bsame\b.*\b(?:both|all)\b",
    re.IGNORECASE,
)
_IDENTITY_WORDS = frozenset(
    terms(
        "rating rated grade graded grades judgement judged overall effectiveness score verdict "
        "outcome inspector inspectors inspection inspected visit visited letter report article "
        "document date dated when day days publish published sign signed wrote written author "
        "sent addressed scope look looked cover covered focus lead team name named children "
        "service services council ofsted hmi hmis local authority many much get got give given "
        "come came out year which who full last latest recent most first previous one two people "
        "went took place there they it run ran carry carried long finish start end did do on off "
        "full works charge boss result results mark marks standard short again time still now "
        "please tell me show find need know"
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question wants.

    Attributes:
        count: it asks for a number.
        person: it asks for a person.
        compare: it asks about several places or times together.
        left: stems of what it is about, words of identity left out.
    """

    wanted: Wanted
    count: bool
    person: bool
    compare: bool
    left: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether, apart from places and times, it holds only words of identity ("what was
        the rating?"), nothing that a passage could be about."""
        return not self.left


def asked(topic: str) -> Asked:
    """Tell what ``topic`` (a question without the places it names) wants."""
    folded = " ".join(topic.replace("’", "'").split())
    wanted, match = next(
        ((want, found) for want, form in _PATTERNS if (found := form.search(folded))),
        (Wanted.OPEN, None),
    )
    said = set(terms(match.group())) if match and wanted is not Wanted.MENTIONS else set()
    left = [
        term
        for term in terms(folded)
        if term not in _IDENTITY_WORDS and term not in said and not term.isdigit()
    ]
    return Asked(
        wanted=wanted,
        count=bool(_COUNT.search(folded)),
        person=bool(_PERSON.search(folded)),
        compare=bool(_COMPARE.search(folded)),
        left=tuple(left),
    )
