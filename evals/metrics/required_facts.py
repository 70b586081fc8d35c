"""Required-fact recall: facts stated in the visible answer / facts required.

After nugget recall (Voorhees 2003), with string matching in place of assessors: a fact is there
when all its words stand in one run of the text, after writing numbers, dates and percentages one
way. A nugget in prose also counts when the text has all its numbers and at least 60 % of its
content words (stemmed), in any order.
"""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from evals.judged import Judged, shown_text
from evals.words import fold

NUGGET_SHARE = 0.6

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_OF = {name[:3]: name for name in _MONTHS} | {"sept": "september"}
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_OF = {word: n for n, word in enumerate(_UNITS.split())} | {
    word: 20 + 10 * n for n, word in enumerate(_TENS.split())
}
_STOP_WORDS = """a an the and or but of to in on at by for from with as is are was were be been
    being it its that this these those there their they them he she his her not no yes has have
    had do does did which who whom what when where than then so such also more most some any all"""
_STOP = frozenset(_STOP_WORDS.split())
_TOKEN = re.compile(r"\d+(?:\.\d+)?|%|[^\W\d_]+")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_stem = Stemmer.Stemmer("english").stemWord


def fact_recall(judged: Judged) -> float | None:
    """Does not apply to questions that have no gold: a refusal has no facts to state."""
    question = judged.question
    if judged.answer is None or not question.facts or not question.gold:
        return None
    text = shown_text(judged.answer)
    said = [states(text, fact, question.exact_facts) for fact in question.facts]
    return sum(said) / len(said)


def answer_words(judged: Judged) -> float | None:
    """Return words of the visible answer: a fact is easily stated by saying everything."""
    if judged.answer is None or judged.question.hostile:
        return None
    return float(len(shown_text(judged.answer).split()))


def states(text: str, fact: str, exact: bool) -> bool:
    """Say whether ``text`` states any alternative of ``fact``.

    Args:
        text: what the reader is shown.
        fact: alternatives separated by " / ".
        exact: False for nuggets in prose, which are matched leniently.
    """
    said = tokens(text)
    for alternative in fact.split(" / "):
        wanted = tokens(alternative)
        if wanted and _run_in(wanted, said):
            return True
        if not exact and wanted and _mostly_in(wanted, said):
            return True
    return False


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """Words and numbers of ``text``, with numbers, dates and percentages written one way."""
    text = fold(text).casefold()
    text = _ISO.sub(lambda m: _date(m[3], m[2], m[1]), text)
    text = _SLASHED.sub(lambda m: _date(m[1], m[2], m[3]), text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"\bper ?cent\b", "%", text)
    return tuple(_joined([_plain(m.group()) for m in _TOKEN.finditer(text)]))


def _date(day: str, month: str, year: str) -> str:
    if not 1 <= int(month) <= len(_MONTHS):
        return f"{day} {month} {year}"
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _plain(token: str) -> str:
    if token in _NUMBER_OF:
        return str(_NUMBER_OF[token])
    if token.isdigit():
        return str(int(token))
    return _MONTH_OF.get(token, token)


def _joined(parts: list[str]) -> list[str]:
    """Join what was read as 20 and 6: "twenty-six" is 26."""
    out: list[str] = []
    for part in parts:
        tens = out[-1] if out else ""
        ends_ten = tens in {"20", "30", "40", "50", "60", "70", "80", "90"}
        if ends_ten and len(part) == 1 and part.isdigit() and part != "0":
            out[-1] = str(int(tens) + int(part))
        else:
            out.append(part)
    return out


def _run_in(wanted: tuple[str, ...], said: tuple[str, ...]) -> bool:
    return f" {' '.join(wanted)} " in f" {' '.join(said)} "


def _mostly_in(wanted: tuple[str, ...], said: tuple[str, ...]) -> bool:
    held = {_stem(token) for token in said}
    content = [_stem(token) for token in wanted if token not in _STOP and token != "%"]
    numbers = [token for token in content if token[0].isdigit()]
    if not content or any(number not in held for number in numbers):
        return False
    return sum(token in held for token in content) >= NUGGET_SHARE * len(content)
