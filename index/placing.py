"""Where in a document the sort of answer that a question wants usually stands.

Reports print grades, dates and names in set places that share few words with the question
("How did they do?"); a passage from such a place is preferred, never required.
"""

from __future__ import annotations

import re

from index.types import Passage, Wanted

_GRADE = re.compile(
    r"(?:overall effectiveness|experiences? (?:and|of) progress|impact of leaders|adoption "
    r"performance|leadership,? management|lscb|safeguarding children board|"
    r"judg(?:e)?ment)[^.]{0,120}"
    r"\b(?:outstanding|good|requires improvement|inadequate|adequate)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:lead inspector|inspection team|majesty['’]s inspectors? (?:for|were|was)|"
    r"\d+ inspectors|team comprised)",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"\b(?:inspection dates?|report published|date of (?:inspection|publication))\b|"
    r"\b(?:visit|inspection)\b[^.]{0,240}\b(?:on|between|from)\b[^.]{0,20}\d{1,2}\b[^.]{0,40}\b20\d\d",
    re.IGNORECASE,
)
_FORMS = {
    Wanted.GRADE: _GRADE,
    Wanted.GRADED_SO: _GRADE,
    Wanted.INSPECTORS: _PEOPLE,
    Wanted.INSPECTOR_COUNT: _PEOPLE,
    Wanted.SIGNATORY: re.compile(r"\bYours (?:sincerely|faithfully)\b|\bContact Officer\b"),
    Wanted.ADDRESSEE: re.compile(r"\bDirectors? of Children\b[^.]{0,160}\b[A-Z]{1,2}\d"),
    Wanted.PUBLISHED: re.compile(r"\bpublished\b|\bDear\b|^\s*\d{1,2} \w+ 20\d\d\s*$", re.M | re.I),
    Wanted.VISITED: _DATES,
    Wanted.SCOPE: re.compile(r"\b(?:Inspectors (?:looked|reviewed|focused)|Areas covered)\b"),
}
_LISTS = re.compile(r"needs? to (?:be )?improve|recommendation|priority action", re.IGNORECASE)


def fits_place(passage: Passage, wanted: Wanted) -> bool:
    """Whether the passage stands where such an answer usually does; False for open questions."""
    if wanted is Wanted.IMPROVEMENTS:
        return bool(_LISTS.search(passage.heading))
    form = _FORMS.get(wanted)
    return form is not None and form.search(passage.text) is not None


def says_nothing(passage: Passage) -> bool:
    """Whether a passage holds nothing that could be quoted: addresses, notices, signatures."""
    return not any(sentence.quotable for sentence in passage.sentences)
