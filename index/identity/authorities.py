"""The English authorities with children's services, and finding them by name in running text.

Reads ``index/data/authorities.csv`` (its README gives the source and the conventions). Matching
is by whole words, longest form first, whatever the dashes, apostrophes and "&" look like. It
knows nothing of documents: which authority a document is about is ``about.py``'s question.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise

from index.identity.misspelt import Misspellings

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*|&")
_GAP = re.compile(r"[^\S\n]*\n?[\s,.‐-―-]{0,4}")
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "cllr", "councillor")
)
_STREETS = frozenset(
    ("road", "street", "avenue", "lane", "house", "square", "terrace", "crescent", "close")
)
_BODY = frozenset(("council", "councils", "borough", "authority", "lea"))
_OPENING = ("london", "royal", "metropolitan", "borough", "city", "county", "the", "of", "and")
_CLOSING = (
    *_OPENING,
    "council",
    "district",
    "local",
    "authority",
    "unitary",
    "children",
    "services",
)
_DECOYS = (
    "Greater Manchester",
    "Greater London",
    "Newcastle-under-Lyme",
    "Bury St Edmunds",
    "Stoke Newington",
    "Stoke Mandeville",
    "Stoke Poges",
    "Sutton Coldfield",
    "Bradford on Avon",
    "Surrey Heath",
    "Derbyshire Dales",
    "New York",
)
"""Places whose names hold an authority's name, and are none."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One row of the table.

    Attributes:
        name: the canonical name.
        forms: other forms, as in the table; a trailing ``!`` means case-sensitive.
        valid_from: first day, None where it is older than the table.
        valid_to: last day, None while it exists.
        successors: names of the authorities that took over, empty while it exists.
    """

    name: str
    forms: tuple[str, ...]
    region: str
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]

    def valid_on(self, day: date) -> bool:
        """Say whether the authority existed on ``day``."""
        return not (
            (self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class AuthorityMatch:
    """An authority named in a text.

    Attributes:
        names: canonical names, several where the words are ambiguous ("SBC"); in name order.
        start, end: half-open offsets of ``words`` in the text searched.
        words: the text's own words.
        certain: False where the words are ambiguous or were misspelt.
        successors: for an abolished authority, those that took over; else empty.
    """

    names: tuple[str, ...]
    start: int
    end: int
    words: str
    certain: bool
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text: its folded key, and where it stands."""

    key: str
    start: int
    end: int


def _key(word: str) -> str:
    folded = word.casefold().replace("’", "'")
    if folded.endswith("'s"):
        folded = folded[:-2]
    return "and" if folded == "&" else folded.replace("'", "").replace(".", "")


def _tokens(text: str) -> list[_Token]:
    return [_Token(_key(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


class Authorities:
    """The table, indexed by the words of every form.

    Attributes:
        rows: by canonical name, in name order.
    """

    def __init__(self, rows: tuple[Authority, ...]) -> None:
        self.rows = {row.name: row for row in sorted(rows, key=lambda row: row.name)}
        self._forms: dict[tuple[str, ...], set[str]] = {}
        self._cased: dict[str, str] = {}
        for row in self.rows.values():
            self._add(row)
        for decoy in _DECOYS:
            self._forms[tuple(token.key for token in _tokens(decoy))] = set()
        self._longest = max(map(len, self._forms))
        self._misspelt = Misspellings(
            {form: frozenset(names) for form, names in self._forms.items() if names},
            protected=frozenset(self._cased),
        )

    def _add(self, row: Authority) -> None:
        marked = {form[:-1] for form in row.forms if form.endswith("!")}
        self._cased.update((_key(form), form) for form in marked)
        for form in (row.name, *row.forms):
            keys = tuple(token.key for token in _tokens(form.rstrip("!")))
            self._forms.setdefault(keys, set()).add(row.name)

    def find(self, text: str) -> list[AuthorityMatch]:
        """Find every authority named in ``text``, in order, not overlapping."""
        tokens = _tokens(text)
        found: list[AuthorityMatch] = []
        at = 0
        while at < len(tokens):
            size, names = self._longest_at(text, tokens, at)
            if names and not _is_person_or_street(tokens, at, at + size):
                found.append(self._match(text, tokens[at], tokens[at + size - 1], names))
            at += max(size, 1)
        return found

    def fuzzy(self, text: str) -> list[AuthorityMatch]:
        """Find misspelt authorities in ``text``, never certain; exact ones are ``find``'s."""
        taken = [(match.start, match.end) for match in self.find(text)]
        tokens = [
            token
            for token in _tokens(text)
            if not any(start < token.end and token.start < end for start, end in taken)
        ]
        found = []
        for first, last, names in self._misspelt.find([token.key for token in tokens]):
            if all(_adjacent(text, a, b) for a, b in pairwise(tokens[first : last + 1])):
                match = self._match(text, tokens[first], tokens[last], set(names), False)
                found.append(match)
        return found

    def canonical(self, name: str) -> str | None:
        """Return the canonical name for a filter value, None where unknown or ambiguous."""
        keys = [token.key for token in _tokens(name)]
        names = self._forms.get(tuple(keys))
        while not names and keys and keys[-1] in _CLOSING:
            keys.pop()
            names = self._forms.get(tuple(keys))
        while not names and keys and keys[0] in _OPENING:
            keys.pop(0)
            names = self._forms.get(tuple(keys))
        return next(iter(names)) if names and len(names) == 1 else None

    def _longest_at(self, text: str, tokens: list[_Token], at: int) -> tuple[int, set[str]]:
        reach = 1
        limit = min(self._longest, len(tokens) - at)
        while reach < limit and _adjacent(text, tokens[at + reach - 1], tokens[at + reach]):
            reach += 1
        for size in range(reach, 0, -1):
            names = self._forms.get(tuple(token.key for token in tokens[at : at + size]))
            if names is not None and (size > 1 or self._case_fits(text, tokens, at)):
                return size, names
        return self._plural_at(tokens, at, reach)

    def _plural_at(self, tokens: list[_Token], at: int, reach: int) -> tuple[int, set[str]]:
        """Match a possessive without its apostrophe ("stocktons")."""
        for size in range(reach, 0, -1):
            *head, last = (token.key for token in tokens[at : at + size])
            stem = last[:-1]
            if last.endswith("s") and len(stem) >= 6 and stem not in self._cased:
                names = self._forms.get((*head, stem))
                if names:
                    return size, names
        return 0, set()

    def _case_fits(self, text: str, tokens: list[_Token], at: int) -> bool:
        token = tokens[at]
        form = self._cased.get(token.key)
        if form is None:
            return True
        written = text[token.start : token.start + len(form)]
        after = {following.key for following in tokens[at + 1 : at + 3]}
        return written in {form, form.upper()} or bool(after & _BODY)

    def _match(
        self, text: str, first: _Token, last: _Token, names: set[str], certain: bool = True
    ) -> AuthorityMatch:
        end = last.end
        words = re.sub(r"['’]s$", "", text[first.start : end])
        return AuthorityMatch(
            names=tuple(sorted(names)),
            start=first.start,
            end=first.start + len(words),
            words=words,
            certain=certain and len(names) == 1,
            successors=self.rows[next(iter(names))].successors if len(names) == 1 else (),
        )


def _adjacent(text: str, left: _Token, right: _Token) -> bool:
    return _GAP.fullmatch(text, left.end, right.start) is not None


def _is_person_or_street(tokens: list[_Token], first: int, after: int) -> bool:
    named = first > 0 and tokens[first - 1].key in _TITLES
    return named or (after < len(tokens) and tokens[after].key in _STREETS)


def _row(cells: dict[str, str]) -> Authority:
    return Authority(
        name=cells["name"],
        forms=tuple(filter(None, cells["variants"].split("|"))),
        region=cells["region"],
        valid_from=date.fromisoformat(cells["valid_from"]) if cells["valid_from"] else None,
        valid_to=date.fromisoformat(cells["valid_to"]) if cells["valid_to"] else None,
        successors=tuple(filter(None, cells["successors"].split("|"))),
    )


@cache
def authorities() -> Authorities:
    """Return the table, read once."""
    table = resources.files("index").joinpath("data", "authorities.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    return Authorities(tuple(_row(cells) for cells in csv.DictReader(lines)))
