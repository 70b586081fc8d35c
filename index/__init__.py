"""Retrieval over inspection letters: load, index, search. Knows no language model or screen."""

from index.index import Index
from index.types import Document, Filters, Hit, Identity, Passage, Query, Results

__all__ = ["Document", "Filters", "Hit", "Identity", "Index", "Passage", "Query", "Results"]
