"""File bytes to clean text: one reader a format, one cleaner for all of them."""

from index.loading.other_kinds import OTHER_KINDS
from index.loading.reading import LOADER_VERSION, MAX_BYTES, SUPPORTED, read

__all__ = ["LOADER_VERSION", "MAX_BYTES", "OTHER_KINDS", "SUPPORTED", "read"]
