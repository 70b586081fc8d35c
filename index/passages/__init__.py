"""A document's text cut into sentences and passages, each an exact span."""
