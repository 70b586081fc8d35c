"""Grades of another inspection that a document recalls or reports, each with its sentence.

A letter says "judged inadequate in January 2020", a report lists "Previous Ofsted inspections",
a council's report or an article tells what Ofsted decided. None of these is the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.identity.dates import MONTH
from index.identity.judgements import GRADE, grade_of
from index.identity.periods import period_of
from index.identity.reading import fold, proven_text, sentences
from index.identity.secondhand import read_listed
from index.types import CleanText, Issuer, Judgement, Kind, ReportedJudgement, Span

_QUOTED = (
    rf"[‘’“”'\"]?(?P<grade>{GRADE})[‘’“”'\"]?"
    r"(?=\s*(?:[.,;:)]|$)|\s+(?:in|at|by|for|overall|and|when|following|under|with|since|on|as|to"
    r"|across|because|but|due|from|again|services?|at|\()|\s+[A-Z])"
)
_FOR_WHAT = (
    r"(?:\s+(?:the|its|their|them|it|both|a|this|local|authority|council|service|services|children[’']s|overall"
    r"|effectiveness|of|in|for)\b){0,7}"
)
_WAS = (
    r"(?:was|were|is|are|as|to\s+be|be|being|that\s+(?:it|they)|overall|still|both|again|to"
    r"|by\s+Ofsted|(?:for\s+)?overall\s+effectiveness)"
)
_SAID = re.compile(
    rf"(?:\b(?:judged|graded|rated|judge?ments?|ratings?|grades?|grading)\b{_FOR_WHAT}"
    rf"(?:[\s:,]+{_WAS}\b){{0,4}}[\s:]+"
    r"|\b(?:found|assessed|considered|deemed)\s+(?:to\s+be|as)\s+"
    rf"|\bjudge?ment\s+of\s+)(?:an?\s+)?{_QUOTED}",
    re.I,
)
_WAS_SAID = re.compile(
    r"(?:at|since|in|following|when|where|from)\s+(?:the\s+time\s+of\s+)?(?:the|its|our|their)\s+"
    r"(?:last|previous)\s+"
    r"[^.;]{0,80}?(?:when|where|,)\s[^.;]{0,90}?\b(?:was|were)\s+"
    rf"[‘“'\"]?(?P<grade>{GRADE})[’”'\"]?(?=\s*[.,;)]|\s+overall|\s*$)",
    re.I,
)
_PREVIOUS = re.compile(
    rf"\b(?:previous|earlier|last)\s+[‘“'\"]?(?P<grade>{GRADE})[’”'\"]?\s+(?:inspection\s+)?"
    r"(?:judge?ment|grad(?:e|ing)|rating)(?P<about>[^.,;]{0,60})",
    re.I,
)
_RATED = re.compile(
    rf"\b(?:rate[sd]|graded|judged)\s+(?:[\w’'-]+\s+){{1,9}}?{_QUOTED}",
    re.I,
)
_BEFORE = re.compile(
    r"\b(?:last|previous|previously|predecessor|former|formerly|re-?inspection|earlier|following"
    rf"|since|then)\b|\bin\s+(?:{MONTH}\s+)?(?:19|20)\d\d\b",
    re.I,
)
_INSPECTED = re.compile(r"\binspect", re.I)
_GRADED = re.compile(GRADE, re.I)
_NOT_THIS = re.compile(
    r"children[’']s\s+homes?\b|\bhomes?\s+(?:was|were|is|are)\b|\bschools?\b|\bcolleges?\b"
    r"|\bprovision\s+that\b|less\s+than\b|\bproviders?\b|\bagenc(?:y|ies)\b|\bnurser|\bsettings?\b"
    r"|\bif\s+it\b|\baudit(?:s|ed|ors?)\b|\bcases?\b|\bcare\s+home"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|all|none|\d+)\s+(?:was|were)\s+",
    re.I,
)
_WHEN = re.compile(rf"(?:\b\d{{1,2}}\s+)?(?:\b{MONTH}\s+)?\b(?:19|20)\d\d\b", re.I)
_ABOUT = (
    ("adoption", r"\badoption\b"),
    ("care_leavers", r"\bcare\s+leavers\b|\bleaving\s+care\b"),
    ("in_care", r"\blooked[\s-]after\b|\bchildren\s+in\s+care\b"),
    (
        "help_and_protection",
        r"\bhelp\s+and\s+protection\b|\bprotection\s+of\s+children\b|\bchild\s+protection\b"
        r"|\bsafeguarding\b(?!\s+children\s+board)|\barrangements\s+to\s+protect\b",
    ),
    ("leadership_management_governance", r"\bleadership,?\s+management\b"),
    ("impact_of_leaders", r"\bimpact\s+of\s+leaders\b"),
    ("lscb", r"\bLSCB\b|\bSafeguarding\s+Children\s+Board\b"),
)
_PRONOUN = re.compile(r"\b(?:them|it|both)\b", re.I)
_CLAUSES = re.compile(r"(?<!leadership),\s|;\s|\band\b(?!\s+(?:protection|governance)\b)", re.I)
_SUBJECTS = tuple((key, re.compile(words, re.I)) for key, words in _ABOUT)


def read_recalled(
    clean: CleanText,
    issuer: Issuer,
    kind: Kind,
    visit: Span | None,
    own: Sequence[Judgement],
) -> tuple[ReportedJudgement, ...]:
    """Return the grades recalled, in reading order, each judgement of a time once.

    Ofsted's own documents recall an inspection before: the sentence, or the one before it, must
    say so. A council's report or an article reports the inspection itself; its grades get the
    days of that inspection as printed, where it prints them.

    Args:
        clean: the document.
        issuer: who speaks.
        kind: what it is; a document of unknown kind recalls nothing that could be told apart.
        visit: where the days of the inspection told of stand; None where they do not.
        own: the document's own judgements, which are no recollections.
    """
    if kind is Kind.OTHER:
        return ()
    listed = [] if issuer is Issuer.OFSTED else read_listed(clean, visit)
    taken = [*(one.span for one in own), *(one.span for one in listed)]
    told = list(_in_sentences(clean, taken, issuer is Issuer.OFSTED))
    once: dict[tuple[str, str | None], ReportedJudgement] = {}
    for one in sorted((*listed, *told), key=lambda one: one.span.start):
        again = one.when is None and any(key == one.key for key, _ in once)
        if not again:
            once.setdefault((one.key, one.when), one)
    return tuple(once.values())


def _in_sentences(
    clean: CleanText, taken: Sequence[Span], ofsted: bool
) -> Iterator[ReportedJudgement]:
    for whole, before in sentences(clean):
        span = _beyond(clean.text, whole, taken)
        said = clean.text[span.start : span.end] if span else ""
        if span is None or not _GRADED.search(said) or _NOT_THIS.search(said):
            continue
        lead = clean.text[before.start : before.end] if before else ""
        leans = not _BEFORE.search(said) and _BEFORE.search(lead) and _INSPECTED.search(lead)
        patterns = (_SAID, _WAS_SAID, _PREVIOUS) if ofsted else (_SAID, _WAS_SAID, _RATED)
        matches = next(filter(None, (list(each.finditer(said)) for each in patterns)), [])
        if ofsted and not _BEFORE.search(said) and not leans:
            continue
        for match in matches:
            yield _recalled(match, said, span, before if leans else None, clean.text)


def _beyond(text: str, sentence: Span, taken: Sequence[Span]) -> Span | None:
    """Cut off what of a sentence is already a judgement; None where nothing is left."""
    start = sentence.start
    for span in taken:
        if span.start < sentence.end and start < span.end:
            start = span.end
    return proven_text(text, start, sentence.end).span if start < sentence.end else None


def _recalled(
    match: re.Match[str], said: str, span: Span, before: Span | None, text: str
) -> ReportedJudgement:
    lead = text[before.start : before.end] if before else ""
    when = _nearest_time(said, match.start()) or _nearest_time(lead, len(lead))
    return ReportedJudgement(
        key=_key_of(said, match, lead),
        grade=grade_of(match["grade"]),
        when=when,
        span=Span(before.start if before else span.start, span.end),
        period=period_of(when) if when else None,
    )


def _nearest_time(said: str, at: int) -> str | None:
    times = list(_WHEN.finditer(said))
    if not times:
        return None
    return fold(min(times, key=lambda time: abs(time.start() - at)).group())


def _key_of(said: str, match: re.Match[str], lead: str) -> str:
    """Tell which judgement: by the clause before the grade, else by what the inspection was of."""
    clause = _CLAUSES.split(said[: match.start("grade")])[-1]
    about = match.groupdict().get("about") or ""
    meant = said[: match.start()] if _PRONOUN.search(match.group()) else ""
    for where in (clause, about, meant, lead):
        named = {key for key, subject in _SUBJECTS if subject.search(where)}
        if len(named) == 1:
            return named.pop()
    return "overall_effectiveness"
