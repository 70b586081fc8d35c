"""An answer as plain text with its references, to be pasted into a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from assistant.checking.text_claims import DOUBTED, SOURCES
from assistant.rendering.names import lead, speaker
from assistant.rendering.references import formal_reference
from assistant.rendering.wording import STATUS_WORDS
from assistant.types import Answer, AnswerSentence, Citation, Role
from index.query.understand import MAX_QUESTION

_UNQUOTED = str.maketrans(dict.fromkeys('“”"', "'"))


def answer_as_text(answer: Answer) -> str:
    """The question, the answer with ``[n]`` marks, its notes and the list of sources."""
    parts = [f"Question: {answer.question.strip()[:MAX_QUESTION]}"]
    if answer.status in STATUS_WORDS:
        parts.append(f"{STATUS_WORDS[answer.status]}.")
    leads = {citation.number: lead(citation) for citation in answer.citations}
    for label, members in by_letter(answer):
        lines = [sentence_as_text(s, leads) for s in members]
        parts.append("\n".join([label, *lines] if label else lines))
    said = {s.text for s in answer.sentences}
    parts += [note for note in answer.notes if note not in said]
    if answer.citations:
        parts.append("\n".join([SOURCES, *sources(answer)]))
    return "\n\n".join(part for part in parts if part)


def by_letter(answer: Answer) -> list[tuple[str | None, list[AnswerSentence]]]:
    """An answer's sentences under their letters' labels, each label once, where it comes first;
    runs of sentences outside a letter (None) stay where they are.
    """
    found: list[tuple[str | None, list[AnswerSentence]]] = []
    for label, members in groupby(answer.sentences, key=lambda s: s.group):
        same = next((said for known, said in found if label and known == label), None)
        if same is None:
            found.append((label, list(members)))
        else:
            same.extend(members)
    return found


def sentence_as_text(sentence: AnswerSentence, leads: Mapping[int, str]) -> str:
    """One sentence with its marks; a quote in quotation marks, after its heading if needed."""
    words, doubt = around_marks(sentence, leads)
    return words + marks(sentence.citations) + doubt


def around_marks(sentence: AnswerSentence, leads: Mapping[int, str]) -> tuple[str, str]:
    """What of a sentence stands before the marks of its citations, and what after them."""
    words = " ".join(sentence.text.split())
    doubt = "" if sentence.supported else f" ({DOUBTED})"
    if sentence.role is Role.QUOTE:
        heading = leads.get(sentence.citations[0], "") if sentence.citations else ""
        # A mark of quotation before the quote's own would read as its beginning.
        before = f"{heading.translate(_UNQUOTED)} " if heading else ""
        return f"- {before}“{words}”", doubt
    return words, doubt


def marks(numbers: Iterable[int]) -> str:
    """The numbers of citations as they stand behind words in plain text."""
    return "".join(f" [{number}]" for number in numbers)


def sources(answer: Answer) -> list[str]:
    """A line for each citation: document and place, and its words where no line quotes them."""
    bare = unquoted(answer)
    return [f"[{one.number}] {located(one, with_words=one in bare)}" for one in answer.citations]


def unquoted(answer: Answer) -> list[Citation]:
    """Return the citations whose words no line of the answer quotes."""
    quoted = {n for s in answer.sentences if s.role is Role.QUOTE for n in s.citations}
    return [one for one in answer.citations if one.number not in quoted]


def located(citation: Citation, with_words: bool) -> str:
    """The formal reference, then what ``check-quotes`` finds the words by: file, id and place;
    with the words themselves where they stand nowhere else.
    """
    identity = citation.identity
    facts = [speaker(identity), identity.authority_name, identity.source]
    facts += [f"document {identity.doc_id}, characters {citation.start}–{citation.end}"]
    named = "; ".join(fact for fact in facts if fact)
    words = f": “{' '.join(citation.quote.split())}”" if with_words else ""
    return f"{formal_reference(citation)}; {named}{words}"


def quote_as_text(words: str, citations: Sequence[Citation]) -> str:
    """A quote with its formal references, to be pasted into a paper."""
    named = "; ".join(formal_reference(citation) for citation in citations)
    return f"“{' '.join(words.split())}” ({named})"
