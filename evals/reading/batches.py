"""Make batches of tensors out of questions and claims; vary questions a little.

Variations, none of which changes what is asked: the authority left out of the question, the header
left out of the passage, a frame ("what did inspectors say about …"), the place and time named, a
typing slip. Two more make a question unanswerable: its answers taken out of the excerpt, or an
excerpt of another report.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import torch

from evals.reading.data import Claim, Excerpt, Question, around
from index.models.reader_input import InputWriter, ReaderInput
from index.query.abbreviations import with_full_forms

TOKENS, MOST = 3000, 24
"""Tokens of a batch, padding included, and rows: short ones would else be learnt in few steps."""
EVEN = 8
"""Rows are padded to a multiple of this, which a GPU's kernels want."""
COPIED = 0.15
"""Share of claims that are exchanged for a sentence copied."""
FRAMED = 0.1
"""Share of questions, answered or not, that are put into a frame: it says nothing of the answer."""
PLACED = 0.15
"""Share of questions that name the place and time of what they are asked of, as a note does."""
SPELT_OUT = 0.5
"""Share of questions read with what their abbreviations stand for, as the product reads them."""
REPORTED = 0.4
"""Share of claims, right and wrong alike, that are told as a model tells them: who found it, where,
when. It says nothing of whether they are borne out."""
PARTLY = 0.4
"""Target of a sentence that answers in part."""
_LOSABLE = ("direct", "paraphrase", "yesno", "figure", "why", "keyword", "list", "twopart")
_SPECIFIC = ("direct", "figure", "twopart", "why", "list")
"""Kinds of question that another excerpt, even of the same report, hardly ever answers."""


@dataclass
class Item:
    """One row of tokens with what is to be learnt from it; None where nothing is.

    Attributes:
        listed: weights of its sentences in the list of all rows of one question.
        of: the same number in all rows of one question over a report, 0 in every other.
    """

    row: ReaderInput
    answers: list[float] | None = None
    contradicts: list[float] | None = None
    belongs: list[float] | None = None
    passage: float | None = None
    supported: float | None = None
    claim: bool = False
    listed: list[float] | None = None
    of: int = 0

    @property
    def sentences(self) -> int:
        """How many sentences the row holds."""
        return max(self.row.owners) + 1


@dataclass
class Batch:
    """Tensors of some items, padded; all are claims or all are questions.

    Attributes:
        targets: ``answers``, ``contradicts``, ``belongs`` and ``listed`` of shape (batch,
            sentences), ``passage`` and ``supported`` of shape (batch,); what nobody has marked
            is nan.
        held: bool, shape (batch, sentences): there is such a sentence.
        of: of each row, which question over a report it is of; 0 for none.
    """

    inputs: dict[str, torch.Tensor]
    targets: dict[str, torch.Tensor]
    held: torch.Tensor
    claims: bool
    of: tuple[int, ...] = ()

    def to(self, device: torch.device) -> Batch:
        """Return the batch on ``device``."""
        inputs, targets = (
            {name: tensor.to(device, non_blocking=True) for name, tensor in part.items()}
            for part in (self.inputs, self.targets)
        )
        return Batch(inputs, targets, self.held.to(device, non_blocking=True), self.claims, self.of)


class Varied:
    """Makes items; the same random numbers give the same items.

    Args:
        chance: source of the variations; None for none of them.
    """

    def __init__(
        self, writer: InputWriter, others: Sequence[Excerpt], chance: random.Random | None
    ) -> None:
        self._writer = writer
        self._others = others
        self._by_report: dict[str, list[Excerpt]] = defaultdict(list)
        for excerpt in others:
            self._by_report[excerpt.report].append(excerpt)
        self._chance = chance
        said = (word for one in others for text in one.sentences for word in text.split()[1:])
        self._common = frozenset(word for word in said if word.islower())

    def question(self, question: Question) -> Item:
        """Return the item of a question over its excerpt."""
        if self._chance is not None:
            question = self._varied(question, self._chance)
        return self.plain(question)

    def plain(self, question: Question) -> Item:
        """Return the item of a question that is not varied."""
        excerpt = question.excerpt
        row = self._writer.windows(question.text, self._header(excerpt), excerpt.sentences)[0]
        count = max(row.owners) + 1
        wanted = [self._target(question, n) for n in range(count)]
        contrary = question.kind == "premise"
        return Item(
            row,
            answers=wanted,
            contradicts=[float(contrary and value == 1) for value in wanted],
            belongs=None
            if question.shown is None
            else [float(n in question.shown) for n in range(count)],
            passage=float(bool(question.answers)),
        )

    def claim(self, claim: Claim) -> Item:
        """Return the item of a claim, with what stands two sentences around what it cites."""
        cited, ok, text, excerpt = claim.cited, claim.supported, claim.text, claim.excerpt
        if self._chance is not None:
            if self._chance.random() < COPIED:
                text, cited, ok = _copied(excerpt, self._chance)
            elif ok and self._chance.random() < 0.05:
                rest = sorted(set(range(len(excerpt.sentences))) - cited)
                if rest:
                    cited, ok = frozenset(self._chance.sample(rest, 1)), False
            elif self._chance.random() < 0.03:
                text = f"{self._chance.choice(('Yes.', 'Yes:'))} {text}" if ok else text
            if self._chance.random() < REPORTED:
                text = reported(text, excerpt, self._common, self._chance)
        row = claim_row(self._writer, replace(claim, text=text, cited=cited))
        return Item(row, supported=float(ok), claim=True)

    def unmarked(self, question: str, excerpt: Excerpt) -> Item:
        """Return the item of a question over an excerpt that nobody has marked for it."""
        row = self._writer.windows(question, self._header(excerpt), excerpt.sentences)[0]
        return Item(row)

    def miscited(self, claim: Claim) -> Item:
        """Return the item of a claim that cites other sentences, which nobody has marked."""
        chance = self._chance or random.Random(0)
        count = len(claim.excerpt.sentences)
        cited = frozenset(chance.sample(range(count), min(count, chance.choice((1, 2)))))
        return Item(claim_row(self._writer, replace(claim, cited=cited)), claim=True)

    @staticmethod
    def _target(question: Question, n: int) -> float:
        return 1.0 if n in question.answers else PARTLY if n in question.partly else 0.0

    def _header(self, excerpt: Excerpt) -> str:
        if self._chance is None or self._chance.random() < 0.75:
            return f"{excerpt.header}:"
        return f"{excerpt.heading}:"

    def said(self, question: Question) -> str:
        """Return the text of a question, said a little otherwise now and then."""
        text, chance = question.text, self._chance
        if chance is None:
            return text
        if chance.random() < 0.5:
            text = without_authority(text, question.excerpt.authority)
        if chance.random() < FRAMED:
            text = framed(text, chance)
        elif question.excerpt.dated and chance.random() < PLACED:
            text = placed(text, question.excerpt, chance)
        if chance.random() < 0.08:
            text = _slip(text, chance)
        return with_full_forms(text) if chance.random() < SPELT_OUT else text

    def _varied(self, question: Question, chance: random.Random) -> Question:
        question = replace(question, text=self.said(question))
        kind = chance.random()
        if kind < 0.10 and question.answers and question.kind in _LOSABLE:
            return _robbed(question)
        if kind > 0.92 and question.kind in _SPECIFIC:
            beside = self._by_report[question.excerpt.report]
            pool = self._others if kind > 0.97 or len(beside) < 2 else beside
            other = chance.choice(pool)
            if other.excerpt_id != question.excerpt.excerpt_id:
                return _elsewhere(question, other)
        return question


def _copied(excerpt: Excerpt, chance: random.Random) -> tuple[str, frozenset[int], bool]:
    """Return a sentence of the excerpt as a claim: borne out where it cites itself.

    A written answer often says what a letter says in its own words: without these the checker
    takes likeness for a sign of a subtle change (``evals/LOG.md`` #reader-copies).
    """
    count = len(excerpt.sentences)
    n = chance.randrange(count)
    words = excerpt.sentences[n]
    lead = chance.choice(
        ("", "", "", f"In {excerpt.authority}, ", "The letter says that ", "Yes. ")
    )
    text = f"{lead}{words[0].lower()}{words[1:]}" if lead.endswith(", ") else f"{lead}{words}"
    if count > 3 and chance.random() < 0.3:
        far = [m for m in range(count) if abs(m - n) > 1]
        return text, frozenset({chance.choice(far)}), False
    beside = {n, n + 1} if n + 1 < count and chance.random() < 0.3 else {n}
    return text, frozenset(beside), True


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


def claim_row(writer: InputWriter, claim: Claim) -> ReaderInput:
    """Write a claim with the sentences that it cites and two around each."""
    near = around(claim)
    places = {near.index(n) for n in claim.cited if n in near}
    shown = [claim.excerpt.sentences[n] for n in near]
    return writer.windows(claim.text, f"{claim.excerpt.header}:", shown, places)[0]


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


def _robbed(question: Question) -> Question:
    lost = question.answers | question.partly
    left = [s for n, s in enumerate(question.excerpt.sentences) if n not in lost]
    if len(left) < 3:
        return question
    excerpt = replace(question.excerpt, sentences=tuple(left))
    return Question(excerpt, question.text, frozenset(), frozenset(), "absent")


def _elsewhere(question: Question, other: Excerpt) -> Question:
    return Question(other, question.text, frozenset(), frozenset(), "absent")


def _slip(text: str, chance: random.Random) -> str:
    for _ in range(2):
        places = [n for n in range(len(text) - 1) if text[n : n + 2].isalpha()]
        if not places:
            break
        n = chance.choice(places)
        how = chance.randrange(3)
        swapped = text[:n] + text[n + 1] + text[n] + text[n + 2 :]
        text = (swapped, text[:n] + text[n + 1 :], text[: n + 1] + text[n:])[how]
    return text


def grouped(items: list[Item], tokens: int = TOKENS, most: int = MOST) -> list[list[Item]]:
    """Group items of like length into batches of at most ``tokens`` and ``most`` rows."""
    order = sorted(range(len(items)), key=lambda n: len(items[n].row.ids))
    groups: list[list[int]] = [[]]
    for n in order:
        size = len(groups[-1])
        if size and (size == most or (size + 1) * len(items[n].row.ids) > tokens):
            groups.append([])
        groups[-1].append(n)
    return [[items[n] for n in group] for group in groups]


def collate(items: list[Item]) -> Batch:
    """Pad items into tensors."""
    longest = -(-max(len(item.row.ids) for item in items) // EVEN) * EVEN
    most = max(item.sentences for item in items) or 1
    ids, types, mask = (torch.zeros(len(items), longest, dtype=torch.long) for _ in range(3))
    spans = torch.zeros(len(items), most, longest)
    cited = torch.zeros(len(items), longest)
    for at, item in enumerate(items):
        size = len(item.row.ids)
        ids[at, :size] = torch.tensor(item.row.ids)
        types[at, :size] = torch.tensor(item.row.types)
        mask[at, :size] = 1
        owners = torch.tensor(item.row.owners)
        tokens = (owners >= 0).nonzero().squeeze(1)
        spans[at, owners[tokens], tokens] = 1
        cited[at, tokens] = types[at, tokens].float()
    held = spans.any(-1)
    spans = spans / spans.sum(-1, keepdim=True).clamp(min=1)
    cited = cited / cited.sum(-1, keepdim=True).clamp(min=1)
    inputs = {
        "input_ids": ids,
        "token_type_ids": types,
        "attention_mask": mask,
        "spans": spans,
        "cited": cited,
    }
    of = tuple(item.of for item in items)
    return Batch(inputs, _targets(items, most), held, items[0].claim, of)


def _targets(items: list[Item], most: int) -> dict[str, torch.Tensor]:
    found = {
        name: torch.full((len(items), most), torch.nan)
        for name in ("answers", "contradicts", "belongs", "listed")
    }
    found |= {name: torch.full((len(items),), torch.nan) for name in ("passage", "supported")}
    for name, tensor in found.items():
        for at, item in enumerate(items):
            value = getattr(item, name)
            if isinstance(value, list):
                tensor[at, : len(value)] = torch.tensor(value)
            elif value is not None:
                tensor[at] = value
    return found
