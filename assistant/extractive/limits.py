"""What the question asks that these documents cannot answer: outside them, or not held."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.vocabulary import Vocabulary
from index.store.lexical import terms
from index.timing import RECALLED, dates_of, fit
from index.types import Evidence, Identity, Kind, Query
from index.understanding.glossary import glossary

_DOMAIN = frozenset(
    terms(
        "child children social worker workers care carer carers ofsted inspector inspectors "
        "inspection "
        "safeguarding adoption adopters foster fostering leavers permanence placement placements "
        "court proceedings guardianship siblings brothers sisters judgement graded grade "
        "rating rated "
        "letter letters report reports document documents visit findings inadequate "
        "outstanding improvement "
        "recommendations caseload caseloads supervision oversight practitioners authority "
        "authorities "
        "leaders managers director looked-after missing exploitation abuse neglect "
        "plans planning reviews assessment assessments referral referrals kids babies teenagers "
        "young people families family parents mums dads youngsters tots staff workforce morale "
        "judged framework"
    )
)
_ELSEWHERE = re.compile(
    r"\b(?:weather|forecast|pizza|restaurant|recipe|cook|bake|football|match|score of|film|movie|"
    r"song|lyrics|poem|joke|capital of|president|prime minister|election|stock|share price|bitcoin|"
    r"python|javascript|sql|regex|excel formula|code|function that|program that|html page|csv|"
    r"translate|translation|hospital|surgery|gp appointment|dentist|prescription|landlord|tenancy|"
    r"evict\w*|mortgage|council tax|bin collection|bins?|parking|pothole|planning permission|"
    r"passport|visa|driving licen[cs]e|mot|benefits? claim|universal credit|train times?|"
    r"bus times?|"
    r"flight|hotel|holiday|horoscope|essay|cv|cover letter|birthday|wedding|garden\w*|car "
    r"insurance|"
    r"broadband|laptop|printer|password reset|wifi|email signature|powerpoint|square root|"
    r"times table|world cup|premier league|chelsea|manchester united|netflix|spotify)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:what should (?:i|we)|should (?:i|we)|can (?:i|you) (?:help|write|draft|make)|"
    r"help me (?:with|write|draft)|how do (?:i|we)|am i (?:allowed|entitled)|my (?:son|daughter|"
    r"child|kid|nephew|niece|neighbour|manager|boss|client)|on my caseload|is it legal|sue|"
    r"write me|draft me|write a|draft a)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?(?: (?:so|very) much)?|"
    r"thanks a lot|cheers|ta|great|perfect|brilliant|lovely|that'?s (?:all|great)|ok(?:ay)?|bye|"
    r"goodbye|got it|no thanks|there|test(?:ing)?)[\s,.!?]*)+",
    re.IGNORECASE,
)
_INVENT = re.compile(
    r"\b(?:make up|making up|invent|fabricate|fake|forge)\b.{0,40}\b(?:quot\w+|findings?|"
    r"letters?|reports?|ratings?|grades?|statements?|sentences?|evidence|references?)\b",
    re.IGNORECASE,
)
_VISIT_NUMBER = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|1st|2nd|3rd|4th|5th|6th)\b"
    r"(?: \w+)? (monitoring|focused|assurance) visit",
    re.IGNORECASE,
)
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}


def is_question(text: str) -> bool:
    """Whether there is anything to read: two letters of some word, markup aside."""
    return bool(re.search(r"[A-Za-z]{2,}", text))


def is_courtesy(text: str) -> bool:
    """Whether nothing is asked: a greeting or thanks alone."""
    return bool(_COURTESY.fullmatch(text.strip()))


def out_of_scope(question: str, query: Query, best_logit: float) -> bool:
    """Whether a question is not about inspections of children's services at all.

    Args:
        best_logit: the cross-encoder's highest score; above -4 the documents speak of it.
    """
    if _INVENT.search(question):
        return True
    domain = _DOMAIN & set(terms(question))
    if _ELSEWHERE.search(question) and len(domain) < 2 and best_logit < 0:
        return True
    if _ADVICE.search(question) and "ofsted" not in question.lower() and best_logit < -4:
        return True
    known = domain or glossary().same(question) or query.people or query.kinds
    return not known and not query.authorities and best_logit < -4


def not_held(query: Query, allowed: Sequence[Identity], words: Vocabulary) -> str | None:
    """What the question names and nothing is held for, in words; None where all is held.

    A time that some held document recalls and a visit that one mentions are held in part.
    """
    have = {identity.authority_name for identity in allowed}
    asked = [mention for mention in query.authorities if mention.value not in have]
    if asked and not any(m.value in have for m in query.authorities):
        return asked[0].value
    group = [i for i in allowed if i.authority_name in {m.value for m in query.authorities}]
    group = group or list(allowed)
    return _visit_missing(query, group, words) or _time_missing(query, group, words)


def naming(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence that writes of a place for which nothing is held of its own."""
    names = [re.escape(mention.value) for mention in query.authorities]
    return [e for e in evidence if re.search(rf"\b(?:{'|'.join(names)})\b", e.text)]


def _visit_missing(query: Query, group: Sequence[Identity], words: Vocabulary) -> str | None:
    text = words.text(identity.doc_id for identity in group)
    match = _VISIT_NUMBER.search(query.question)
    if match:
        number = _ORDINALS.get(match.group(1).lower(), match.group(1).lower())
        visit = f"{number} {match.group(2).lower()} visit"
        if visit not in text and re.search(rf"\b\w+ {match.group(2).lower()} visit", text):
            return f"the {visit}"
    visits = {
        Kind.FOCUSED_VISIT: "focused",
        Kind.MONITORING_VISIT: "monitoring",
        Kind.ASSURANCE_VISIT: "assurance",
    }
    for mention in query.kinds:
        word = visits.get(mention.value)
        held = any(identity.kind.value == mention.value for identity in group)
        if mention.certain and query.authorities and word and not held and word not in text:
            return f"a {mention.value.value}"
    return None


def _time_missing(query: Query, group: Sequence[Identity], words: Vocabulary) -> str | None:
    """A named time that no document fits, recalls or writes of."""
    if not query.periods:
        return None
    if not any(dates_of(identity) for identity in group):
        return None
    for mention in query.periods:
        period = mention.value
        if any(dates_of(i) and fit(i, period) >= RECALLED for i in group):
            return None
        text = words.text(identity.doc_id for identity in group)
        years = re.findall(r"(?:19|20)\d{2}", mention.words) or [
            str(day.year) for day in (period.start, period.end) if day
        ]
        if any(re.search(rf"\b{year}\b", text) for year in years):
            return None
        if period.start is None or period.end is None:
            return None
    return query.periods[0].words
