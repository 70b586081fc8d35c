"""Inspections as events: which documents tell of, and recall, one and the same.

Linked when an index is opened, from the identities that it keeps: linking 500 documents costs
less than reading them does (evals/LOG.md #inspections-1), and nothing can then be stale.
"""

from index.inspections.linking import link
from index.inspections.record import inspection_record

__all__ = ["inspection_record", "link"]
