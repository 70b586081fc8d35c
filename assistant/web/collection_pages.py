"""Pages about what is held: the documents, one authority, what was left out; accessibility."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.rendering.names import GRADE_NAMES
from assistant.rendering.wording import BY_HAND
from assistant.web.conversation_routes import has_right
from assistant.web.letter_view import copied
from assistant.web.parts import WebParts, newest_first
from assistant.web.templating import render
from assistant.web.view_links import Lead, views_of
from index.errors import NotFound
from index.types import Document, Identity, Judgement

_FRAMEWORKS = {
    "SIF": "SIF is the single inspection framework, under which Ofsted inspected until 2017.",
    "ILACS": (
        "ILACS is the inspection of local authority children’s services, in use since 2018; its "
        "inspections are standard or short."
    ),
    "JTAI": "JTAI is a joint targeted area inspection, by Ofsted together with others.",
}


def collection_routes(parts: WebParts) -> APIRouter:
    """Make ``/collection``, ``/authority/NAME``, ``/problems`` and ``/accessibility``."""
    router = APIRouter()
    store, problems, corpus = parts.store, parts.problems, parts.corpus

    @router.get("/collection", response_class=HTMLResponse)
    def collection(request: Request) -> str:
        return collection_page(parts, request)

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


def collection_page(parts: WebParts, request: Request) -> str:
    """All documents in a table, newest first, with what whoever asks may do."""
    return render(
        "collection.html",
        identities=newest_first(parts.store.identities()),
        frameworks=frameworks(parts.store.identities()),
        grade=overall,
        left_out=len(parts.problems()),
        can_compare=parts.corpus is not None,
        can_count=parts.corpus is not None and parts.count is not None,
        can_add=has_right(parts.adding, request),
        can_manage=has_right(parts.administration, request),
    )


def authority_page(name: str, documents: list[Document], leads: Sequence[Lead] = ()) -> str:
    """One authority's documents with their grades and lists, newest first."""
    rows = [
        (document, [(GRADE_NAMES[j.key], told(j)) for j in document.identity.judgements])
        for document in documents
    ]
    return render(
        "authority.html",
        name=name,
        rows=rows,
        leads=leads,
        copied=copied,
        frameworks=frameworks([document.identity for document in documents]),
    )


def frameworks(identities: Sequence[Identity]) -> list[str]:
    """Return a sentence for each inspection framework that these documents name."""
    named = {i.framework.value.value.split(" ")[0] for i in identities if i.framework}
    return [sentence for name, sentence in _FRAMEWORKS.items() if name in named]


def told(judgement: Judgement) -> str:
    """Return a grade, and that it was given by hand where it was."""
    mark = f" ({BY_HAND})" if judgement.origin == "sidecar" else ""
    return f"{judgement.grade.value}{mark}"


def overall(identity: Identity) -> str:
    """The document's own overall grade, empty where it gives none."""
    grades = [told(j) for j in identity.judgements if j.key == "overall_effectiveness"]
    return grades[0] if grades else ""
