"""Hits, places and answers as text for people, in aligned columns; it prints nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.cli.markdown import as_plain
from assistant.cli.output import wrapped
from assistant.rendering import wording
from assistant.rendering.grammar import count
from assistant.rendering.references import joined, label, reference
from assistant.rendering.safe_markdown import as_markdown
from assistant.types import Answer, Citation, Status
from index.types import Hit, Identity, Query

if TYPE_CHECKING:
    from assistant.service.phrase_search import Found, Place

_INDENT = " " * 5
_NEAREST = 3
_NEAREST_CHARS = 300
_READ_AS_CHARS = 80


def hit(one: Hit, explain: bool = False) -> str:
    """Rank and document, the place, the passage; with ``explain`` the parts of its score."""
    passage = one.passage
    where = _where(passage.page, passage.paragraph, passage.heading)
    lines = [
        wrapped(label(one.identity), f"{one.rank:>3}. ", _INDENT),
        wrapped(joined(where, _span(one.identity, passage.start, passage.end)), _INDENT),
        wrapped(passage.text, _INDENT),
    ]
    if explain:
        parts = ", ".join(f"{name} {value:.3f}" for name, value in one.parts.items() if value)
        lines.append(wrapped(f"score {one.score:.3f}: {parts}", _INDENT))
    return "\n".join(lines)


def place(one: Place) -> str:
    """Return the document, the place, and the sentence around the phrase."""
    where = _where(one.page, one.paragraph, one.heading)
    return "\n".join(
        [
            wrapped(label(one.identity), "", _INDENT),
            wrapped(joined(where, _span(one.identity, one.start, one.end)), _INDENT),
            wrapped(one.text, _INDENT),
        ]
    )


def found_count(found: Found) -> str:
    """Return how many places in how many documents, of how many searched."""
    places = count(len(found.places), "place")
    searched = count(found.searched, "document")
    return wrapped(f"“{found.phrase}”: {places} in {found.holding} of {searched} searched.")


def answer(one: Answer) -> str:
    """Return the answer, its notes, what is nearest where nothing answers, and its references."""
    said = as_plain(as_markdown(one)) or wording.STATUS_SENTENCES.get(one.status, "")
    flat = " ".join(said.split())
    parts = [said]
    if one.status is not Status.ANSWERED:
        parts.insert(0, f"({wording.STATUS_WORDS[one.status]})")
    if one.choices and not all(choice in flat for choice in one.choices):
        parts.append(wrapped("Choose from: " + "; ".join(one.choices), "", "  "))
    parts += [wrapped(note) for note in one.notes if " ".join(note.split()) not in flat]
    parts.append(read_as(one.query) if one.query else "")
    if one.nearest:
        nearest = [_near(near) for near in one.nearest[:_NEAREST]]
        parts.append("\n".join([wrapped(wording.nearest_title(bool(one.citations))), *nearest]))
    if one.citations:
        folded = {n for s in one.sentences if s.more for n in s.citations}
        references = [_reference(c, c.number in folded) for c in one.citations]
        parts.append("\n".join(["References", *references]))
    return "\n\n".join(part for part in parts if part)


def read_as(query: Query) -> str:
    """Return what words were taken for, where one line says it; otherwise empty."""
    said = wording.read_as(query)
    return f"(read as: {said})" if said and len(said) <= _READ_AS_CHARS else ""


def understood(found: Mapping[str, Any]) -> str:
    """Return what was understood, a line each, with the words that said so."""
    lines = [f"understood: topic “{found['topic']}”"]
    lines += [
        f"  {name}: {_value(mention)} (“{mention['words']}”{_doubt(mention)})"
        for name in ("authorities", "periods", "kinds", "people", "terms")
        for mention in found[name]
    ]
    if found["order"]:
        lines.append(f"  order: {found['order']} first")
    return "\n".join(
        wrapped(line, line[: len(line) - len(line.lstrip())], "    ") for line in lines
    )


def _near(one: Hit) -> str:
    text = " ".join(one.passage.text.split())
    short = text if len(text) <= _NEAREST_CHARS else text[:_NEAREST_CHARS].rsplit(" ", 1)[0] + " …"
    return "\n".join([wrapped(f"- {label(one.identity)}", "", "  "), wrapped(f"“{short}”", "  ")])


def _reference(citation: Citation, folded: bool = False) -> str:
    """Return a line of references; of what is folded away with its words."""
    identity = citation.identity
    span = f"{identity.doc_id} {citation.start}–{citation.end}"
    line = wrapped(joined(reference(citation), span), "", "    ")
    words = wrapped(f"“{' '.join(citation.quote.split())}”", "    ", "    ")
    return f"{line}\n{words}" if folded else line


def _where(page: int | None, paragraph: str | None, heading: str) -> str:
    return joined(
        f"page {page}" if page else "", f"paragraph {paragraph}" if paragraph else "", heading
    )


def _span(identity: Identity, start: int, end: int) -> str:
    return f"{identity.source} {start}–{end} ({identity.doc_id})"


def _value(mention: Mapping[str, Any]) -> str:
    if "value" in mention:
        return str(mention["value"])
    return f"{mention['from'] or '…'} to {mention['to'] or '…'}"


def _doubt(mention: Mapping[str, Any]) -> str:
    return "" if mention["certain"] else ", uncertain"
