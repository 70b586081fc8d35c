"""Whether a question takes for granted what a document contradicts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.identities import Fact, grades_named
from index.types import Evidence, Grade

_TAKES_FOR_GRANTED = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat (?:made|caused|led|lies|is causing|was causing|went wrong)\b|"
    r"\bgiven (?:that|its|their|how|the)\b|\bnow that\b|\bdespite\b|\bseeing as\b|\breasons?\b|"
    r"\bsays? was\b|\bblame\w*\b|\bexplain\b|\bholding \w+ up\b|\bdo about (?:it|this|that)\b|"
    r"^[^?]{2,}\b(?:is|are|was|were|has|have|had|got|gets?|keeps?|fell|drags?)\b[^?]*"
    r"(?:\s[-–—]\s|[.;,]\s+(?:so\s+)?(?=what|why|how|who|when|which|did|is|are|was))|"
    r"\bfor (?:failing|refusing|being)\b|\bhow (?:bad|badly|poor|serious)\b|\bafter\b[^,]*,",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:weak\w*|worst|worse\w*|poor\w*|fail\w*|rubbish|drag\w*|bad|badly|terribl\w*|unsafe|"
    r"ignor\w*|lack\w*|swamped|shortage|refus\w*|unhappy|dreadful|chao\w*|struggl\w*|critici\w*|"
    r"inadequate|problem\w*|declin\w*|collaps\w*|dangerous\w*|awful|delay\w*|slow\w*|late\b|"
    r"bunking|miss(?:ing|ed)? (?:school|lessons|visits)|neglect\w*|overloaded|unmanageable|hate\w*|"
    r"miserable|low morale|unsupported|cut(?:s|ting)?|no (?:support|money|oversight|leadership)|"
    r"falling|dropp\w*|getting worse|disappoint\w*|rarely|never|too (?:few|high|long|slow))\b",
    re.IGNORECASE,
)
_FINE = re.compile(
    r"\b(?:best|excellent|brilliant|clean bill|perfect\w*|flawless|no (?:concerns|problems|issues|"
    r"weakness\w*|recommendations)|solved|fixed|sorted|top marks|outstanding|praised?|superb|"
    r"consistently (?:good|strong)|all (?:children|social workers|carers|assessments)|always|"
    r"fully|every (?:child|case|carer)|such (?:good|strong|high)|so (?:good|strong|well))\b",
    re.IGNORECASE,
)
_SAYS_GOOD = re.compile(
    r"\b(?:strengths?|strong\w*|effective\w*|good|well|improv(?:ed|ing)|timely|positiv\w*|skilled|"
    r"thorough\w*|valued?|manageable|reduc(?:ed|ing)|stable|robust\w*|comprehensive|regular\w*|"
    r"supported|high.quality|swift\w*|quick\w*|within \d+ weeks|enjoy\w*|suitabl\w*|progress|"
    r"attending school|available|visible|committed)\b",
    re.IGNORECASE,
)
_SAYS_BAD = re.compile(
    r"\b(?:not|no|nor|never|inconsisten\w*|too|delay\w*|weak\w*|poor\w*|insufficient\w*|lack\w*|"
    r"drift|declin\w*|limited|unclear|inadequate|variable|fail\w*|concern\w*|however|unlawful|"
    r"unregistered|few|low number|missed|undetermined|need(?:s|ed)? to improve|remain\w*)\b",
    re.IGNORECASE,
)


def takes_for_granted(question: str) -> bool:
    """Whether the question rests on something it does not ask ("why are …")."""
    return bool(_TAKES_FOR_GRANTED.search(question.strip()))


def contradicted_grade(question: str, facts: Sequence[Fact], grades: Sequence[Grade]) -> bool:
    """Whether a grade that the question takes for granted is none of those given."""
    named = grades_named(question)
    return bool(facts and named and takes_for_granted(question) and not set(named) & set(grades))


def contradicting(question: str, evidence: Sequence[Evidence]) -> Evidence | None:
    """The first piece of evidence that says the contrary of what the question assumes.

    Looked for among the best few only, and only where the question assumes one side and the
    evidence speaks for the other side alone.
    """
    if not takes_for_granted(question):
        return None
    bad, fine = bool(_BAD.search(question)), bool(_FINE.search(question))
    if bad == fine:
        return None
    for item in evidence[:2]:
        good_words = len(_SAYS_GOOD.findall(item.text))
        bad_words = len(_SAYS_BAD.findall(item.text))
        if bad and good_words and not bad_words:
            return item
        if fine and bad_words and not good_words:
            return item
    return None
