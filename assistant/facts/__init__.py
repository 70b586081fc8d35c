"""Answers from events: who, when, which grade, what changed, side by side, how many."""

from assistant.facts.answer import answer_from_facts, facts_wanted, tells_too
from assistant.facts.corpus import Corpus, FactAnswer

__all__ = ["Corpus", "FactAnswer", "answer_from_facts", "facts_wanted", "tells_too"]
