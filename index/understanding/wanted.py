"""What sort of answer a question wants, told from its words; no documents are read."""

from __future__ import annotations

import re

from index.types import Wanted
from index.understanding.plain import in_inspectors_words

_REPORT = r"(?:letter|report|it|article|document|inspection|visit|findings?|that)"
_INSPECTION = r"(?:inspection|visit|inspectors?|ofsted|monitoring|fieldwork|they|it|focused)"
_GRADE_WORD = (
    r"(?:outstanding|good|requires? improvement|requiring improvement|inadequate|adequate|ri)"
)
_NOT_TOLD = (
    r"(?:(?!\b(?:sa(?:y|ys|id)|t(?:ell|old)|g[ai]ve|show\w*|report\w*|met|meet|sp[eo]ke?|"
    r"thank\w*|complain\w*)\b).)"
)
"""What may stand before "inspectors" where they are asked after, not what they were told."""
_ASKS_WHO = r"(?:^|[^\w\s]\s*|\d\s+|\b(?:and|so|then|or|tell me|know|ask)\s+)who\b"
"""Not the "who" of "children who came on their own"."""
_TASKS = r"(?:to[- ]?do list|homework|marching orders|action points)"
_FAULTS = r"(?:weaknesses|faults|shortfalls|problems|concerns|could[- ]do[- ]better)"
_FORMS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.ADDRESSEE,
        rf"\b(?:address(?:ed|ee)|sen[dt]|written|wrote)\b.{{0,40}}\b(?:to|him|her)\b|"
        rf"\bwho (?:got|received|was|did)\b.{{0,40}}\b{_REPORT}\b.{{0,30}}\b(?:to|for)\b\W*$|"
        r"\b(?:which|what) (?:board|committee|meeting|body)\b.{0,60}\b(?:tak\w+|went|presented|"
        r"reported|put|submitted|sent)\b.{0,12}\bto\b",
    ),
    (
        Wanted.SIGNATORY,
        rf"\bwho(?:'s| is| was)?\b.{{0,20}}\b(?:sign\w*|wrote|written|author\w*|penned)\b|"
        rf"\b{_REPORT} (?:\w+ )?(?:signed|written|authored) by (?:who|whom)|"
        rf"\bwhose (?:name|signature)\b",
    ),
    (
        Wanted.INSPECTOR_COUNT,
        r"\bhow (?:many|big|large)\b.{0,30}\b(?:inspectors?|hmis?|inspection team|team of "
        r"inspectors)\b",
    ),
    (
        Wanted.INSPECTORS,
        rf"\b(?:who|which|names? of|name the|what (?:are|is|were|was))\b{_NOT_TOLD}{{0,40}}"
        r"\b(?:lead inspector|inspectors?|hmis?)\b"
        r"(?!.{0,20}\b(?:say|said|find|found|think|thought|identif|judge|describe|report|see|saw|"
        r"want|praise|critici|raise|track|look|review|tell|told|meet|speak|note|make|made)\w*)|"
        rf"{_ASKS_WHO}.{{0,20}}\b(?:inspected|led the|carried out|did the|"
        rf"visited|ran the|went (?:in|with)|came|accompanied|was with)\b|"
        rf"{_ASKS_WHO}.{{0,20}}\b(?:in charge of|head(?:ed|s|ing)?|lead(?:s|ing)?|led|ran)\b"
        r".{0,40}\b(?:inspection|visit|inspectors|inspection team)\b",
    ),
    (
        Wanted.PUBLISHED,
        r"\b(?:when|what date|which date|date)\b.{0,40}\b(?:publish\w*|issued|released|came out|"
        r"come out|letter|dated|written|sent)\b|\bdate (?:on|of) the (?:letter|report|article)\b",
    ),
    (
        Wanted.VISITED,
        rf"\b(?:when|what dates?|which dates?|what days?|which days?|dates?|how long)\b"
        rf"(?!.{{0,20}}\b(?:is|will|due|next)\b.{{0,20}}\bnext\b).{{0,50}}\b{_INSPECTION}\b|"
        r"\bwhen (?:was|were|did|has)\b.{0,40}\b(?:visit(?:ed)?|inspected)\W*$|"
        rf"\bwhat (?:days|dates)\b",
    ),
    (
        Wanted.GRADED_SO,
        rf"\b(?:which|what) (?:parts?|areas?|bits?|services?|elements?|judg\w+|strands?|aspects?)\b"
        rf".{{0,60}}\b{_GRADE_WORD}\b|"
        rf"\bwhich (?:councils?|authorit\w+|las?|places?)\b.{{0,40}}\b{_GRADE_WORD}\b|"
        rf"\bever\b.{{0,30}}\b{_GRADE_WORD}\W*$",
    ),
    (
        Wanted.GRADE,
        r"\b(?:rating|rated|grad(?:e|es|ed|ing)|overall (?:judg\w+|effectiveness|score|verdict)|"
        r"what (?:was|were|is) the (?:overall )?(?:judg\w+|verdict|outcome|score))\b|"
        r"\b(?:how|what) (?:was|were|is|did)\b.{0,60}\bjudged\b|"
        r"\bjudged\b.{0,40}\b(?:as|to be|overall)\b|\bwhat (?:did|do) .{0,40}\bget (?:for|"
        r"overall)\b|"
        r"\b(?:inspectors?|ofsted|they|hmis?) (?:rate|grade)\b|"
        r"\b(?:all|every|each|list|full|complete|give|show|what (?:are|were))\b.{0,30}"
        r"\b(?:sub-?)?judge?ments\b|"
        rf"\b(?:get|got|getting) (?:to |an? )?{_GRADE_WORD}"
        rf"(?=\W*$|[?.]| (?:in|for|overall|when|from|at|last|this|or)\b)|"
        rf"\bstill {_GRADE_WORD}\b",
    ),
    (
        Wanted.SCOPE,
        r"\b(?:in scope|scope of|what (?:was|were) .{0,40}(?:visit|inspection|letter) (?:about|on|"
        r"covering|focus\w*)|what did (?:the )?(?:inspectors?|visit|inspection|ofsted).{0,40}"
        r"(?:look at|focus on|cover|examine)|which areas? did .{0,30}(?:look at|cover|review))\b",
    ),
    (
        Wanted.IMPROVEMENTS,
        r"\bwhat (?:needs?|has|have|had|does|do|did|must|should)\b.{0,50}\b(?:to (?:be "
        r")?improve\w*|"
        r"improve|to (?:get|do) better|to (?:sort|fix|put right))\b|"
        r"\bwhat (?:did|does|do|has|have|was|were|is)\b.{0,60}\brecommend(?:ed|ing)?\b|"
        r"\b(?:ha(?:s|ve|d)|needs?|needed) to (?:be )?(?:improved?|get better)\b|"
        rf"\b(?:all|every|list|full|whole|complete|which|what)\b.{{0,40}}\b{_FAULTS}\b|"
        rf"\b{_FAULTS}\b.{{0,60}}\b(?:all of (?:them|it)|every one|list|in full)\b|"
        rf"\b{_TASKS}\b|\b(?:told|asked|set|wanted|need(?:s|ed)?|had|has|have)\b.{{0,40}}"
        r"\bto (?:work on|put right|fix|sort(?: out)?|improve)\b|"
        r"\b(?:areas? for improvement|recommendations?|priority actions?|improvement (?:areas?|"
        r"points?|list)|could[- ]do[- ]better)\b",
    ),
    (
        Wanted.MENTIONS,
        r"\b(?:which|how many|what|any|list|all)\b.{0,12}\b(?:letters?|reports?|documents?|"
        r"councils?|"
        r"authorities|areas|places|inspections)\b.{0,30}\b(?:mention\w*|talk\w* about|refer\w* to|"
        r"say anything about|discuss\w*|contain\w*|use the (?:word|phrase|term))\b",
    ),
)
_PATTERNS = tuple((wanted, re.compile(form, re.IGNORECASE | re.DOTALL)) for wanted, form in _FORMS)


def wanted_in(text: str) -> tuple[Wanted, str]:
    """The first sort of answer whose form stands in ``text``, with the words that said so."""
    folded = " ".join(text.replace("’", "'").split())
    for wanted, pattern in _PATTERNS:
        said = in_inspectors_words(folded) if wanted is Wanted.IMPROVEMENTS else folded
        match = pattern.search(said)
        if match:
            return wanted, match.group()
    return Wanted.OPEN, ""
