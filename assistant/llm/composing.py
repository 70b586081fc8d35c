"""Makes an answer out of checked sentences: citations numbered by first use, failures marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.llm.drafting import Checked
from assistant.types import Answer, AnswerSentence, Citation, Role, Status
from index.types import Evidence

UNSUPPORTED = "⚠ not found in the letters"
"""Stands behind every sentence of a model that failed a check."""


def compose(
    extractive: Answer, evidence: Sequence[Evidence], checked: Sequence[Checked], pending: str = ""
) -> Answer:
    """Make an answer.

    Args:
        extractive: what status, notes and everything but the text are taken from.
        evidence: as numbered in the prompt.
        checked: finished sentences, in order.
        pending: the sentence being written, not yet checked.
    """
    numbers: dict[int, int] = {}
    sentences = _opening(extractive) + [_sentence(item, numbers) for item in checked]
    known = {_place(citation): citation for citation in extractive.citations}
    citations = tuple(
        _citation(number, evidence[shown - 1], known) for shown, number in numbers.items()
    )
    return replace(
        extractive,
        text=_text(sentences, citations, pending),
        sentences=tuple(sentences),
        citations=citations,
        nearest=(),
    )


def _opening(extractive: Answer) -> list[AnswerSentence]:
    """The line that says a letter contradicts the question, which no model may leave out."""
    if extractive.status is not Status.PREMISE_CONTRADICTED:
        return []
    first = extractive.sentences[:1]
    return [s for s in first if s.role is Role.FRAME and not s.citations]


def _sentence(checked: Checked, numbers: dict[int, int]) -> AnswerSentence:
    if checked.frame:
        return AnswerSentence(checked.draft.text, Role.FRAME)
    if not checked.verdict.supported:
        return AnswerSentence(checked.draft.text, Role.ANSWER, supported=False)
    cited = tuple(numbers.setdefault(shown, len(numbers) + 1) for shown in checked.verdict.cited)
    return AnswerSentence(checked.draft.text, Role.ANSWER, cited)


def _citation(number: int, item: Evidence, known: dict[tuple[str, int, int], Citation]) -> Citation:
    start, end = item.sentence.start, item.sentence.end
    same = known.get((item.identity.doc_id, start, end))
    if same is not None:
        return replace(same, number=number)
    return Citation(
        number=number,
        identity=item.identity,
        page=item.passage.page,
        paragraph=item.passage.paragraph,
        heading=item.sentence.heading,
        start=start,
        end=end,
        quote=item.text,
    )


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.identity.doc_id, citation.start, citation.end


def _text(sentences: Sequence[AnswerSentence], citations: Sequence[Citation], pending: str) -> str:
    """Running text; a new paragraph where another document begins to speak."""
    text, speaking = "", ""
    for sentence in sentences:
        speaker = citations[sentence.citations[0] - 1].identity.doc_id if sentence.citations else ""
        turns = sentence.role is Role.FRAME or (speaker and speaker != speaking)
        text += ("\n\n" if turns else " ") + _marked(sentence)
        speaking = speaker or speaking
    return f"{text} {pending} …".strip() if pending else text.strip()


def _marked(sentence: AnswerSentence) -> str:
    if not sentence.supported:
        return f"{sentence.text} {UNSUPPORTED}"
    markers = "".join(f"[{number}]" for number in sentence.citations)
    return f"{sentence.text} {markers}".rstrip()
