"""What every edge calls for inspections, timelines, changes, comparisons and briefs.

The command line, HTTP, MCP and Python return the objects made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from assistant.facts.brief import brief
from assistant.facts.changes import changes
from assistant.facts.compare import compare
from assistant.facts.corpus import Corpus
from assistant.facts.timeline import timeline
from assistant.facts.view import View
from index.errors import UsageError
from index.identity import authorities
from index.index import make_filters
from index.inspections import inspection_record
from index.store.collection import Collection

ViewName = Literal["timeline", "changes", "compare", "brief"]


def open_corpus(collection: Collection) -> Corpus:
    """Return the corpus of an open index, with the reader that ships."""
    from index import models

    return Corpus(collection, models.trained_reader())


def inspection_list(collection: Collection, names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the objects of ``inspections --json``, of these authorities or of all.

    Raises:
        UsageError: a name is no authority that we know.
    """
    wanted = make_filters(names, (), ()).authorities
    found = [one for one in collection.inspections if not wanted or one.authority in wanted]
    return [inspection_record(one) for one in found]


def view_of(kind: ViewName | str, corpus: Corpus, **wanted: Any) -> View:
    """Return the view called ``kind``, authorities taken by any of their usual names.

    Raises:
        NotFound: nothing is held or recalled that it could be made of.
        UsageError: a name or a number of names cannot be.
    """
    if kind == "brief":
        name = wanted["name"]
        return brief(authorities().canonical(name) or name, corpus)
    if kind == "compare":
        return compare([_named(one) for one in wanted["authorities"]], corpus, wanted.get("topic"))
    name = _named(wanted["authority"])
    if kind == "timeline":
        return timeline(name, corpus)
    return changes(name, corpus, wanted.get("from_id"), wanted.get("to_id"))


def _named(name: str) -> str:
    found = make_filters([name], (), ()).authorities
    if not found:
        raise UsageError("name an authority")
    return found[0]
