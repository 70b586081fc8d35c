"""Puts an answer together: numbered citations, groups by letter, and the text to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.evidence.quoting import Quote
from assistant.rendering.names import label, lead
from assistant.types import AnswerSentence, Citation, Role
from index.types import Identity

FOLDED = "More, less sure or older"
"""Opens the line that stands for what is folded away."""


@dataclass
class Draft:
    """An answer being written; citations are numbered in order of first use."""

    sentences: list[AnswerSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def frame(self, text: str) -> None:
        """Add a line that says what follows; it states nothing that needs proof."""
        self.sentences.append(AnswerSentence(text, Role.FRAME))

    def answer(
        self,
        text: str,
        proofs: Sequence[tuple[Identity, Quote]],
        group: str | None,
        more: bool = False,
    ) -> None:
        """Add a line that answers, with the places that prove it."""
        numbers = tuple(dict.fromkeys(self.cite(identity, quote) for identity, quote in proofs))
        self.sentences.append(AnswerSentence(text, Role.ANSWER, numbers, group=group, more=more))

    def quote(self, identity: Identity, quote: Quote, more: bool = False) -> None:
        """Add a verbatim quote under its letter's label."""
        number = self.cite(identity, quote)
        self.sentences.append(
            AnswerSentence(quote.text, Role.QUOTE, (number,), group=label(identity), more=more)
        )

    def note(self, text: str) -> None:
        """Add a line about the answer itself."""
        self.sentences.append(AnswerSentence(text, Role.NOTE))

    def cited(self) -> list[Identity]:
        """Return the documents cited, in order of first use."""
        return list({c.identity.doc_id: c.identity for c in self.citations}.values())

    def text(self) -> str:
        """Return the answer as Markdown."""
        return markdown(self.sentences, self.citations)

    def join(self, other: Draft) -> Draft:
        """Add what another draft says and this one does not, its citations numbered anew."""
        numbers = {c.number: self._number(c) for c in other.citations}
        said = {(sentence.group, sentence.text) for sentence in self.sentences}
        for sentence in other.sentences:
            if (sentence.group, sentence.text) not in said:
                cited = tuple(numbers[n] for n in sentence.citations)
                self.sentences.append(replace(sentence, citations=cited))
        return self

    def cites(self, identity: Identity, quote: Quote) -> bool:
        """Return whether a quote of that document, in part, is cited already."""
        own = (one for one in self.citations if one.identity.doc_id == identity.doc_id)
        return any(one.start < quote.end and quote.start < one.end for one in own)

    def cite(self, identity: Identity, quote: Quote) -> int:
        """Return the number of the citation for a quote, a new one where it has none."""
        return self._number(Citation.of(0, identity, quote))

    def _number(self, citation: Citation) -> int:
        place = citation.identity.doc_id, citation.start, citation.end
        for own in self.citations:
            if (own.identity.doc_id, own.start, own.end) == place:
                return own.number
        number = len(self.citations) + 1
        self.citations.append(replace(citation, number=number))
        return number


def markdown(sentences: Iterable[AnswerSentence], citations: Sequence[Citation]) -> str:
    """Return sentences as Markdown, grouped under their letters' labels, markers like ``[1]``.

    What is folded away is one line that says whose words it cites.
    """
    lines: list[str] = []
    group: str | None = None
    by_number = {citation.number: citation for citation in citations}
    every = list(sentences)
    for sentence in _together(_folded(every)):
        if sentence.group and sentence.group != group:
            lines += ["", f"**{sentence.group}**", ""]
        if group and sentence.group is None:
            lines.append("")
        group = sentence.group
        lines.append(_line(sentence, by_number))
        if sentence.role in (Role.FRAME, Role.ANSWER) and sentence.group is None:
            lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _folded(sentences: Sequence[AnswerSentence]) -> list[AnswerSentence]:
    """Return the sentences with what is folded away as one of their last, before the notes."""
    shown = [sentence for sentence in sentences if not sentence.more]
    folded: dict[str, list[AnswerSentence]] = {}
    for sentence in sentences:
        if sentence.more:
            folded.setdefault(sentence.group or "", []).append(sentence)
    if not folded:
        return shown
    parts = [
        f"{letter} {''.join(f'[{n}]' for one in of for n in one.citations)}".strip()
        for letter, of in folded.items()
    ]
    line = AnswerSentence(f"{FOLDED}: {'; '.join(parts)}.", Role.NOTE)
    notes = [sentence for sentence in shown if sentence.role is Role.NOTE]
    return [*(sentence for sentence in shown if sentence.role is not Role.NOTE), line, *notes]


def _together(sentences: Iterable[AnswerSentence]) -> list[AnswerSentence]:
    """Return every letter's sentences under one label, letters in order of first appearance."""
    ordered = list(sentences)
    first: dict[str, int] = {}
    for place, sentence in enumerate(ordered):
        if sentence.group:
            first.setdefault(sentence.group, place)
    places = [first.get(s.group, n) if s.group else n for n, s in enumerate(ordered)]
    return [ordered[n] for n in sorted(range(len(ordered)), key=lambda n: (places[n], n))]


def _line(sentence: AnswerSentence, citations: dict[int, Citation]) -> str:
    markers = "".join(f"[{number}]" for number in sentence.citations)
    if sentence.role is Role.QUOTE:
        quote = citations[sentence.citations[0]]
        words = f"{lead(quote)} “{' '.join(sentence.text.split())}”".lstrip()
        return f"- {words} {markers}"
    if sentence.role is Role.NOTE:
        return f"\n*{sentence.text}*"
    text = f"**{sentence.text}**" if sentence.role is Role.ANSWER else sentence.text
    return f"{'- ' if sentence.group else ''}{text} {markers}".rstrip()
