"""File bytes to clean text: one reader a format, one cleaner for all of them."""

from index.loading.reading import LOADER_VERSION, SUPPORTED, read

__all__ = ["LOADER_VERSION", "SUPPORTED", "read"]
