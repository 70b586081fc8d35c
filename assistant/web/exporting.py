"""A conversation as a Markdown or Word file, with its references and how it was made."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from datetime import date

from anyio import CapacityLimiter, to_thread
from docx import Document as WordFile
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from assistant.checking.prose import MADE, SOURCES
from assistant.rendering.names import day, lead
from assistant.rendering.wording import STATUS_WORDS
from assistant.types import Answer, Role
from assistant.web.copying import by_letter, sentence_as_text, sources
from assistant.web.keeping import restored
from assistant.web.session import Conversation
from assistant.web.view_files import NOT_XML, WORD
from index.ports import PassageStore

_MARKUP = re.compile(r"([\\`*_{}<>#|!&~]|(?<=\])\()")
_BEGINS = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[-+=])")
_AT_ONCE = 2
_WAITING = 16
"""Files written at once, each in a thread, and those that may wait."""
_HOW = (
    "The quotes were taken word for word from the documents named under Sources, and each was "
    "compared with its document again when this file was saved. Sentences that are not in "
    "quotation marks were written by the tool. Only the documents held were searched; later "
    "ones may have been published. Check a quote in its document before you rely on it.",
    "Under Sources each number has its reference as a paper gives it, then whose words it holds, "
    "authority, file, the document's id and the characters where the quote stands. With "
    "them the command “assistant check-quotes” compares every quote of this file, also after "
    "editing, with the documents again.",
)


def export_routes(store: PassageStore, allows: Callable[[str], bool]) -> APIRouter:
    """Make ``POST /export/markdown`` and ``/export/word``; the body is what a browser kept.

    Args:
        store: what the citations are read from.
        allows: whether someone may save one more file now.
    """
    router = APIRouter()
    files = CapacityLimiter(_AT_ONCE)

    async def saved(
        request: Request, write: Callable[[Conversation, date], str | bytes], kind: str
    ) -> Response:
        client = request.client.host if request.client else ""
        busy = files.statistics().tasks_waiting >= _WAITING
        if busy or not allows(str(request.scope.get("assistant_user") or client)):
            return PlainTextResponse("Many files are being saved. Wait a minute.", 429)
        body = await request.body()

        def made() -> str | bytes:
            return write(restored(body.decode("utf-8", "replace"), store), date.today())

        return Response(await to_thread.run_sync(made, limiter=files), media_type=kind)

    @router.post("/export/markdown")
    async def markdown(request: Request) -> Response:
        return await saved(request, as_markdown, "text/markdown")

    @router.post("/export/word")
    async def word(request: Request) -> Response:
        return await saved(request, as_word, WORD)

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
    names = {"question": "Heading 1", "letter": "Heading 2", "quote": "List Bullet"}
    styles = {kind: file.styles[name] for kind, name in {**names, "part": "Heading 1"}.items()}
    end = file.element.body.sectPr
    for style, text in _paragraphs(conversation, today):
        words = NOT_XML.sub("", " ".join(text.split())).removeprefix("- ")
        # What python-docx itself does to add a paragraph takes longer with every one added.
        element = OxmlElement("w:p")
        end.addprevious(element)
        paragraph = Paragraph(element, file)
        if style in styles:
            paragraph.style = styles[style]
        if style == "part":
            paragraph.paragraph_format.page_break_before = True
        paragraph.add_run(words)
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
