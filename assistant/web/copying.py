"""An answer as plain text with its references, to be pasted into a document."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from assistant.types import Answer, AnswerSentence, Citation, Role
from assistant.web.words import STATUS_WORDS, dated, lead, place, source_name, speaker, title


def answer_as_text(answer: Answer) -> str:
    """The question, the answer with ``[n]`` marks, its notes and the list of sources."""
    parts = [f"Question: {answer.question.strip()[:1000]}"]
    if answer.status in STATUS_WORDS:
        parts.append(f"{STATUS_WORDS[answer.status]}.")
    leads = {citation.number: lead(citation) for citation in answer.citations}
    for label, members in groupby(answer.sentences, key=lambda s: s.group):
        lines = [sentence_as_text(s, leads) for s in members]
        parts.append("\n".join([label, *lines] if label else lines))
    said = {s.text for s in answer.sentences}
    parts += [note for note in answer.notes if note not in said]
    if answer.citations:
        parts.append("\n".join(["Sources", *map(reference, answer.citations)]))
    return "\n\n".join(part for part in parts if part)


def sentence_as_text(sentence: AnswerSentence, leads: Mapping[int, str]) -> str:
    """One sentence with its marks; a quote in quotation marks, after its heading if needed."""
    marks = "".join(f" [{number}]" for number in sentence.citations)
    words = " ".join(sentence.text.split())
    if sentence.role is Role.QUOTE:
        heading = leads.get(sentence.citations[0], "") if sentence.citations else ""
        return f"- {heading + ' ' if heading else ''}“{words}”{marks}"
    doubt = "" if sentence.supported else " (not found in the letters)"
    return f"{words}{marks}{doubt}"


def reference(citation: Citation) -> str:
    """One line naming a source: title, speaker, authority, date, place and file."""
    identity = citation.identity
    where = place(citation)
    facts = [
        title(identity),
        speaker(identity),
        identity.authority_name or "",
        dated(identity),
        where,
        identity.source,
    ]
    name = source_name(citation).split(":", 1)[0].removeprefix("Source ")
    return f"[{name}] " + "; ".join(fact for fact in facts if fact)
