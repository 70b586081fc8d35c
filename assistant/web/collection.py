"""Pages about what is held: the documents, one authority, what was left out; accessibility."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.facts import Corpus
from assistant.web.leads import Lead, views_of
from assistant.web.parts import newest_first
from assistant.web.templating import render
from index.errors import NotFound
from index.ports import PassageStore
from index.store.manifest import Problem
from index.types import JUDGEMENT_KEYS, Document, Identity

GRADE_NAMES = dict(
    zip(
        JUDGEMENT_KEYS,
        (
            "Overall effectiveness",
            "Impact of leaders",
            "Help and protection",
            "Children in care",
            "Care leavers",
            "Adoption",
            "Leadership, management and governance",
            "Local safeguarding children board",
        ),
        strict=True,
    )
)


def collection_routes(
    store: PassageStore,
    problems: Callable[[], Sequence[Problem]] = tuple,
    corpus: Callable[[], Corpus] | None = None,
    may_add: Callable[[Request], bool] = lambda _request: False,
) -> APIRouter:
    """Make ``/collection``, ``/authority/NAME``, ``/problems`` and ``/accessibility``.

    Args:
        store: what is held.
        problems: files that were left out.
        corpus: gives what is held as events, where there are pages of views.
        may_add: whether whoever asks may add documents.
    """
    router = APIRouter()

    @router.get("/collection", response_class=HTMLResponse)
    def collection(request: Request) -> str:
        identities = newest_first(store.identities())
        return collection_page(identities, len(problems()), corpus is not None, may_add(request))

    @router.get("/problems", response_class=HTMLResponse)
    def left_out() -> str:
        return render("problems.html", problems=sorted(problems(), key=lambda p: p.source))

    @router.get("/authority/{name}", response_class=HTMLResponse)
    def authority(name: str) -> str:
        held = [i for i in store.identities() if i.authority_name == name]
        if not held:
            raise NotFound("No document of an authority with this name is held.")
        documents = [store.document(i.doc_id) for i in newest_first(held)]
        return authority_page(name, documents, views_of(name, corpus()) if corpus else [])

    @router.get("/accessibility", response_class=HTMLResponse)
    def accessibility() -> str:
        return render("accessibility.html")

    return router


def collection_page(
    identities: list[Identity],
    left_out: int = 0,
    can_compare: bool = False,
    can_add: bool = False,
) -> str:
    """All documents in a table, newest first, and how many files were left out."""
    return render(
        "collection.html",
        identities=identities,
        grade=overall,
        left_out=left_out,
        can_compare=can_compare,
        can_add=can_add,
    )


def authority_page(name: str, documents: list[Document], leads: Sequence[Lead] = ()) -> str:
    """One authority's documents with their grades and lists, newest first."""
    rows = [
        (document, [(GRADE_NAMES[j.key], j.grade.value) for j in document.identity.judgements])
        for document in documents
    ]
    return render("authority.html", name=name, rows=rows, leads=leads)


def overall(identity: Identity) -> str:
    """The document's own overall grade, empty where it gives none."""
    grades = [j.grade.value for j in identity.judgements if j.key == "overall_effectiveness"]
    return grades[0] if grades else ""
