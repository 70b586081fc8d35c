"""Retrieval over inspection letters: load, index, search. Knows no language model or screen."""

import os

# Libraries that report to their makers read these once, when they are imported: ONNX Runtime
# opens a connection and keeps an id of the device in the home folder unless it is told not to.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

from index.index import Index
from index.types import Document, Filters, Hit, Identity, Passage, Query, Results

__all__ = ["Document", "Filters", "Hit", "Identity", "Index", "Passage", "Query", "Results"]
