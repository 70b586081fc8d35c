"""Questions that no letter could answer: another trade's, the asker's own case, things to do."""

from __future__ import annotations

import re

from index.store.lexical import terms
from index.types import Query
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
    r"\b(?:weather|forecast|rain(?:ing)?|snow(?:ing)?|pizza|restaurant|"
    r"recipe|cook|bake|football|match|score of|film|movie|"
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
_INVENT = re.compile(
    r"\b(?:make up|making up|invent|fabricate|fake|forge)\b.{0,40}\b(?:quot\w+|findings?|"
    r"letters?|reports?|ratings?|grades?|statements?|sentences?|evidence|references?)\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"^\W*(?:(?:hi|hello|hey|ok(?:ay)?|so|and|please|pls|just|now|then|also|can|could|would|will|you|"
    r"kindly|i(?:['’]d| would)? (?:need|want|like) you to|go and)\W+)*"
    r"(?:(?:book|buy|order|reserve|ring|phone|text|call|e-?mail|message|translate|cancel|invite|"
    r"schedule|pay|tweet|post)\s+(?:me|us|him|her|them|an?|the|my|our|this|that|it|some|to)\b|"
    r"remind (?:me|us) (?:to|in|on|at|tomorrow|next)\b|set (?:me |us )?(?:up )?an? \w+|"
    r"(?:send|write|draft|compose|create|make|design|generate|prepare|put together|fill in|submit|"
    r"knock up)\s+(?:me |us )?(?:an?|the|my|our|some)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:letters?|e-?mails?|poems?|speech|essay|press release|polic(?:y|ies)|slides?|"
    r"slide ?deck|deck|"
    r"presentation|powerpoint|leaflet|poster|songs?|stor(?:y|ies)|tweets?|posts?|advert|script|"
    r"programme|reply|form|application|complaint|reference|invitation|web ?page|spreadsheet)\b)",
    re.IGNORECASE,
)
"""Something is to be done, not told: whatever place it names, no letter answers it."""
_LETTERS = re.compile(
    r"\b(?:ofsted|inspect\w*|letters?|reports?|documents?|hmis?)\b", re.IGNORECASE
)
_OWN_CASE = re.compile(
    r"\b(?:how|what|when|which|where|who)\b.{0,40}\b(?:should|do|can|could|must|would|shall|"
    r"ought) (?:i|we)\b|\b(?:should|must|can|could) (?:i|we)\b|\bhelp me\b|\bmy (?:case|caseload|"
    r"son|daughter|child|client|manager)\b|\b(?:write|draft) (?:me|a)\b",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"\b(?:what|how) (?:can|do|could) you (?:do|work|help|know)\b|\bwho (?:are|made|built|wrote|"
    r"created|trained|programmed) you\b|\bwhat are you\b|\bare you (?:a |an )?(?:bot|robot|human|"
    r"real|ai|chatgpt|person)\b|\byou(?:['’]re| are) (?:useless|stupid|no use|wrong|broken)|"
    r"\b(?:your|system) (?:prompt|instructions|rules)\b|\bdo you (?:even )?work\b",
    re.IGNORECASE,
)


def elsewhere(question: str, best_logit: float) -> bool:
    """Whether something is to be done or made up, or the words are of another trade."""
    few = len(_DOMAIN & set(terms(question))) < 2
    return bool(_INVENT.search(question) or _DEED.search(question)) or bool(
        _ELSEWHERE.search(question) and few and best_logit < 0
    )


def advice(question: str, query: Query, best_logit: float) -> bool:
    """Whether the asker wants to know what to do, not what inspectors wrote."""
    if _LETTERS.search(question) or not _ADVICE.search(question):
        return False
    own = _OWN_CASE.search(question) and not query.authorities
    return bool(own) or best_logit < -4


def foreign(question: str, query: Query, best_logit: float) -> bool:
    """Whether no word of the trade is used, no place named and no document near."""
    if _ABOUT_US.search(question) and not query.authorities:
        return True
    known = bool(set(terms(question)) & _DOMAIN or glossary().same(question))
    known = known or bool(query.people or query.kinds or query.authorities)
    return not known and best_logit < -4
