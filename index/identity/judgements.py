"""The grades that an inspection report itself gives, in the layouts of every framework.

A judgement is a heading with a grade right after it, or inside it where a table's cells were
broken over lines. Grades of other inspections are ``recalled.py``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.identity.reading import fold
from index.types import JUDGEMENT_KEYS, CleanText, Grade, Judgement, Span

GRADE = (
    r"(?:(?:requir(?:es?|ed|ing)\s+improvements?(?:\s+to\s+be\s+good)?|outstanding|good|inadequate"
    r"|adequate)(?![^\W\d_]))"
)
"""A grade as printed; a footnote's figure may stand right after it."""

_THEN = (
    r"\d?(?:\s*[:–-]?\s*grade\s*:?\s*[1-4]\s*[:(–-]?\s*|\s*[:|–-]\s*"
    r"|\s+(?:is|are)(?:\s+that\s+(?:it|they)(?:\s+(?:is|are))?)?\s*:?\s*"
    r"|\s+\d{1,2}\s+|\s*)"
)
_PROGRESS = r"(?:the )?experiences? (?:and|of) progress of "
_LEAVERS = (
    r"care leavers|young people leaving care"
    r"|care\Wexperienced (?:children and )?(?:young )?(?:people|adults)"
)
_HEADINGS = {
    "overall_effectiveness": r"overall effectiveness",
    "impact_of_leaders": r"the impact of leader(?:s|ship) on (?:social work )?practice with "
    r"children(?:,)? (?:young people )?and families",
    "help_and_protection": rf"(?:{_PROGRESS})?children (?:and young people )?"
    r"(?:who need|in need of) help and protection"
    r"|the effectiveness of the help and protection provided to children,? young people,? "
    r"families and carers",
    "in_care": rf"(?:{_PROGRESS})?children looked after and achieving permanence"
    rf"|{_PROGRESS}children (?:and young people )?(?:in care|looked after)(?: and (?:{_LEAVERS}))?",
    "care_leavers": rf"{_PROGRESS}(?:children )?(?:{_LEAVERS})",
    "adoption": r"adoption performance",
    "leadership_management_governance": r"leadership,? (?:management,? )?and governance",
    "lscb": r"lscb effectiveness",
}
_ARE = r"(?:(?<=are\s)|(?<=is\s))(?:good|outstanding|inadequate|adequate)(?![^\W\d_])"
_SERVICES = r"(?:children[^\w\s]?s\s+(?:social\s+care\s+)?services|services\s+for\s+children)"
_OVERALL = (
    r"(?P<heading>(?:the\s+)?overall\s+(?:effectiveness\s+)?judge?ment)\s*(?:\s+is\b|:)\s*:?\s*"
    rf"(?:that\s+)?(?:[\w’'\s]{{0,60}}?\s)?(?P<grade>{GRADE})",
    rf"(?P<heading>{_SERVICES}(?:\s+and\s+young\s+people)?\s+(?:in|for|provided\s+by)\s+"
    r"(?=(?-i:(?:the\s+)?[A-Z]))(?:St\.|[\w\s,&’'-]){3,80}?)\s+(?:(?:are|is)\s+)?"
    rf"(?P<grade>{_ARE}|requires?\s+improvement(?:\s+to\s+be\s+good\b)?)",
    rf"^(?P<heading>(?-i:[A-Z])(?:St\.|[\w ,&’'-]){{3,60}}?\s{_SERVICES})\s+(?:(?:are|is)\s+)?"
    rf"(?P<grade>{_ARE}|requires?\s+improvement(?:\s+to\s+be\s+good\b)?)",
    r"(?P<heading>the\s+overall\s+effectiveness\s+of\s+[^.]{5,140}?)\s+(?:is|are)\s+"
    rf"(?:judged\s+to\s+be\s+)?(?P<grade>{GRADE})",
)
_NAMED = r"(?:(?!Safeguarding)[\w&’'-]+,?\s+)"
_SCB = (
    r"Safeguarding\s+Children(?:[’']s)?\s+Boards?(?:\s*\(LSCB\))?"
    r"(?:\s+in\s+(?-i:[A-Z])[\w&’' -]{2,50}?)?"
)
_BOARD = (
    r"(?P<heading>(?:(?:the\s+)?(?:judge?ment\s+(?:of|on|for)\s+)?(?:the\s+)?effectiveness\s+of\s+)?"
    rf"(?:the\s+(?:{_NAMED}{{0,12}}?{_SCB}|LSCBs?)|^(?-i:[A-Z]){_NAMED}{{1,8}}?{_SCB}))"
    r"\s*(?:(?:\s+judge?ment)?(?:\s+(?:is|are)\b|:)\s*(?:that\s+it\s+(?:is\s+)?)?|\s)\s*"
    rf"(?P<grade>{GRADE})(?=\s*[.\d]|\s*$|\s*\n|\s+(?-i:[A-Z]))"
)
_PARTNERS = (
    r"(?P<heading>the\s+arrangements\s+in\s+place\s+to\s+evaluate\s+the\s+effectiveness\s+of\s+what"
    rf"\s+is\s+done\s+by\s+[^.]{{10,160}}?)\s+(?:(?:is|are)\s+)?(?P<grade>{GRADE})"
)
_NUMBERED = re.compile(rf"\b([1-4])\W{{0,3}}{GRADE}|{GRADE}\W{{0,3}}(?:grade\s*)?([1-4])\b", re.I)
_LISTED = re.compile(rf"\W*(?:grade\s*)?\d?\W*({GRADE})", re.I)
_RUN = re.compile(rf"(?:{GRADE}\W{{0,4}}(?:or\s+|and\s+)?)+", re.I)
_SCALES = (["1", "2", "3"], ["4", "3", "2"])
_SCALE_REACH = 1200
"""Characters in which a table of what the grades mean goes from its first to its third."""

_FRONT = 2500
_HEAD = 9000
_RECORD = re.compile(r"record\s+of\s+(?:main\s+)?findings", re.I)


def grade_of(printed: str) -> Grade:
    """Return the grade of printed words that match ``GRADE``."""
    word = fold(printed).casefold()
    return Grade.REQUIRES_IMPROVEMENT if word.startswith("requir") else Grade(word)


def _compile(heading: str) -> re.Pattern[str]:
    """Let white space, or a grade that the table's cells pushed in, stand for each space."""
    gap = rf"\s+(?:{GRADE}\s+)?"
    return re.compile(rf"\b(?:{heading.replace(' ', gap)}){_THEN}(?:{GRADE})?", re.I)


_TABLE = {key: _compile(heading) for key, heading in _HEADINGS.items()}
_BARE = {
    key: re.compile(rf"\b(?:{heading})".replace(" ", r"\s+"), re.I)
    for key, heading in _HEADINGS.items()
}
_GRADES = re.compile(GRADE, re.I)
_SENTENCES = tuple(re.compile(words, re.I | re.M) for words in _OVERALL)
_ARRANGEMENTS = re.compile(_PARTNERS, re.I)
_LSCB = re.compile(_BOARD, re.I | re.M)


def read_judgements(clean: CleanText) -> tuple[Judgement, ...]:
    """Return the judgements of an inspection report, in the order of ``JUDGEMENT_KEYS``.

    The first place that gives a grade counts: the table or list of page 1, else the heading
    of the chapter. The overall grade is read at the front and in the record of findings only,
    since chapters recall the one before. An ILACS report grades in its table, so that no
    sentence stands in for an overall grade that it does not give (from April 2026 on).
    """
    text = clean.text
    given = _by_columns(text) or filter(None, (_first(key, text) for key in _TABLE))
    found = {one.key: one for one in given}
    if "impact_of_leaders" not in found:
        for one in (_overall_sentence(text), _board(text)):
            if one:
                found.setdefault(one.key, one)
    return tuple(found[key] for key in JUDGEMENT_KEYS if key in found)


def first_named(key: str, text: str) -> Span | None:
    """Return where a judgement is first named at the front of a report, None where it is not."""
    match = _BARE[key].search(text, 0, min(len(text), _FRONT))
    return Span(*match.span()) if match else None


def _first(key: str, text: str) -> Judgement | None:
    first = next(_graded(key, _TABLE[key], text), None)
    if first and key == "overall_effectiveness" and not _gives_overall(text, first):
        return None
    return first


def _graded(key: str, pattern: re.Pattern[str], text: str) -> Iterator[Judgement]:
    """Yield the heading's occurrences that carry exactly one grade."""
    for match in pattern.finditer(text):
        grades = list(_GRADES.finditer(match.group()))
        if len(grades) == 1 and not _explains(text, match.start() + grades[0].start()):
            one = grades[0]
            around = match.group()[: one.start()] + " " + match.group()[one.end() :]
            yield Judgement(
                key=key,
                grade=grade_of(one.group()),
                heading=re.sub(
                    r"(?i)(?:[\s:(|–-]|\b\d{1,2}$|\b(?:is|are|that|it|they|grade)$)+$",
                    "",
                    fold(around),
                ),
                span=Span(match.start(), match.start() + len(match.group().rstrip())),
            )


def _explains(text: str, at: int) -> bool:
    """Say whether a grade opens a table of what the grades mean, or a list of them all."""
    start = text.rfind("\n", 0, at) + 1
    part = text[start : at + _SCALE_REACH]
    numbers = [one[1] or one[2] for one in _NUMBERED.finditer(part)]
    opening = [_LISTED.match(line) for line in text[at : at + _SCALE_REACH].splitlines() if line]
    lines = [list(Grade).index(grade_of(one[1])) for one in opening[:3] if one]
    run = _RUN.match(text, at)
    listed = {grade_of(one.group()) for one in _GRADES.finditer(run.group())} if run else set()
    steps = {second > first for first, second in pairwise(lines)}
    scale = len({*lines}) == 3 and len(steps) == 1  # the best first, or the worst
    return numbers[:3] in _SCALES or scale or len(listed) >= 3


def _gives_overall(text: str, judgement: Judgement) -> bool:
    record = _RECORD.search(text)
    return judgement.span.start < _HEAD or bool(record and judgement.span.start > record.start())


def _overall_sentence(text: str) -> Judgement | None:
    for pattern in _SENTENCES:
        if match := pattern.search(text, 0, min(len(text), _FRONT)):
            return _from_match("overall_effectiveness", match)
    return None


def _board(text: str) -> Judgement | None:
    match = _LSCB.search(text) or _ARRANGEMENTS.search(text)
    return _from_match("lscb", match) if match else None


def _from_match(key: str, match: re.Match[str]) -> Judgement:
    return Judgement(key, grade_of(match["grade"]), fold(match["heading"]), Span(*match.span()))


def _by_columns(text: str) -> list[Judgement]:
    """Pair headings with grades where a table was read column by column, else return none."""
    rows = sorted(
        (match.start(), -match.end(), key)
        for key, pattern in _BARE.items()
        if (match := pattern.search(text, 0, min(len(text), _FRONT)))
    )
    if len(rows) < 3:
        return []
    column = re.compile(rf"(?:\s*grades?\b)?(?:\s*{GRADE}){{{len(rows)}}}", re.I).match(
        text, -rows[-1][1]
    )
    if not column:
        return []
    grades = [grade_of(one.group()) for one in _GRADES.finditer(column.group())]
    return [
        Judgement(key, grade, fold(text[start:-end]), Span(start, column.end()))
        for (start, end, key), grade in zip(rows, grades, strict=True)
    ]
