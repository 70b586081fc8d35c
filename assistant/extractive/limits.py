"""What the question asks that these documents cannot answer: outside them, or not held."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.signals import Signal, first
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
_VISITS = {
    Kind.FOCUSED_VISIT: "focused",
    Kind.MONITORING_VISIT: "monitoring",
    Kind.ASSURANCE_VISIT: "assurance",
}
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
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}


def is_question(text: str) -> bool:
    """Whether there is anything to read: two letters of some word, markup aside."""
    return bool(re.search(r"[A-Za-z]{2,}", text))


def is_courtesy(text: str) -> bool:
    """Whether nothing is asked: a greeting or thanks alone."""
    return bool(_COURTESY.fullmatch(text.strip()))


class Limits:
    """Tells what is outside the documents or not held.

    Args:
        words: the documents' vocabulary.
        signals: those in use.
    """

    def __init__(self, words: Vocabulary, signals: frozenset[Signal]) -> None:
        self._words = words
        self._signals = signals

    def out_of_scope(self, question: str, query: Query, best_logit: float) -> bool:
        """Whether a question is not about inspections of children's services at all.

        Args:
            best_logit: the cross-encoder's highest score; above -4 the documents speak of it.
        """
        checks = (
            (Signal.ELSEWHERE, lambda: _elsewhere(question, best_logit) or None),
            (Signal.ADVICE, lambda: _advice(question, query, best_logit) or None),
            (Signal.FOREIGN, lambda: _foreign(question, query, best_logit) or None),
        )
        return bool(first(self._signals, checks))

    def not_held(self, query: Query, allowed: Sequence[Identity]) -> str | None:
        """What the question names and nothing is held for, in words; None where all is held.

        A time that some held document recalls and a visit that one mentions are held in part.
        """
        names = {mention.value for mention in query.authorities}
        group = [i for i in allowed if i.authority_name in names] or list(allowed)
        return first(
            self._signals,
            (
                (Signal.PLACE, lambda: _place_missing(query, allowed)),
                (Signal.VISIT, lambda: self._visit_missing(query, group)),
                (Signal.TIME, lambda: self._time_missing(query, group)),
            ),
        )

    def _visit_missing(self, query: Query, group: Sequence[Identity]) -> str | None:
        """A visit, by its number or its kind, that no document is of or tells of."""
        text = self._words.text(identity.doc_id for identity in group)
        match = _VISIT_NUMBER.search(query.question)
        if match and query.authorities:
            number = _ORDINALS.get(match.group(1).lower(), match.group(1).lower())
            visit = f"{number} {match.group(2).lower()} visit"
            return None if visit in text else f"the {visit}"
        for mention in query.kinds:
            word = _VISITS.get(mention.value)
            held = any(identity.kind.value == mention.value for identity in group)
            told = word and re.search(rf"\b{word}(?: assurance)? visit", text)
            if mention.certain and query.authorities and word and not held and not told:
                return f"a {mention.value.value}"
        return None

    def _time_missing(self, query: Query, group: Sequence[Identity]) -> str | None:
        """A named time that no document fits, recalls or writes of."""
        if not query.periods or not any(dates_of(identity) for identity in group):
            return None
        text = self._words.text(identity.doc_id for identity in group)
        for mention in query.periods:
            period = mention.value
            if any(dates_of(i) and fit(i, period) >= RECALLED for i in group):
                return None
            years = re.findall(r"(?:19|20)\d{2}", mention.words) or [
                str(day.year) for day in (period.start, period.end) if day
            ]
            if any(re.search(rf"\b{year}\b", text) for year in years):
                return None
            if period.start is None or period.end is None:
                return None
        return query.periods[0].words


def naming(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence that writes of a place for which nothing is held of its own."""
    names = [re.escape(mention.value) for mention in query.authorities]
    return [e for e in evidence if re.search(rf"\b(?:{'|'.join(names)})\b", e.text)]


def _elsewhere(question: str, best_logit: float) -> bool:
    """Whether something is to be made up, or the words are of another trade."""
    few = len(_DOMAIN & set(terms(question))) < 2
    return bool(_INVENT.search(question)) or bool(
        _ELSEWHERE.search(question) and few and best_logit < 0
    )


def _advice(question: str, query: Query, best_logit: float) -> bool:
    """Whether the asker wants to know what to do, not what inspectors wrote."""
    if _LETTERS.search(question) or not _ADVICE.search(question):
        return False
    own = _OWN_CASE.search(question) and not query.authorities
    return bool(own) or best_logit < -4


def _foreign(question: str, query: Query, best_logit: float) -> bool:
    """Whether no word of the trade is used, no place named and no document near."""
    if _ABOUT_US.search(question) and not query.authorities:
        return True
    known = bool(set(terms(question)) & _DOMAIN or glossary().same(question))
    known = known or bool(query.people or query.kinds or query.authorities)
    return not known and best_logit < -4


def _place_missing(query: Query, allowed: Sequence[Identity]) -> str | None:
    have = {identity.authority_name for identity in allowed}
    asked = [mention for mention in query.authorities if mention.value not in have]
    held = any(mention.value in have for mention in query.authorities)
    return asked[0].value if asked and not held else None
