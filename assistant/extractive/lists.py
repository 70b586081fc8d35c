"""What needs to improve, what is recommended: complete lists, where nothing narrower is asked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.extractive.quoting import Quoter
from assistant.extractive.writing import Draft
from index.store.collection import Collection
from index.store.lexical import terms
from index.types import Identity, Query

MOST_DOCUMENTS = 4
_LIST_WORDS = frozenset(
    terms(
        "improve improvement improvements recommendations recommendation priority action actions "
        "areas area ofsted inspectors want wanted needs need better list what all main "
        "overall made "
        "make told tell ask asked practice work social sort fix report letter visit "
        "inspection points "
        "focused monitoring out set for identified identify complete full do go through give me us "
        "list them one two three four five six seven eight nine ten overall each every number "
        "get got "
        "inspected inspector inspectors council local authority children services please show"
    )
)


def improvements(query: Query, group: Sequence[Identity], collection: Collection) -> Draft:
    """The complete typed lists, where the question asks for nothing narrower; else nothing."""
    draft = Draft()
    said = {term for m in (*query.kinds, *query.periods) for term in terms(m.words)}
    if set(terms(query.topic)) - _LIST_WORDS - said:
        return draft
    for identity in group[:MOST_DOCUMENTS]:
        document = collection.document(identity.doc_id)
        quoter = Quoter(document)
        for section in document.sections:
            for item in section.items:
                draft.quote(identity, quoter.span(item.start, item.end))
        if draft.citations and not (query.periods or query.kinds):
            break
    return draft
