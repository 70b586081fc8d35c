"""What is held: the documents and authorities that can be asked about, from the catalogue."""

from __future__ import annotations

from datetime import date

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.question.documents import allowed
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import count, listed
from assistant.rendering.names import told_by
from assistant.types import Status
from index.query.date_fit import matches
from index.types import Filters, Identity, Query

MOST_LISTED = 60


def held(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer what is held: how many documents about whom, then each, the newest first."""
    names = tuple(dict.fromkeys(m.value for m in query.authorities))
    documents = documents_meant(query, corpus)
    documents = sorted(documents, key=lambda one: (one.dated or date.min, one.doc_id), reverse=True)
    if query.order and documents:
        documents = [one for one in documents if one.dated] or documents
        documents = documents[:1] if query.order == "newest" else documents[-1:]
    draft = Draft()
    if not documents:
        about = _about(corpus.identities)
        return FactAnswer(Status.NOT_HELD, draft, (f"Held are {about}.",))
    if not query.order:
        draft.frame(f"{_about(documents)[0].upper()}{_about(documents)[1:]}, newest first.")
    for one in documents[:MOST_LISTED]:
        spans = [v.span for v in (one.title, one.kind) if v and v.span]
        draft.answer(
            f"{told_by(one)[0].upper()}{told_by(one)[1:]}",
            corpus.proofs(one, spans[:1]),
            one.authority_name or "No single authority",
        )
    notes = ["You can ask what they say on any matter, who, when, which grade, and what changed."]
    if len(documents) > MOST_LISTED:
        notes.append(f"The newest {MOST_LISTED} of {len(documents)} are listed.")
    missing = [name for name in names if not any(o.authority_name == name for o in documents)]
    notes += [f"Nothing is held about {listed(missing)}."] if missing else []
    return FactAnswer(Status.PARTIAL if missing else Status.ANSWERED, draft, tuple(notes))


def documents_meant(query: Query, corpus: Corpus) -> list[Identity]:
    """Return the documents of the authorities, kinds and times named; all where none is."""
    names = tuple(dict.fromkeys(m.value for m in query.authorities))
    kinds = tuple(m.value for m in query.kinds if m.certain)
    documents = allowed(corpus.identities, Filters(names, kinds))
    periods = [m.value for m in query.periods]
    return [
        one
        for one in documents
        if not periods or any(matches(one, p.start, p.end) for p in periods)
    ]


def _about(documents: list[Identity]) -> str:
    """Return ``5 documents about 3 authorities: Middlesbrough, …``."""
    names = sorted({one.authority_name for one in documents if one.authority_name})
    some = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return (
        f"{count(len(documents), 'document')} about "
        f"{count(len(names), 'authority', 'authorities')}: {some}"
    )
