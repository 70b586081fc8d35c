"""The extractive answerer: verbatim sentences, grouped by letter, each with its citation."""

from assistant.extractive.answerer import ExtractiveAnswerer

__all__ = ["ExtractiveAnswerer"]
