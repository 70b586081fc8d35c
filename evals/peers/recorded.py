"""Judges what another library found as if it were a retriever of ours, over the same documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from evals.parts import Parts
from evals.peers.exchange import Found, Given, Text, read_found
from evals.types import Question
from index.errors import SuiteError
from index.ports import PassageStore
from index.types import Filters, Hit, Passage, Query, Results


class Recorded:
    """Gives back what was found for each question (``Retriever``), nothing for any other."""

    def __init__(self, found: Mapping[str, tuple[Found, ...]], store: PassageStore) -> None:
        self._found = found
        self._identities = {identity.source: identity for identity in store.identities()}

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> Results:
        """Return the first ``k`` passages recorded; filters are not supported."""
        passages = self._found.get(question, ())[:k]
        hits = tuple(self._hit(one, rank) for rank, one in enumerate(passages, start=1))
        return Results(Query(question, question, question, k=k), hits)

    def _hit(self, found: Found, rank: int) -> Hit:
        identity = self._identities[found.source]
        passage = Passage(
            passage_id=f"{identity.doc_id}-{found.start}",
            doc_id=identity.doc_id,
            source=found.source,
            start=found.start,
            end=found.end,
            text=found.text,
            heading="",
            page=None,
            paragraph=None,
            sentences=(),
        )
        return Hit(passage=passage, identity=identity, score=found.score, rank=rank)


def given(store: PassageStore, questions: Iterable[Question], model: Path, k: int) -> Given:
    """Return what a peer works from: our texts, and every wording that a run will search for."""
    wordings = [text for q in questions for text in (q.question, q.standalone) if text]
    texts = [Text(i.source, store.document(i.doc_id).text) for i in store.identities()]
    return Given(str(model), k, tuple(texts), tuple(dict.fromkeys(wordings)))


def recorded(path: Path, asked: Given, ours: Parts, label: str) -> Parts:
    """Return what a peer wrote to ``path``, in the place of our retriever.

    Raises:
        SuiteError: a question of ``asked`` is missing.
    """
    found = read_found(path)
    missing = [question for question in asked.questions if question not in found]
    if missing:
        raise SuiteError(
            f"{path} lacks {len(missing)} of {len(asked.questions)} questions, the first "
            f"{missing[0]!r}: run make bench-peers again"
        )
    return replace(
        ours,
        retriever=Recorded(found, ours.store),
        answerer=None,
        settings={"retriever": label},
        index_fingerprint=hashlib.sha256(path.read_bytes()).hexdigest()[:16],
    )
