"""Say questions and claims otherwise, without changing what is asked or said.

The authority left out of a question, a frame ("what did inspectors say about …"), the place and
time named, a typing slip; a claim told with who says it, where or when.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection
from datetime import date

from evals.reading.data import Excerpt


def without_authority(text: str, authority: str) -> str:
    """Leave the authority out of a question, as whoever asks of a chosen letter does."""
    name = re.escape(authority)
    text = re.sub(rf"\s+(?:in|at|for|across)\s+{name}(?=[\s?,.;]|$)", "", text, flags=re.I)
    text = re.sub(rf"\b{name}['’]s\b", "the council's", text, flags=re.I)
    return re.sub(rf"\b{name}\b", "the council", text, flags=re.I)


_OF_MATTERS = (
    "what did inspectors say about {asked}?", "What did Ofsted say about {asked}?",
    "what does the letter say about {asked}", "What did the {year} report say about {asked}?",
    "what did they find on {asked} in {year}", "Can you tell me what was said about {asked}?",
    "What were the findings on {asked}?", "anything about {asked} in the {year} report?",
    "what do the documents say about {asked}",
)  # fmt: skip
_OF_QUESTIONS = (
    "According to the inspectors, {asked}", "In {year}, {asked}", "can you tell me: {asked}",
    "I need to know {asked}", "What did Ofsted find: {asked}",
    "Hi, quick question - {asked} Thanks", "in the last inspection {asked}",
    "did inspectors say anything on this: {asked}", "for a report to members: {asked}",
    "in the {year} letter, {asked}",
)  # fmt: skip
_MOST_OF_A_MATTER = 6
"""Words of what is a matter and no question of its own."""


def framed(text: str, chance: random.Random) -> str:
    """Put a question, or a matter named in a few words, as people put it to an assistant."""
    matter = not text.rstrip().endswith("?") and len(text.split()) <= _MOST_OF_A_MATTER
    frame = chance.choice(_OF_MATTERS if matter else _OF_QUESTIONS)
    return frame.format(asked=text, year=chance.randrange(2014, 2027))


_PLACES = (
    "{asked} {place} {year}", "{place} {year} {asked}", "{place} {year}: {asked}",
    "{asked} in {place} in {year}", "{asked} ({place}, {year})", "{asked}, {year}",
    "{place}, {month} {year} - {asked}", "{asked} - {place}, {month} {year}",
)  # fmt: skip


def placed(text: str, excerpt: Excerpt, chance: random.Random) -> str:
    """Name the place and time of an excerpt in a question over it."""
    asked = without_authority(text, excerpt.authority).rstrip("? .")
    day = date.fromisoformat(excerpt.dated)
    return chance.choice(_PLACES).format(
        asked=asked, place=excerpt.authority, month=f"{day:%B}", year=day.year
    )


_BY_INSPECTORS = (
    "Inspectors found that {claim}", "Ofsted found that {claim}", "Ofsted said that {claim}",
    "Inspectors said that {claim}", "Inspectors noted that {claim}", "Ofsted reported that {claim}",
    "In {month} {year}, inspectors found that {claim}", "According to inspectors, {claim}",
    "In {place}, inspectors found that {claim}", "The {kind} of {month} {year} says that {claim}",
    "Ofsted's {kind} on {place} says that {claim}", "Inspectors reported that {claim}",
)  # fmt: skip
_BY_OTHERS = ("The {kind} says that {claim}", "According to the {kind}, {claim}")
_OF_PLACES = (
    "In {place}, {claim}", "{place}: {claim}", "In {place} in {year}, {claim}",
    "{bare} in {place}.", "{place}, {month} {year}: {claim}", "In {month} {year}, {claim}",
    "{bare} in {place} in {year}.",
)  # fmt: skip
_TOLD = re.compile(r"(?:Inspectors|Ofsted|The (?:letter|report|inspectors)|In|According|Yes|No)\b")


def reported(text: str, excerpt: Excerpt, common: Collection[str], chance: random.Random) -> str:
    """Tell a claim with who says it, where it is so, or when that was said.

    A model nearly always does, and a checker that has hardly read it takes it for a sign of what
    is wrong (``evals/LOG.md`` #checker-7). What already says so, or should be, is left.
    """
    if _TOLD.match(text) or "should" in text or not excerpt.dated[:4].isdigit():
        return text
    own = excerpt.kind.endswith(("letter", "inspection report"))
    frames = [*_OF_PLACES, *_OF_PLACES, *(_BY_INSPECTORS if own else _BY_OTHERS)]
    if len(excerpt.dated) < 10:
        frames = [frame for frame in frames if "{month}" not in frame]
    if not excerpt.authority or excerpt.authority in text:
        frames = [frame for frame in frames if "{place}" not in frame]
    first, _, rest = text.partition(" ")
    lower = f"{first.lower()} {rest}" if first.lower() in common else text
    month = f"{date.fromisoformat(excerpt.dated):%B}" if len(excerpt.dated) == 10 else ""
    frame: str = chance.choice(frames)
    return frame.format(
        claim=lower, bare=text.rstrip("."), place=excerpt.authority, kind=excerpt.kind,
        year=excerpt.dated[:4], month=month,
    )  # fmt: skip


def slip(text: str, chance: random.Random) -> str:
    """Mistype a text in two places."""
    for _ in range(2):
        places = [n for n in range(len(text) - 1) if text[n : n + 2].isalpha()]
        if not places:
            break
        n = chance.choice(places)
        how = chance.randrange(3)
        swapped = text[:n] + text[n + 1] + text[n] + text[n + 2 :]
        text = (swapped, text[:n] + text[n + 1 :], text[: n + 1] + text[n:])[how]
    return text
