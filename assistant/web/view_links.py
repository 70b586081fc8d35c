"""Where an authority's views are: links for answers, letters and the pages about what is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.facts import Corpus
from assistant.facts.changes import full_inspections
from assistant.facts.compare import FEWEST, MOST
from assistant.rendering.grammar import listed
from assistant.types import REFUSALS, Answer
from assistant.web.source_choice import choice_text
from index.types import Document

MOST_LED = 3
"""Authorities of one answer that are named in links."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A link to a view."""

    label: str
    href: str


def views_of(authority: str, corpus: Corpus) -> list[Lead]:
    """Return the views that there are of an authority, in the order in which one reads them."""
    events = corpus.of(authority)
    leads = []
    if any(one.documents for one in events):
        leads.append(Lead(f"{authority} on one page", _at("brief", name=authority)))
    if events:
        leads.append(_timeline(authority))
    if len(full_inspections(events)) > 1:
        leads.append(Lead(f"What changed at {authority}", _at("changes", authority=authority)))
    return leads


def views_beside(authorities: Sequence[str], corpus: Corpus) -> list[Lead]:
    """Return the views of what an answer is about: of its authority, or of several beside
    each other.
    """
    names = [name for name in dict.fromkeys(authorities) if corpus.of(name)]
    if len(names) < FEWEST:
        return [lead for name in names for lead in views_of(name, corpus)]
    leads = [_timeline(name) for name in names[:MOST_LED]]
    if len(names) > MOST:
        return leads
    shown = listed(names) if len(names) <= MOST_LED else f"{len(names)} authorities"
    return [Lead(f"{shown} side by side", _at("compare", authority=names)), *leads]


def table_of_count(answer: Answer, picked: Sequence[tuple[str, str]]) -> list[Lead]:
    """Return the table of what an answer counts, over the sources picked; none where it counts
    nothing.
    """
    if not answer.counted or answer.status in REFUSALS:
        return []
    asked = {"question": answer.counted}
    over = {"choice": choice_text(picked)} if picked else {}
    return [Lead("This count as a table", _at("count", **asked, **over))]


def views_of_letter(document: Document, corpus: Corpus) -> list[Lead]:
    """Return the views that lead on from a letter."""
    own = any(document.doc_id in event.documents for event in corpus.inspections)
    brief = Lead("This document on one page", _at("brief", name=document.doc_id))
    authority = document.identity.authority_name
    around = views_of(authority, corpus) if authority else []
    return [*([brief] if own else []), *(lead for lead in around if "/brief" not in lead.href)]


def _timeline(authority: str) -> Lead:
    return Lead(f"Timeline of {authority}", _at("timeline", authority=authority))


def _at(kind: str, **wanted: str | list[str]) -> str:
    return f"/{kind}?{urlencode(wanted, doseq=True)}"
