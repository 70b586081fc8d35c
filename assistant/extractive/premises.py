"""Whether a question takes for granted what a document contradicts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.store.lexical import terms
from index.types import Evidence
from index.understanding.glossary import glossary
from index.understanding.plain import in_inspectors_words

NEAREST, READ = 2, 6
"""Pieces of evidence read whatever they name, and read at all; best first."""

_TAKES_FOR_GRANTED = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat (?:made|caused|led|lies|is causing|was causing|went wrong)\b|"
    r"\bgiven (?:that|its|their|how|the)\b|\bnow that\b|\bdespite\b|\bseeing as\b|\breasons?\b|"
    r"\bsays? was\b|\bblame\w*\b|\bexplain\b|\bholding \w+ up\b|\bdo about (?:it|this|that)\b|"
    r"^[^?]{2,}\b(?:is|are|was|were|has|have|had|got|gets?|keeps?|fell|drags?)\b[^?]*"
    r"(?:\s[-–—]\s|[.;,]\s+(?:so\s+)?(?=what|why|how|who|when|which))|"
    r"\b(?:when|how) (?:did|was|were|has|have)\b.{0,60}\b(?:becom\w*|became|"
    r"turn(?:ed)?|dropp?(?:ed)?|"
    r"f[ae]ll(?:en)?|mov(?:ed?)|reach(?:ed)?|w[io]n|earn(?:ed)?|achieve[ds]?|manage[ds]? to|"
    r"get|got)\b|"
    r"^(?:since|as|because|if)\b[^,?]*\b(?:is|are|was|were|has|have|had|did|got|failed)\b[^,?]*,|"
    r"\bfor (?:failing|refusing|being)\b|\bhow (?:bad|badly|poor|serious)\b|\bafter\b[^,]*,",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"[,;.–—-]\s*(?:and |so |but )?(?:has|have|had|did|does|do|is|are|was|were|can|could)\b"
    r"[^?.]*\?",
    re.IGNORECASE,
)
"""A question for yes or no after what is taken for granted: it claims nothing itself."""
_WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\breasons?\b|\bwhat (?:made|caused|led|went wrong)\b", re.IGNORECASE
)
_BAD = re.compile(
    r"\b(?:weak\w*|worst|worse\w*|poor\w*|fail\w*|rubbish|drag\w*|bad|badly|terribl\w*|unsafe|"
    r"ignor\w*|lack\w*|swamped|shortage|refus\w*|unhappy|dreadful|chao\w*|struggl\w*|critici\w*|"
    r"inadequate|problem\w*|declin\w*|collaps\w*|dangerous\w*|awful|delay\w*|slow\w*|late\b|"
    r"bunking|miss(?:ing|ed)? (?:school|lessons|visits)|neglect\w*|overloaded|unmanageable|hate\w*|"
    r"inexperienced|unstable|so (?:low|few|long|high)|low\b|high turnover|(?:staff|workers?) "
    r"(?:\w+ ){0,3}(?:leaving|quitting)|ineffective|inconsistent|unclear|wrong|"
    r"defensive\w*|secretive\w*|complacen\w*|miserable|low morale|unsupported|cut(?:s|ting)?|"
    r"no (?:support|money|oversight|leadership)|"
    r"falling|dropp\w*|getting worse|disappoint\w*|rarely|hardly|seldom|barely|never|"
    r"too (?:few|high|long|slow))\b",
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
    r"open to|actively|attending school|available|visible|committed|high morale|stability|"
    r"experienced|responsive)\b",
    re.IGNORECASE,
)
_SAYS_BAD = re.compile(
    r"\b(?:ineffective|deteriorat\w*|wors\w+|shortfalls?|gaps?|rarely|not|no|nor|never|inconsisten\w*|too|delay\w*|weak\w*|poor\w*|insufficient\w*|lack\w*|"
    r"drift|declin\w*|limited|unclear|inadequate|variable|fail\w*|concern\w*|however|unlawful|"
    r"unregistered|few|low number|missed|undetermined|need(?:s|ed)? to improve|remain\w*)\b",
    re.IGNORECASE,
)
_EVERYWHERE = frozenset(
    terms(
        "why how come what when who which did does do has have had is are so such very ofsted "
        "inspectors inspector say said says call called think thought find found rate rated "
        "children child social worker workers staff service services council authority get got "
        "many much more people praise criticise blame year inspection visit letter report look s"
    )
)


def takes_for_granted(question: str) -> bool:
    """Whether the question rests on something it does not ask ("why are …")."""
    return bool(_TAKES_FOR_GRANTED.search(question.strip()))


def asks_why(question: str) -> bool:
    """Whether reasons are asked for, not the thing itself."""
    return bool(_WHY.search(question))


def contradicting(question: str, topic: str, evidence: Sequence[Evidence]) -> Evidence | None:
    """The first piece of evidence that says the contrary of what the question assumes.

    Looked for among the best few only. Beyond the nearest, the first that names the subject
    and takes a side decides: one that agrees with the question leaves it standing.
    """
    if not takes_for_granted(question):
        return None
    claimed = _WHETHER.sub("", question)
    bad, fine = bool(_BAD.search(claimed)), bool(_FINE.search(claimed))
    if bad == fine:
        return None
    subject = _subject(topic)
    sides = [(item, _side(item.text)) for item in evidence[:READ]]
    contrary = [item for item, side in sides[:NEAREST] if side and (side > 0) == bad]
    contrary = [item for item in contrary if _told_of(topic, subject, item)]
    if contrary:
        return contrary[0]
    named = [(item, side) for item, side in sides if side and _names(subject, item.text)]
    return named[0][0] if named and (named[0][1] > 0) == bad else None


def _subject(topic: str) -> frozenset[str]:
    """Stems of what praise or blame is for."""
    stems = frozenset(terms(_FINE.sub(" ", _BAD.sub(" ", topic)))) - _EVERYWHERE
    return frozenset(stem for stem in stems if not stem.isdigit())


def _names(subject: frozenset[str], text: str) -> bool:
    return len(subject & set(terms(text))) * 2 > len(subject)


def _told_of(topic: str, subject: frozenset[str], item: Evidence) -> bool:
    """Whether a sentence speaks of anything that is praised or blamed, in whatever words."""
    forms = [form for entry in glossary().same(topic) for form in (*entry.asked, *entry.written)]
    said = subject | (
        frozenset(terms(" ".join([in_inspectors_words(topic), *forms]))) - _EVERYWHERE
    )
    return not said or bool(said & set(terms(f"{item.sentence.heading} {item.text}")))


def _side(text: str) -> int:
    """1 for a sentence that only praises, -1 for one that only finds fault, 0 for others."""
    good, bad = bool(_SAYS_GOOD.search(text)), bool(_SAYS_BAD.search(text))
    return int(good) - int(bad)
