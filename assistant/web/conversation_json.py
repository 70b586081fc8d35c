"""A conversation as JSON, to be kept in a browser or on the server, and back again.

What comes back is checked against the documents held: a citation is read anew from its
document, and a quote that its citation does not hold is marked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.evidence.verbatim import fold
from assistant.rendering.grammar import count
from assistant.types import Answer, AnswerSentence, Citation, Role, Status
from assistant.web.session import Conversation, Exchange
from index.errors import NotFound
from index.ports import PassageStore
from index.query.spelling import corrected
from index.query.understand import MAX_QUESTION, understand
from index.types import Mention

MAX_CHARS = 800_000
_MAX_EXCHANGES = 61
_MAX_QUOTE = 10_000
_MAX_CITED = 40
_GONE = "A document that was cited here is no longer held."
_NO_LONGER_ANSWERED = "This question was not answered when the page was closed."


def kept(exchange: Exchange) -> str:
    """One exchange as JSON: the places cited, not their text; no answer while it grows."""
    answer = exchange.answer if exchange.done else None
    made: dict[str, Any] = {"question": exchange.question, "problem": exchange.problem}
    if exchange.narrowed:
        made |= {"narrowed": exchange.narrowed, "picked": exchange.picked}
    return json.dumps({**made, "answer": _answer(answer) if answer else None})


def restored(text: str, store: PassageStore, talk: str = "") -> Conversation:
    """The conversation that ``text`` (a JSON list of what ``kept`` made) describes.

    Args:
        text: what a browser or the server kept.
        store: what the citations are read from.
        talk: the conversation's id.

    Returns:
        As many exchanges as can be read, renumbered from 1; empty for anything else.
    """
    found = [_exchange(item, store) for item in _listed(text)]
    exchanges = [exchange for exchange in found if exchange is not None]
    return tuple(replace(e, number=number, talk=talk) for number, e in enumerate(exchanges, 1))


def unread(text: str, found: Conversation) -> str:
    """Return how many exchanges ``restored`` could not read, in a sentence; empty for none."""
    lost = len(_listed(text)) - len(found)
    if lost < 1:
        return ""
    verb = "is" if lost == 1 else "are"
    return (
        f"{count(lost, 'question')} of this conversation {verb} not shown: this version cannot "
        "read what was kept. Nothing was deleted."
    )


def _listed(text: str) -> list[Any]:
    try:
        listed = json.loads(text) if len(text) <= MAX_CHARS else []
    except (ValueError, RecursionError):
        return []
    return listed[-_MAX_EXCHANGES:] if isinstance(listed, list) else []


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status,
        "model": answer.model,
        "standalone": answer.standalone,
        "respelt": [[m.value, m.words] for m in answer.query.respelt] if answer.query else [],
        "counted": answer.counted,
        "notes": answer.notes,
        "choices": answer.choices,
        "sentences": [
            [s.text, s.role, s.citations, s.supported, s.group, s.more] for s in answer.sentences
        ],
        "citations": [
            [c.number, c.identity.doc_id, c.start, c.end, c.page, c.paragraph, c.heading]
            for c in answer.citations
        ],
    }


def _exchange(item: Any, store: PassageStore) -> Exchange | None:
    try:
        question = _text(item["question"])[: MAX_QUESTION + 1]
        problem = _text(item["problem"]) if item["problem"] is not None else None
        answer = _reread(question, item["answer"], store) if item["answer"] else None
        narrowed = tuple(_text(label) for label in item.get("narrowed", ()))
        picked = tuple((_text(name), _text(value)) for name, value in item.get("picked", ()))
    except (KeyError, TypeError, ValueError):
        return None
    if answer is None and problem is None:
        problem = _NO_LONGER_ANSWERED
    return Exchange(1, question, answer, problem, done=True, narrowed=narrowed, picked=picked)


def _reread(question: str, kept_answer: Mapping[str, Any], store: PassageStore) -> Answer:
    citations = [_citation(row, store) for row in kept_answer["citations"]]
    held = {c.number: c for c in citations if c is not None}
    sentences = [_sentence(row, held) for row in kept_answer["sentences"]]
    notes = [_text(note) for note in kept_answer["notes"]]
    if None in citations and _GONE not in notes:
        notes.append(_GONE)
    standalone = _text(kept_answer["standalone"])
    respelt = tuple(
        Mention(_text(value), _text(words)) for value, words in kept_answer.get("respelt", ())
    )
    query = understand(corrected(standalone or question, respelt), store.identities())
    return Answer(
        question=question,
        status=Status(kept_answer["status"]),
        text="\n".join(s.text for s in sentences),
        sentences=tuple(sentences),
        citations=tuple(held.values()),
        choices=tuple(_text(choice) for choice in kept_answer["choices"]),
        notes=tuple(notes),
        query=replace(query, respelt=respelt),
        standalone=standalone,
        counted=_text(kept_answer.get("counted", "")),
        model=_text(kept_answer["model"]),
    )


def _citation(row: Sequence[Any], store: PassageStore) -> Citation | None:
    number, doc_id, start, end, page, paragraph, heading = row
    try:
        document = store.document(_text(doc_id))
    except NotFound:
        return None
    if not 0 <= int(start) < int(end) <= len(document.text) or int(end) - int(start) > _MAX_QUOTE:
        raise ValueError("a place outside its document, or larger than any quote")
    return Citation(
        number=int(number),
        identity=document.identity,
        page=int(page) if page is not None else None,
        paragraph=_text(paragraph) if paragraph is not None else None,
        heading=_text(heading),
        start=int(start),
        end=int(end),
        quote=document.text[int(start) : int(end)],
    )


def _sentence(row: Sequence[Any], held: Mapping[int, Citation]) -> AnswerSentence:
    text, role, numbers, supported, group, more = row
    if len(numbers) > _MAX_CITED:
        raise ValueError("more citations than a sentence has")
    cited = tuple(int(n) for n in numbers if int(n) in held)
    quoted = Role(role) is not Role.QUOTE or any(
        fold(_text(text)) in fold(held[n].quote) or fold(held[n].quote) in fold(text) for n in cited
    )
    return AnswerSentence(
        text=_text(text),
        role=Role(role),
        citations=cited,
        supported=bool(supported) and quoted,
        group=_text(group) if group is not None else None,
        more=bool(more),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
