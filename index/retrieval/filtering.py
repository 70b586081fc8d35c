"""Tell which documents a caller's filters let through; searches nothing."""

from __future__ import annotations

from index.query.date_fit import matches
from index.types import Filters, Identity


def passes(identity: Identity, filters: Filters) -> bool:
    """Return whether every filter that is set lets the document through."""
    timed = filters.from_date is not None or filters.to_date is not None
    return (
        (not filters.documents or identity.doc_id in filters.documents)
        and (not filters.authorities or identity.authority_name in filters.authorities)
        and (not filters.kinds or identity.kind.value in filters.kinds)
        and (not filters.issuers or identity.issuer.value in filters.issuers)
        and (not timed or matches(identity, filters.from_date, filters.to_date))
    )
