"""A conversation as a Markdown or Word file, with its references and how it was made."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from docx import Document as WordFile
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from assistant.checking.text_claims import MADE, SOURCES
from assistant.errors import TooBusyError
from assistant.rendering.dates import day
from assistant.rendering.names import lead
from assistant.rendering.wording import STATUS_WORDS
from assistant.service.limiter import Limiter
from assistant.types import Answer, Citation, Role
from assistant.web.conversation_json import restored
from assistant.web.plain_text import around_marks, by_letter, located, marks, sources
from assistant.web.session import Conversation
from assistant.web.view_files import NOT_XML, WORD
from assistant.web.word_footnotes import Footnotes
from index.ports import PassageStore

_MARKUP = re.compile(r"([\\`*_{}<>#|!&~]|(?<=\])\()")
_BEGINS = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[-+=])")
_AT_ONCE = 2
_WAITING = 16
"""Files written at once, each in a thread, and those that may wait."""
_HOW = (
    "The quotes were taken word for word from the documents named {where}, and each was "
    "compared with its document again when this file was saved. Sentences that are not in "
    "quotation marks were written by the tool. Only the documents held were searched; later "
    "ones may have been published. Check a quote in its document before you rely on it.",
    "{Where} each number has its reference as a paper gives it, then whose words it holds, "
    "authority, file, the document's id and the characters where the quote stands. With "
    "them the command “assistant check-quotes” compares every quote of this file, also after "
    "editing, with the documents again.",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One paragraph: what stands before the numbers of its citations, they, and what after."""

    style: str
    text: str
    citations: tuple[Citation, ...] = ()
    after: str = ""


def export_routes(store: PassageStore, allows: Callable[[str], bool]) -> APIRouter:
    """Make ``POST /export/markdown`` and ``/export/word``; the body is what a browser kept.

    Args:
        store: what the citations are read from.
        allows: whether someone may save one more file now.
    """
    router = APIRouter()
    files = Limiter(_AT_ONCE, _WAITING)

    async def saved(
        request: Request, write: Callable[[Conversation, date], str | bytes], kind: str
    ) -> Response:
        client = request.client.host if request.client else ""
        refusal = PlainTextResponse("Many files are being saved. Wait a minute.", 429)
        if not allows(str(request.scope.get("assistant_user") or client)):
            return refusal
        body = await request.body()

        def made() -> str | bytes:
            return write(restored(body.decode("utf-8", "replace"), store), date.today())

        try:
            return Response(await files.run(made), media_type=kind)
        except TooBusyError:
            return refusal

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
    for line in _lines(conversation, today, _listed, f"under {SOURCES}"):
        text = line.text + marks(one.number for one in line.citations) + line.after
        words = _MARKUP.sub(r"\\\1", " ".join(text.split()))
        before = {"question": "## ", "letter": "### ", "quote": "- ", "part": "## "}
        plain = _BEGINS.sub(r"\1\\", words.removeprefix("- "))
        lines += [f"{before.get(line.style, '')}{plain}", ""]
    return "\n".join(lines)


def as_word(conversation: Conversation, today: date) -> bytes:
    """The conversation as a Word file (docx), each number a footnote."""
    file = WordFile()
    file.add_heading("Answers from inspection letters", 0)
    names = {"question": "Heading 1", "letter": "Heading 2", "quote": "List Bullet"}
    styles = {kind: file.styles[name] for kind, name in {**names, "part": "Heading 1"}.items()}
    notes, end = Footnotes(file), file.element.body.sectPr
    for line in _lines(conversation, today, _left, "in the footnotes"):
        # What python-docx itself does to add a paragraph takes longer with every one added.
        element = OxmlElement("w:p")
        end.addprevious(element)
        paragraph = Paragraph(element, file)
        if line.style in styles:
            paragraph.style = styles[line.style]
        if line.style == "part":
            paragraph.paragraph_format.page_break_before = True
        paragraph.add_run(_words(line.text).removeprefix("- "))
        cited = (located(one, with_words=line.style != "quote") for one in line.citations)
        notes.add(paragraph, *map(_words, cited))
        if line.after:
            paragraph.add_run(line.after)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _words(text: str) -> str:
    return NOT_XML.sub("", " ".join(text.split()))


def _lines(
    conversation: Conversation, today: date, ending: Callable[[Answer], list[_Line]], where: str
) -> list[_Line]:
    """Return what both files say.

    Args:
        ending: what ends an answer in this kind of file.
        where: its references stand.
    """
    found: list[_Line] = []
    for exchange in conversation:
        found.append(_Line("question", exchange.question.strip() or "(an empty question)"))
        if exchange.answer:
            found += [*_answered(exchange.answer), *ending(exchange.answer)]
        if exchange.problem:
            found.append(_Line("text", exchange.problem))
    told = {"where": where, "Where": f"{where[0].upper()}{where[1:]}"}
    how = (one.format_map(told) for one in (f"Saved on {day(today)}.", *_HOW))
    return [*found, _Line("part", MADE), *(_Line("text", one) for one in how)]


def _answered(answer: Answer) -> list[_Line]:
    label = STATUS_WORDS.get(answer.status)
    found = [_Line("text", f"{label}.")] if label else []
    if answer.model != "extractive":
        found.append(_Line("text", f"Written by {answer.model} and checked against the quotes."))
    cited = {c.number: c for c in answer.citations}
    leads = {c.number: lead(c) for c in answer.citations}
    for group, members in by_letter(answer):
        found += [_Line("letter", group)] if group else []
        for sentence in members:
            style = "quote" if sentence.role is Role.QUOTE else "text"
            words, after = around_marks(sentence, leads)
            citations = tuple(cited[n] for n in sentence.citations if n in cited)
            found.append(_Line(style, words, citations, after))
    said = {s.text for s in answer.sentences}
    return found + [_Line("text", note) for note in answer.notes if note not in said]


def _listed(answer: Answer) -> list[_Line]:
    """Return an answer's references as a list."""
    lines = [_Line("text", line) for line in sources(answer)]
    return [_Line("letter", SOURCES), *lines] if lines else []


def _left(answer: Answer) -> list[_Line]:
    """Return the words that an answer cites, and none of its sentences has a footnote for."""
    used = {n for s in answer.sentences for n in s.citations}
    lines = [
        _Line("quote", f"- “{' '.join(one.quote.split())}”", (one,))
        for one in answer.citations
        if one.number not in used
    ]
    return [_Line("letter", SOURCES), *lines] if lines else []
