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
from index.identity.namewords import CLOSING, OPENING, Token, adjacent, is_place, key_of, tokens_of

_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "cllr", "councillor")
)
_STREETS = frozenset(
    ("road", "street", "avenue", "lane", "house", "square", "terrace", "crescent", "close")
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
            self._forms[tuple(token.key for token in tokens_of(decoy))] = set()
        self._longest = max(map(len, self._forms))
        self._misspelt = Misspellings(
            {form: frozenset(names) for form, names in self._forms.items() if names},
            protected=frozenset(self._cased),
        )

    def _add(self, row: Authority) -> None:
        marked = {form[:-1] for form in row.forms if form.endswith("!")}
        self._cased.update((key_of(form), form) for form in marked)
        for form in (row.name, *row.forms):
            keys = tuple(token.key for token in tokens_of(form.rstrip("!")))
            self._forms.setdefault(keys, set()).add(row.name)

    def find(self, text: str) -> list[AuthorityMatch]:
        """Find every authority named in ``text``, in order, not overlapping."""
        tokens = tokens_of(text)
        found: list[AuthorityMatch] = []
        at = 0
        while at < len(tokens):
            size, names = self._longest_at(text, tokens, at)
            if names and not _is_person_or_street(text, tokens, at, at + size):
                found.append(self._match(text, tokens[at], tokens[at + size - 1], names))
            at += max(size, 1)
        return found

    def fuzzy(self, text: str) -> list[AuthorityMatch]:
        """Find misspelt authorities in ``text``, never certain; exact ones are ``find``'s."""
        taken = [(match.start, match.end) for match in self.find(text)]
        tokens = [
            token
            for token in tokens_of(text)
            if not any(start < token.end and token.start < end for start, end in taken)
        ]
        found = []
        for first, last, names in self._misspelt.find([token.key for token in tokens]):
            if all(adjacent(text, a, b) for a, b in pairwise(tokens[first : last + 1])):
                match = self._match(text, tokens[first], tokens[last], set(names), False)
                found.append(match)
        return found

    def canonical(self, name: str) -> str | None:
        """Return the canonical name for a filter value, None where unknown or ambiguous."""
        keys = [token.key for token in tokens_of(name)]
        names = self._forms.get(tuple(keys))
        while not names and keys and keys[-1] in CLOSING:
            keys.pop()
            names = self._forms.get(tuple(keys))
        while not names and keys and keys[0] in OPENING:
            keys.pop(0)
            names = self._forms.get(tuple(keys))
        return next(iter(names)) if names and len(names) == 1 else None

    def _longest_at(self, text: str, tokens: list[Token], at: int) -> tuple[int, set[str]]:
        reach = 1
        limit = min(self._longest, len(tokens) - at)
        while reach < limit and adjacent(text, tokens[at + reach - 1], tokens[at + reach]):
            reach += 1
        for size in range(reach, 0, -1):
            names = self._forms.get(tuple(token.key for token in tokens[at : at + size]))
            if names is not None and (size > 1 or self._fits(text, tokens, at)):
                return size, names
        return self._plural_at(text, tokens, at, reach)

    def _plural_at(
        self, text: str, tokens: list[Token], at: int, reach: int
    ) -> tuple[int, set[str]]:
        """Match a possessive without its apostrophe ("stocktons"); a short one only where it is
        typed without a capital: "Stokes" is a surname.
        """
        for size in range(reach, 0, -1):
            *head, last = (token.key for token in tokens[at : at + size])
            stem, typed = last[:-1], tokens[at + size - 1]
            least = 5 if text[typed.start : typed.end].islower() else 6
            if last.endswith("s") and len(stem) >= least and stem not in self._cased:
                names = self._forms.get((*head, stem))
                if names:
                    return size, names
        return 0, set()

    def _fits(self, text: str, tokens: list[Token], at: int) -> bool:
        form = self._cased.get(tokens[at].key)
        return form is None or is_place(text, tokens, at, form, self._forms)

    def _match(
        self, text: str, first: Token, last: Token, names: set[str], certain: bool = True
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


def _is_person_or_street(text: str, tokens: list[Token], first: int, after: int) -> bool:
    """Say so of "Cllr Kent" and "Redcar Close"; "does Redcar close cases" names no street."""
    if first > 0 and tokens[first - 1].key in _TITLES:
        return True
    street = after < len(tokens) and tokens[after].key in _STREETS
    return street and text[tokens[after].start].isupper()


def _row(cells: dict[str, str]) -> Authority:
    return Authority(
        name=cells["name"],
        forms=tuple(filter(None, cells["variants"].split("|"))),
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
