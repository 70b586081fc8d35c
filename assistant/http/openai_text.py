"""An answer as one Markdown text for chat programs, with its sources listed at the end."""

from __future__ import annotations

import re
from typing import Any

from assistant.rendering.references import reference
from assistant.rendering.safe_markdown import as_markdown, unmarked
from assistant.rendering.wording import STATUS_SENTENCES
from assistant.schema import citation_record
from assistant.types import Answer, Citation

_SOURCES = "\n\n**Sources**\n\n"
REPLACED = "\n\n---\n\n*Checking changed the answer. It is, in full:*\n\n"
"""Stands between what was sent of a growing answer and one that does not continue it."""


def said(answer: Answer) -> str:
    """Return the whole text: answer, choices, and every source with its number."""
    text = as_markdown(answer) or STATUS_SENTENCES.get(answer.status, "")
    if answer.choices and not all(choice in text for choice in answer.choices):
        text += "\n\n" + "\n".join(f"- {unmarked(choice)}" for choice in answer.choices)
    if answer.citations:
        text += _SOURCES + "\n".join(f"- {unmarked(reference(one))}" for one in answer.citations)
    return text


def so_far(answer: Answer) -> str:
    """Return the finished lines of a growing answer; its last one may still change."""
    return as_markdown(answer).rpartition("\n")[0].rstrip()


def annotated(text: str, answer: Answer, base: str) -> list[dict[str, Any]]:
    """Return one a citation, as OpenAI's clients know them, with our citation beside.

    Args:
        text: what was sent of the answer, in whole.
        answer: whose citations.
        base: the address below which documents are, by id; ends with a slash.
    """
    return [_annotation(text, citation, base) for citation in answer.citations]


def _annotation(text: str, citation: Citation, base: str) -> dict[str, Any]:
    marker = re.search(rf"\[{citation.number}\]", text)
    identity = citation.identity
    place = f"start={citation.start}&end={citation.end}"
    return {
        "type": "url_citation",
        "url_citation": {
            "start_index": marker.start() if marker else 0,
            "end_index": marker.end() if marker else 0,
            "title": identity.title.value if identity.title else identity.source,
            "url": f"{base}{identity.doc_id}?{place}",
        },
        "citation": citation_record(citation),
    }
