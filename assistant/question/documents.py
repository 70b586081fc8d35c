"""Choose the documents that a question is put to: by filters, or by what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from index.errors import NotFound, UsageError
from index.retrieval.filtering import passes
from index.types import Filters, Identity

SHORTEST_PREFIX = 4
_NAMED = 5


def allowed(identities: Iterable[Identity], filters: Filters) -> list[Identity]:
    """Return those that the filters let through, in the order given."""
    return [identity for identity in identities if passes(identity, filters)]


def resolve(identities: Iterable[Identity], name: str) -> Identity:
    """Return the document that a person means: by doc_id, the beginning of one, or a source name.

    Raises:
        NotFound: none is meant.
        UsageError: several are; names them.
    """
    held = list(identities)
    exact = [one for one in held if name == one.doc_id or name in one.sources]
    named = [one for one in held if name in {PurePosixPath(s).name for s in one.sources}]
    long_enough = len(name) >= SHORTEST_PREFIX
    begun = [one for one in held if long_enough and one.doc_id.startswith(name.lower())]
    found = exact or named or begun
    if not found:
        raise NotFound(
            f"no document {name!r} is held: 'assistant documents' lists the ids and sources"
        )
    if len(found) > 1:
        some = ", ".join(f"{one.doc_id} ({one.source})" for one in found[:_NAMED])
        raise UsageError(f"{name!r} could be {len(found)} documents: {some}; name one by its id")
    return found[0]


def narrowed(filters: Filters, names: Sequence[str], identities: Iterable[Identity]) -> Filters:
    """Return the filters with the documents that ``names`` mean, as ``resolve`` reads them.

    Raises:
        NotFound: a name means none.
        UsageError: a name means several; names them.
    """
    held = list(identities)
    return replace(filters, documents=tuple(resolve(held, name).doc_id for name in names))
