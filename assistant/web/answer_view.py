"""An answer as HTML: grouped by letter, every quote with its numbered source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from assistant.rendering import names, wording
from assistant.rendering.grammar import count
from assistant.rendering.wording import STATUS_SENTENCES, STATUS_WORDS
from assistant.types import Answer, AnswerSentence, Citation, Role, Status
from assistant.web.chips import chips
from assistant.web.conversation_json import kept
from assistant.web.feedback import REASONS
from assistant.web.next_steps import next_steps
from assistant.web.parts import WebParts
from assistant.web.plain_text import answer_as_text, by_letter, quote_as_text, unquoted
from assistant.web.session import Conversation, Exchange
from assistant.web.templating import render
from assistant.web.view_links import Lead, table_of_count, views_beside
from index.types import Hit

_NEAREST_CHARS = 320
_QUESTION_CHARS, _QUESTION_LINES = 240, 6
"""What of a long question is shown before the rest is folded away."""
_OPENING_QUOTES = "\"“‘'"


@dataclass(frozen=True, slots=True)
class Folded:
    """A question as it is shown: ``rest`` is folded away, empty for a short one."""

    head: str
    rest: str

    @classmethod
    def of(cls, question: str) -> Folded:
        """Cut a long question after a word or a line; nothing of it is lost."""
        whole = question.strip()
        head = "\n".join(whole.split("\n")[:_QUESTION_LINES])
        if len(head) > _QUESTION_CHARS:
            shorter = head[:_QUESTION_CHARS]
            head = re.split(r"\s\S*$", shorter)[0] or shorter
        return cls(head, whole[len(head) :].strip())


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an answer with its sources, as the template wants it."""

    sentence: AnswerSentence
    sources: tuple[Citation, ...]

    @property
    def quoted(self) -> bool:
        """Whether the template puts quotation marks around it."""
        is_quote = self.sentence.role is Role.QUOTE
        return is_quote and not self.sentence.text.startswith(tuple(_OPENING_QUOTES))

    @property
    def lead(self) -> str:
        """The heading to show before a quote, empty where it speaks for itself."""
        is_quote = self.sentence.role is Role.QUOTE and self.sources
        return names.lead(self.sources[0]) if is_quote else ""

    @property
    def copied(self) -> str:
        """A quote with its references as it is copied, empty where there is none to copy."""
        sound = self.sentence.role is Role.QUOTE and self.sentence.supported
        return quote_as_text(self.sentence.text, self.sources) if sound and self.sources else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences under one letter's label (None outside a letter)."""

    label: str | None
    shown: tuple[Line, ...]
    folded: tuple[Line, ...]


def conversation_html(conversation: Conversation, parts: WebParts) -> str:
    """All finished exchanges but the last, oldest first."""
    return "".join(exchange_html(one, leads(one, parts)) for one in conversation[:-1])


def current_html(conversation: Conversation, parts: WebParts) -> str:
    """The last exchange, or the empty page's words where nothing was asked yet."""
    if not conversation:
        return render("empty.html", held=parts.held, can_add=parts.can_add)
    last = conversation[-1]
    return exchange_html(last, leads(last, parts), _next(conversation, parts))


def _next(conversation: Conversation, parts: WebParts) -> list[str]:
    """Return what can be asked next, once the last question has its answer."""
    last = conversation[-1]
    if parts.corpus is None or last.answer is None or not last.done:
        return []
    asked = [one.question for one in conversation]
    corpus = parts.corpus().filtered(last.filters)
    return next_steps(last.answer, asked, corpus, parts.held.examples)


def leads(exchange: Exchange, parts: WebParts) -> list[Lead]:
    """Return the views of what a finished answer counts, and of the authorities it is about."""
    answer = exchange.answer
    if parts.corpus is None or answer is None or not exchange.done:
        return []
    named = [mention.value for mention in answer.query.authorities] if answer.query else []
    cited = [citation.identity.authority_name or "" for citation in answer.citations]
    counted = table_of_count(answer, exchange.picked) if parts.count else []
    return [*counted, *views_beside(named or cited, parts.corpus())]


def exchange_html(
    exchange: Exchange, leads: Sequence[Lead] = (), following: Sequence[str] = ()
) -> Markup:
    """One question with its answer, or with what became of it.

    Args:
        exchange: the question and its answer.
        leads: views that lead on.
        following: what can be asked next.
    """
    answer = exchange.answer
    label, notes = _labelled(answer) if answer else (None, ())
    return render(
        "exchange.html",
        exchange=exchange,
        question=Folded.of(exchange.question),
        answer=answer,
        groups=groups(answer) if answer else [],
        chips=chips(answer) if answer else [],
        beyond=goes_beyond(exchange),
        read_as=wording.read_as(answer.query) if answer and answer.query else "",
        label=label,
        notes=notes,
        sentence=_status_sentence(answer) if answer else None,
        nearest=[_near(hit) for hit in answer.nearest] if answer else [],
        near_title=wording.nearest_title(bool(answer and answer.citations)),
        references=references(answer) if answer and exchange.done else [],
        written=answer is not None and answer.model != "extractive",
        copy=answer_as_text(answer) if answer and _worth_copying(exchange) else "",
        kept=kept(exchange),
        announcement=announcement(exchange),
        reasons=REASONS,
        leads=leads,
        following=following,
    )


def sources_html(conversation: Conversation) -> str:
    """The list of the letters that the last answer cites, for the panel."""
    answer = conversation[-1].answer if conversation else None
    if answer is None or not answer.citations:
        return ""
    by_letter: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_letter.setdefault(citation.identity.doc_id, []).append(citation)
    return render("sources.html", letters=list(by_letter.values()), turn=conversation[-1].number)


def groups(answer: Answer) -> list[Group]:
    """Gather sentences under their letters' labels, each label once, letters of which all is
    folded last; notes are shown apart.
    """
    numbered = {citation.number: citation for citation in answer.citations}
    after = answer.sentences[1 if _lead(answer) else 0 :]
    said = [s for s in after if not (s.role is Role.NOTE and s.text in answer.notes)]
    said.sort(key=lambda s: s.more)
    found = []
    for label, own in by_letter(replace(answer, sentences=tuple(said))):
        lines = [Line(s, tuple(numbered[n] for n in s.citations if n in numbered)) for s in own]
        found.append(_group(label, lines))
    return found


def references(answer: Answer) -> list[tuple[Citation, str]]:
    """Return what an answer cites, as it is listed on paper, with its words where no line of the
    answer quotes them.
    """
    bare = unquoted(answer)
    return [(c, " ".join(c.quote.split()) if c in bare else "") for c in answer.citations]


def _group(label: str | None, lines: Sequence[Line]) -> Group:
    return Group(
        label,
        tuple(line for line in lines if not line.sentence.more),
        tuple(line for line in lines if line.sentence.more),
    )


def goes_beyond(exchange: Exchange) -> bool:
    """Return whether a question asked of chosen sources may be answered by others."""
    answer, chosen = exchange.answer, exchange.filters.authorities
    if not exchange.narrowed or answer is None or not exchange.done:
        return False
    named = {mention.value for mention in answer.query.authorities} if answer.query else set()
    refused = answer.status in (Status.NOT_HELD, Status.NOT_STATED, Status.PARTIAL)
    return refused or bool(chosen and named - set(chosen))


def shortened(hit: Hit) -> str:
    """The beginning of a passage, cut after a word."""
    text = " ".join(hit.passage.text.split())
    if len(text) <= _NEAREST_CHARS:
        return text
    return text[:_NEAREST_CHARS].rsplit(" ", 1)[0] + " …"


def _near(hit: Hit) -> tuple[Hit, str, str]:
    """Return a near place, its words as they are shown, and as they are copied."""
    shown = shortened(hit)
    return hit, shown, quote_as_text(shown, (Citation.of(0, hit.identity, hit.passage),))


def announcement(exchange: Exchange) -> str:
    """What a screen reader is told, once, about the state of an exchange."""
    if not exchange.done:
        # A reader who listens is told once that there is a line, not of every step in it.
        return f"{exchange.progress.split(':', 1)[0]}."
    if exchange.answer is None or exchange.problem:
        return exchange.problem or ""
    label = STATUS_WORDS.get(exchange.answer.status, "Answer ready")
    letters = len({c.identity.doc_id for c in exchange.answer.citations})
    if not letters:
        return f"{label}."
    quotes = count(len(exchange.answer.citations), "quote")
    return f"{label}: {quotes} from {count(letters, 'document')}."


def _worth_copying(exchange: Exchange) -> bool:
    answer = exchange.answer
    return exchange.done and answer is not None and answer.status is not Status.INVALID


def _labelled(answer: Answer) -> tuple[str | None, Sequence[str]]:
    """The label of an outcome, with what is missing where a note says so, and the other notes."""
    label = _lead(answer) or STATUS_WORDS.get(answer.status)
    longer = [note for note in answer.notes if label and note.startswith(f"{label}: ")]
    if not longer:
        return label, answer.notes
    return longer[0], [note for note in answer.notes if note != longer[0]]


def _lead(answer: Answer) -> str:
    """Return the sentence that says what is not held, which is label enough; else empty."""
    lead = next(iter(answer.sentences), None)
    said = answer.status is Status.NOT_HELD and lead is not None and lead.role is Role.FRAME
    return lead.text if lead and said else ""


def _status_sentence(answer: Answer) -> str | None:
    said = any(s.role in (Role.FRAME, Role.ANSWER) for s in answer.sentences)
    return None if said else STATUS_SENTENCES.get(answer.status)
