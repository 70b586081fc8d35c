"""Which sources are asked: what a reader chose, as filters, in words, and as a form to choose from.

A choice travels as data: pairs of a name and a value, as the form and the page's script have them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from assistant.question.documents import allowed
from assistant.rendering.names import letter_name
from assistant.web.parts import Held, WebParts, newest_first
from assistant.web.templating import render
from index.ports import PassageStore
from index.types import Filters, Identity, Issuer, Kind

OWN, NEWEST = "Only Ofsted’s own words", "Only the newest of each authority"
_MOST = 60
"""Values that a choice may have; more of one name restrict next to nothing."""
_KINDS = {kind.value: kind for kind in Kind}
_NOTHING = ("nothing",)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked; nothing chosen is everything.

    Attributes:
        picked: (name, value) pairs; names are ``own``, ``newest``, ``authority``, ``kind``,
            ``document``, ``from`` and ``to``.
    """

    picked: tuple[tuple[str, str], ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """Return the values picked of one name."""
        return tuple(value for one, value in self.picked if one == name)


EVERYTHING = Choice()


def choice_from(text: str, store: PassageStore) -> Choice:
    """Return the choice that the page sent as JSON, without what is not held (any more)."""
    try:
        listed = json.loads(text or "[]")
    except (ValueError, RecursionError):
        listed = []
    pairs = listed[:_MOST] if isinstance(listed, list) else []
    held = store.identities()
    values: dict[str, set[str | None]] = {
        "own": {"yes"},
        "newest": {"yes"},
        "authority": {one.authority_name for one in held},
        "kind": set(_KINDS),
        "document": {one.doc_id for one in held},
    }
    picked = dict.fromkeys((pair[0], pair[1]) for pair in pairs if _is_pair(pair))
    known = (
        (name, value)
        for name, value in picked
        if value in values.get(name, ()) or (name in ("from", "to") and _year(value))
    )
    return Choice(tuple(known))


def choice_text(picked: Sequence[tuple[str, str]]) -> str:
    """Return a choice as ``choice_from`` takes it."""
    return json.dumps(picked)


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(v, str) for v in pair)


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def filters_of(choice: Choice, store: PassageStore) -> Filters:
    """Return the choice as filters; "newest" is settled on the documents held now."""
    start, end = (next(map(_year, choice.of(name)), None) for name in ("from", "to"))
    filters = Filters(
        authorities=choice.of("authority"),
        kinds=tuple(_KINDS[value] for value in choice.of("kind")),
        issuers=(Issuer.OFSTED,) if choice.of("own") else (),
        from_date=date(start, 1, 1) if start else None,
        to_date=date(end, 12, 31) if end else None,
        documents=choice.of("document"),
    )
    if not choice.of("newest"):
        return filters
    newest = _newest(allowed(store.identities(), filters))
    return replace(filters, documents=newest or _NOTHING)


def _newest(identities: Sequence[Identity]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for one in newest_first(identities):
        if one.authority_name and one.dated:
            found.setdefault(one.authority_name, one.doc_id)
    return tuple(found.values())


def labels_of(choice: Choice, store: PassageStore) -> list[str]:
    """Return what each pair of a choice is called, in its order."""
    return [_label(name, value, store) for name, value in choice.picked]


def _label(name: str, value: str, store: PassageStore) -> str:
    if name == "document":
        return letter_name(store.document(value).identity)
    said = {"own": OWN, "newest": NEWEST, "from": f"From {value}", "to": f"To {value}"}
    return said.get(name) or (value.capitalize() if name == "kind" else value)


def choosing_routes(parts: WebParts) -> APIRouter:
    """Make ``/sources``, the form, and ``/sources/chosen``, what a choice comes to."""
    router = APIRouter()
    store = parts.store

    @router.get("/sources", response_class=HTMLResponse)
    def form() -> str:
        return sources_form(store, parts.held)

    @router.get("/sources/chosen")
    def chosen(choice: str = Query("", max_length=20_000)) -> dict[str, Any]:
        picked = choice_from(choice, store)
        named = zip(picked.picked, labels_of(picked, store), strict=True)
        held = store.identities()
        return {
            "picked": [[*pair, label] for pair, label in named],
            "documents": len(allowed(held, filters_of(picked, store))),
            "held": len(held),
        }

    return router


def sources_form(store: PassageStore, held: Held) -> str:
    """The form in which sources are chosen."""
    years = range(held.last.year, held.first.year - 1, -1) if held.first and held.last else ()
    return render(
        "choose.html",
        own=OWN,
        newest=NEWEST,
        authorities=[(name, name) for name in held.authorities],
        kinds=[(kind.value, kind.value.capitalize()) for kind in held.kinds],
        years=list(years),
        identities=newest_first(store.identities()),
    )
