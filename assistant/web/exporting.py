"""A conversation as a Markdown or Word file, with its references and how it was made."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date

from docx import Document as WordFile
from docx.enum.text import WD_BREAK
from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.checking.prose import MADE, SOURCES
from assistant.types import Answer, Role
from assistant.web.copying import by_letter, sentence_as_text, sources
from assistant.web.keeping import restored
from assistant.web.session import Conversation
from assistant.words import STATUS_WORDS, day, lead
from index.ports import PassageStore

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARKUP = re.compile(r"([\\`*_{}<>#|!&~]|(?<=\])\()")
_BEGINS = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[-+=])")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HOW = (
    "The quotes were taken word for word from the documents named under Sources, and each was "
    "compared with its document again when this file was saved. Sentences that are not in "
    "quotation marks were written by the tool. Only the documents held were searched; later "
    "ones may have been published. Check a quote in its document before you rely on it.",
    "Under Sources each number names its document: title, whose words it holds, authority, date, "
    "place and file, then the document's id and the characters where the quote stands. With "
    "them the command “assistant check-quotes” compares every quote of this file, also after "
    "editing, with the documents again.",
)


def export_routes(store: PassageStore) -> APIRouter:
    """Make ``POST /export/markdown`` and ``/export/word``; the body is what a browser kept."""
    router = APIRouter()

    @router.post("/export/markdown")
    async def markdown(request: Request) -> Response:
        conversation = restored((await request.body()).decode("utf-8", "replace"), store)
        return Response(as_markdown(conversation, date.today()), media_type="text/markdown")

    @router.post("/export/word")
    async def word(request: Request) -> Response:
        conversation = restored((await request.body()).decode("utf-8", "replace"), store)
        return Response(as_word(conversation, date.today()), media_type=_WORD)

    return router


def as_markdown(conversation: Conversation, today: date) -> str:
    """The conversation in Markdown; nothing in it that came from a document is markup."""
    lines = ["# Answers from inspection letters", ""]
    for style, text in _paragraphs(conversation, today):
        words = _MARKUP.sub(r"\\\1", " ".join(text.split()))
        before = {"question": "## ", "letter": "### ", "quote": "- ", "part": "## "}
        plain = _BEGINS.sub(r"\1\\", words.removeprefix("- "))
        lines += [f"{before.get(style, '')}{plain}", ""]
    return "\n".join(lines)


def as_word(conversation: Conversation, today: date) -> bytes:
    """The conversation as a Word file (docx)."""
    file = WordFile()
    file.add_heading("Answers from inspection letters", 0)
    styles = {"question": "Heading 1", "letter": "Heading 2", "quote": "List Bullet"}
    for style, text in _paragraphs(conversation, today):
        words = _NOT_XML.sub("", " ".join(text.split())).removeprefix("- ")
        if style == "part":
            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        file.add_paragraph(words, style={**styles, "part": "Heading 1"}.get(style))
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _paragraphs(conversation: Conversation, today: date) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for exchange in conversation:
        found.append(("question", exchange.question.strip()[:1000] or "(an empty question)"))
        if exchange.answer:
            found += _answered(exchange.answer)
        if exchange.problem:
            found.append(("text", exchange.problem))
    return [*found, ("part", MADE), ("text", f"Saved on {day(today)}."),
            *(("text", how) for how in _HOW)]  # fmt: skip


def _answered(answer: Answer) -> list[tuple[str, str]]:
    label = STATUS_WORDS.get(answer.status)
    found = [("text", f"{label}.")] if label else []
    if answer.model != "extractive":
        found.append(("text", f"Written by {answer.model} and checked against the quotes."))
    leads: Mapping[int, str] = {c.number: lead(c) for c in answer.citations}
    for group, members in by_letter(answer):
        found += [("letter", group)] if group else []
        for sentence in members:
            style = "quote" if sentence.role is Role.QUOTE else "text"
            found.append((style, sentence_as_text(sentence, leads)))
    said = {s.text for s in answer.sentences}
    found += [("text", note) for note in answer.notes if note not in said]
    if answer.citations:
        found.append(("letter", SOURCES))
        found += [("text", line) for line in sources(answer)]
    return found
