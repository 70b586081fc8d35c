"""Makes an answer out of checked sentences: citations numbered by first use, failures marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.quoting import with_what_it_leans_on
from assistant.llm.drafting import Checked
from assistant.rendering import wording
from assistant.types import Answer, AnswerSentence, Citation, Role, Status
from index.types import Evidence, Filters

UNSUPPORTED = "⚠ not found in the letters"
"""Stands behind every sentence of a model that failed a check and is shown."""


def compose(
    extractive: Answer, evidence: Sequence[Evidence], checked: Sequence[Checked], status: Status
) -> Answer:
    """Make an answer.

    Args:
        extractive: what is not written by the model is taken from: question, query, choices.
        evidence: as numbered in the prompt.
        checked: finished sentences to show, in order.
        status: as the model decided.
    """
    numbers: dict[int, int] = {}
    lead = wording.said(status, extractive.query.filters if extractive.query else Filters())
    opening = [AnswerSentence(lead, Role.FRAME)] if lead else []
    sentences = opening + [_sentence(item, numbers) for item in checked]
    known = {_place(citation): citation for citation in extractive.citations}
    citations = tuple(
        _citation(number, evidence[shown - 1], known) for shown, number in numbers.items()
    )
    return replace(
        extractive,
        status=status,
        text=_text(sentences, citations),
        sentences=tuple(sentences),
        citations=citations,
        nearest=(),
    )


def _sentence(checked: Checked, numbers: dict[int, int]) -> AnswerSentence:
    if not checked.verdict.supported:
        return AnswerSentence(checked.draft.text, Role.ANSWER, supported=False)
    cited = tuple(numbers.setdefault(shown, len(numbers) + 1) for shown in checked.verdict.cited)
    return AnswerSentence(checked.draft.text, Role.ANSWER, cited)


def _citation(number: int, item: Evidence, known: dict[tuple[str, int, int], Citation]) -> Citation:
    whole = with_what_it_leans_on(item.passage, item.sentence)
    start, end = whole[0].start, whole[-1].end
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
        quote=item.passage.text_of(replace(item.sentence, start=start)),
    )


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.identity.doc_id, citation.start, citation.end


def _text(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> str:
    """Return running text; a new paragraph where another document begins to speak."""
    text, speaking = "", ""
    for sentence in sentences:
        speaker = citations[sentence.citations[0] - 1].identity.doc_id if sentence.citations else ""
        turns = sentence.role is Role.FRAME or (speaker and speaker != speaking)
        text += ("\n\n" if turns else " ") + _marked(sentence)
        speaking = speaker or speaking
    return text.strip()


def _marked(sentence: AnswerSentence) -> str:
    if not sentence.supported:
        return f"~~{sentence.text}~~ {UNSUPPORTED}"
    markers = "".join(f"[{number}]" for number in sentence.citations)
    return f"{sentence.text} {markers}".rstrip()
