"""Checks that a sentence does not turn its evidence round: negation, opposites, "all", "should".

It compares word by word, and cannot read: it errs on the side of refusing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.llm.words import is_content, stem, stems, word_set, words
from assistant.verbatim import fold

_NEGATORS = word_set("""not no never none nor neither without cannot nobody nothing unable lack
lacks lacked lacking fail fails failed failing failure absence absent insufficient insufficiently
rarely hardly seldom""")
_BREAKS = word_set("but however although though while whereas yet")
_PARTS = re.compile(r"[,;:.()]")
_SCOPE = 5
"""Content words after a negator that it may govern."""
_BEFORE = 3
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")
_OPPOSITES = tuple(
    (frozenset(map(stem, left.split())), frozenset(map(stem, right.split())))
    for left, right in (
        ("increase increased rise risen grow grown", "decrease reduce reduced fall fallen decline"),
        ("improve improved improving improvement strengthened", "deteriorate worsen decline"),
        ("good strong better positive effective", "poor weak worse negative"),
        ("more many high higher", "fewer less few low lower"),
        ("always consistently regularly", "rarely sometimes occasionally inconsistently"),
        ("quickly promptly timely swiftly prompt swift", "slowly late delay delayed delays drift"),
        ("manageable", "unmanageable swamped overwhelmed"),
        ("before", "after"),
    )
)
_STRONG = (
    ("all", word_set("all every each always entire everyone")),
    ("most", word_set("most majority mostly largely predominantly")),
)
_WEIGHING = frozenset(
    stem(word)
    for word in word_set("""good well strong strength strongly excellent effective effectively
    robust safe safely clear clearly consistent consistently positive timely stable sufficient
    poor poorly bad badly weak weakness unsafe unclear ineffective inconsistent negative unstable
    slow slowly quick quickly swift swiftly prompt promptly limited widespread serious seriously
    better best worse worst fewer less lower higher increase decrease reduce rise fall decline
    deteriorate worsen significant substantial failing critical concerning impressive exemplary""")
)
"""Words that weigh a finding: a sentence may use only those of its evidence, or their like."""
_ALIKE = tuple(
    frozenset(map(stem, group.split()))
    for group in (
        "increase rise grow more higher",
        "decrease reduce fall decline fewer less lower",
        "swift quick prompt swiftly quickly promptly",
        "significant substantial",
        "poor weak poorly",
        "deteriorate worsen worse decline",
    )
)
_DUTY = word_set("should must ought")
_DUTY_TOLD = word_set("""should must ought need needs needed require requires required recommend
recommends recommended recommendation ask asked told improve improved improvement improving action
urge urged call called expect expected advise advised ensure""")
_TO_IMPROVE = re.compile(
    r"need\w* to (?:be )?improve|recommendation|priority action", re.IGNORECASE
)


def conflicts(sentence: str, texts: Iterable[str], headings: Iterable[str]) -> list[str]:
    """Ways in which ``sentence`` says something else than the evidence with its words.

    Args:
        sentence: without markers.
        texts: the cited evidence.
        headings: the headings it stands under.

    Returns:
        One phrase each, fit to follow "it"; empty when none was found.
    """
    said, cited = words(sentence), tuple(texts)
    told = [word for text in cited for word in words(text)]
    found = [*_negation(sentence, cited), *_opposites(said, told)]
    found += [
        f'says "{name}" where the evidence does not'
        for name, forms in _STRONG
        if not forms.isdisjoint(said) and forms.isdisjoint(told)
    ]
    weighed = [word for word in said if stem(word) in _WEIGHING - _alike(told)]
    found += [f'says "{word}", which the evidence does not' for word in dict.fromkeys(weighed)]
    duty = any(not _DUTY.isdisjoint(words(text)) for text in cited)
    listed = [bool(_TO_IMPROVE.search(heading)) for heading in headings]
    if (duty or (listed and all(listed))) and _DUTY_TOLD.isdisjoint(said):
        found.append("states as fact what the evidence says should be done or improved")
    return found


def _alike(told: list[str]) -> frozenset[str]:
    """Stems of the evidence, and of words that weigh the same."""
    stemmed = frozenset(map(stem, told))
    return stemmed.union(*(group for group in _ALIKE if group & stemmed))


def _negation(sentence: str, texts: tuple[str, ...]) -> list[str]:
    ours = _scopes(sentence)
    theirs = [scope for text in texts for scope in _scopes(text)]
    if len(ours) > len(theirs):
        return ["denies something that the evidence does not deny"]
    denied = frozenset().union(*(after for _, after in ours))
    spoken = stems(sentence)
    for _, after in theirs:
        repeated = after & spoken
        if repeated and len(repeated) >= min(2, len(after)) and not repeated & denied:
            return ["leaves out a denial (not, no, lack) that the evidence has"]
    around = frozenset().union(*(before | after for before, after in theirs))
    if any(after and not after & around for _, after in ours):
        return ["denies something else than the evidence denies"]
    return []


def _scopes(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """For each negator, the stems of the few content words before it, and after it."""
    scopes = []
    for part in _PARTS.split(fold(text)):
        run = words(part)
        for at, word in enumerate(run):
            if word in _NEGATORS or word.endswith("n't"):
                before = [stem(w) for w in run[:at] if is_content(w)][-_BEFORE:]
                scopes.append((frozenset(before), _governed(run[at + 1 :])))
    return scopes


def _governed(run: list[str]) -> frozenset[str]:
    governed: list[str] = []
    for word in run:
        stops = word in _BREAKS or word in _NEGATORS or len(governed) == _SCOPE
        if stops:
            break
        if is_content(word):
            governed.append(stem(word))
    return frozenset(governed)


def _opposites(said: list[str], told: list[str]) -> list[str]:
    ours, theirs = frozenset(map(stem, said)), frozenset(map(stem, told))
    for left, right in _OPPOSITES:
        for mine, other in ((left, right), (right, left)):
            if ours & mine and not ours & other and theirs & other and not theirs & mine:
                return [f'says "{min(ours & mine)}" where the evidence says the opposite']
    for one, others in ((ours, theirs), (theirs, ours)):
        for word in one - others:
            if any(prefix + word in others - one for prefix in _PREFIXES if len(word) > 3):
                return [f'says the opposite of the evidence about "{word}"']
    return []
