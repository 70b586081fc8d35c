"""Misspelt authority names: near spellings that are no ordinary word.

Works on folded words; what the words are and where they stand is ``authorities.py``'s business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from rapidfuzz.distance import OSA

_SHORTEST = 5
"""Letters of the shortest form that is matched fuzzily: "Kent" is one slip from "went"."""

_TWO_SLIPS = 8
"""Letters from which on two slips are allowed."""

_LONGEST = 4
"""Most words tried together ("stoke on tent")."""


class Misspellings:
    """Forms of names, looked up by how few slips of the keyboard lie between.

    A slip is a letter missing, added, changed, or two neighbours swapped. The first letter
    must be right, and a word of ``lookalikes.txt`` is never a misspelling: ordinary words and
    other places near a name ("survey", "country", "Boston"), being all that a British word list
    and a language model's vocabulary have within reach of a form.
    """

    def __init__(
        self, forms: Mapping[tuple[str, ...], frozenset[str]], protected: frozenset[str]
    ) -> None:
        self._ordinary = protected | _lookalikes()
        self._by_letter: dict[str, list[tuple[str, int, frozenset[str]]]] = defaultdict(list)
        for words, names in forms.items():
            joined = "".join(words)
            if joined not in protected and _worth_guessing(joined, names):
                self._by_letter[joined[0]].append((joined, len(words), names))

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yield (first word, last word, names) for each misspelt name, left to right."""
        at = 0
        while at < len(words):
            best = self._best_at(words, at)
            if best:
                yield at, at + best[0] - 1, best[1]
            at += best[0] if best else 1

    def _best_at(self, words: Sequence[str], at: int) -> tuple[int, frozenset[str]] | None:
        best: tuple[int, int, frozenset[str]] | None = None
        for size in range(1, min(_LONGEST, len(words) - at) + 1):
            taken = words[at : at + size]
            if size == 1 and taken[0] in self._ordinary:
                continue
            slips, names = self._nearest("".join(taken), size)
            if names and (best is None or slips <= best[0]):
                best = (slips, size, names)
        return best[1:] if best else None

    def _nearest(self, written: str, size: int) -> tuple[int, frozenset[str]]:
        fewest, names = 99, frozenset[str]()
        if len(written) < _SHORTEST:
            return fewest, names
        for form, n_words, owners in self._by_letter.get(written[0], ()):
            allowed = _slips_allowed(form, written, n_words - size)
            slips = OSA.distance(written, form, score_cutoff=min(allowed, fewest))
            if slips == 0 and n_words == size:
                continue
            if slips <= allowed and slips < fewest:
                fewest, names = slips, owners
            elif slips <= allowed and slips == fewest:
                names |= owners
        return fewest, names


def _slips_allowed(form: str, written: str, words_missing: int) -> int:
    """Fewer where the words are divided otherwise than in the form: "south end" but no slip."""
    if words_missing < 0:
        return 0
    if words_missing > 0:
        return 1
    return 1 if min(len(form), len(written)) < _TWO_SLIPS else 2


def _worth_guessing(joined: str, names: frozenset[str]) -> bool:
    """Leave out what is too short to be guessed at, and short abbreviations ("Hants")."""
    if len(joined) < _SHORTEST or len(names) > 1:
        return False
    begins = next(iter(names)).casefold().replace(" ", "").replace("-", "")
    return len(joined) >= _TWO_SLIPS or begins.startswith(joined)


def _lookalikes() -> frozenset[str]:
    listed = resources.files("index.identity").joinpath("lookalikes.txt")
    return frozenset(listed.read_text(encoding="utf-8").split())
