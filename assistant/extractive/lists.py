"""What needs to improve, what is recommended: complete lists, where nothing narrower is asked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.quoting import Quoter
from assistant.rendering.draft import Draft
from assistant.rendering.labels import day
from index.store.collection import Collection
from index.store.lexical import terms
from index.timing import fit
from index.types import Document, Identity, Query, SectionKind
from index.understanding.plain import in_inspectors_words

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
        "inspected inspector inspectors council local authority children services please show "
        "weaknesses weakness faults shortfalls problems concerns could thing things whole just "
        "only same both different find found had have did has say said any about after before "
        "last latest recent most newest note doing there is are was were many how still now "
        "please pls home work working homework task tasks to-do point leave left put right "
        "december january february march april may june july august september october november"
    )
)
"""Words of a question for a whole list; with any other it asks for something narrower."""


def improvements(query: Query, group: Sequence[Identity], collection: Collection) -> Draft:
    """The complete typed lists, where the question asks for nothing narrower; else nothing.

    Of each authority the first document of ``group`` that has a list, and every one of the
    kind or the time where one is named.
    """
    draft = Draft()
    said = {term for m in (*query.kinds, *query.periods) for term in terms(m.words)}
    if set(terms(_asked(query))) - _LIST_WORDS - said:
        return draft
    listing = [i for i in group if _items(collection.document(i.doc_id))]
    if query.periods:
        listing = [i for i in listing if _of_time(i, listing, query)]
    elif not query.kinds:
        firsts: dict[str | None, Identity] = {}
        for identity in listing:
            firsts.setdefault(identity.authority_name, identity)
        listing = list(firsts.values())
    documents = [collection.document(i.doc_id) for i in listing[:MOST_DOCUMENTS]]
    if documents:
        draft.frame(f"Complete: {'; '.join(_counted(document) for document in documents)}.")
    for document in documents:
        for start, end in _items(document):
            draft.quote(document.identity, Quoter(document).span(start, end))
    return draft


def _of_time(identity: Identity, among: Sequence[Identity], query: Query) -> bool:
    """Whether a document fits one of the times named as well as any does."""
    times = [mention.value for mention in query.periods]
    return any(fit(identity, time) == max(fit(i, time) for i in among) for time in times)


def _counted(document: Document) -> str:
    """``Stoke-on-Trent, 8 Nov 2023: 2 points``."""
    identity, many = document.identity, len(_items(document))
    named = [identity.authority_name or "", day(identity.dated) if identity.dated else "undated"]
    return f"{', '.join(filter(None, named))}: {many} {'point' if many == 1 else 'points'}"


def _asked(query: Query) -> str:
    """The sentences of the question that ask for the list: "I've a note to do" says nothing."""
    parts = [part for part in query.topic.replace(",", ".").split(".") if part.strip()]
    telling = [part for part in parts if not part.strip().lower().startswith(("i ", "i'", "i’"))]
    return in_inspectors_words(". ".join(telling))


def _items(document: Document) -> list[tuple[int, int]]:
    """Every item of a document's lists, in order; a priority action first."""
    urgent = SectionKind.PRIORITY_ACTION
    sections = sorted(document.sections, key=lambda section: section.kind is not urgent)
    return [(item.start, item.end) for section in sections for item in section.items]
