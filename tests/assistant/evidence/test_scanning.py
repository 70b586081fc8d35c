"""What of a question is its matter, by the passages that were found for it."""

from __future__ import annotations

from assistant.evidence.scanning import in_their_words, subject_of
from index.types import Hit
from tests.llm_evidence import STOKE, evidence


def found(*texts: str) -> list[Hit]:
    items = [evidence(STOKE, text, start=1000 * n) for n, text in enumerate(texts)]
    return [Hit(item.passage, item.identity, 1.0, 1) for item in items]


def test_the_matter_is_what_the_passages_speak_of_too() -> None:
    hits = found("Quality assurance is improving.", "The audits focus on compliance.")
    asked = "audit / quality assurance: how do Stoke and Leeds compare, 2021 vs 2023?"
    assert in_their_words(asked, hits) == "audit quality assurance"


def test_without_passages_or_common_words_there_is_no_matter() -> None:
    assert in_their_words("how do they compare?", found("Plans drift.")) == ""
    assert in_their_words("audits", []) == ""


def test_a_noun_phrase_behind_about_is_a_subject_and_a_clause_is_none() -> None:
    assert subject_of("what did inspectors say about connected carers?") == "connected carers"
    assert subject_of("what did they say about how children are doing?") is None
