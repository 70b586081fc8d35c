"""Which passages of which documents are read for a question, and what they are read for."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from assistant.evidence.finder import (
    LEAST_OF_SIDE,
    OF_NEWEST,
    OF_OLDER,
    PER_NEWEST,
    READ_FOR_A_MODEL,
    EvidenceFinder,
)
from assistant.evidence.reader import READ
from assistant.question.resolved import Resolved
from assistant.question.sides import Side
from index.types import Hit, Intent, Mention, Query, Reading
from tests.llm_evidence import MIDDLESBROUGH, STOCKTON, STOKE, scored

HELD = [
    Hit(one.passage, one.identity, 1 - n / 100, n)
    for n, one in enumerate(
        scored(who, 1.0, start, "Audits are sound.")
        for start in range(0, 1200, 100)
        for who in (STOKE, STOCKTON, MIDDLESBROUGH)
    )
]
ASKED = "How are audits?"
PLACES = Query(ASKED, ASKED, ASKED, authorities=(Mention("Leeds", "Leeds"),))


class Scripted:
    """A retriever of ``HELD``, a corpus and a reader that keeps what it was asked."""

    def __init__(self, chances=None, writing=()):
        self.queries, self.read_for = [], []
        self._chances = chances or {}
        self.collection = SimpleNamespace(writing_of=lambda name: name in writing)

    def find(self, query):
        self.queries.append(query)
        return SimpleNamespace(hits=HELD)

    def within(self, query, doc_ids):
        self.queries.append(query)
        return [hit for hit in HELD if hit.passage.doc_id in doc_ids][: query.k]

    def allowed(self, filters):
        return [STOKE, STOCKTON, MIDDLESBROUGH]

    def filtered(self, filters):
        return SimpleNamespace(identities=self.allowed(filters), inspections=(), authorities=())

    def identity(self, doc_id):
        return next(i for i in self.allowed(None) if i.doc_id == doc_id)

    def assumes(self, question):
        return 0.0

    def intent(self, question):
        return {Intent.OPEN: 1.0}

    def matter(self, question, some=False):
        return ""

    def read(self, question, hits):
        self.read_for.append((question, len(hits)))
        chance = self._chances.get(question, 0.5)
        return [Reading(hit, (chance,), (0.0,), (0.0,), chance) for hit in hits]


def finder(scripted):
    return EvidenceFinder(scripted, scripted, scripted, 0.1)


@pytest.mark.parametrize(("thorough", "most"), [(False, READ), (True, READ_FOR_A_MODEL)])
def test_a_language_model_has_more_passages_read_for_it(thorough, most):
    scripted = Scripted()
    pointed = Resolved(ASKED, PLACES, frozenset({STOKE.doc_id, STOCKTON.doc_id}))
    found = finder(scripted).find(pointed, thorough=thorough)
    assert scripted.read_for == [(ASKED, most)]
    assert {hit.identity.doc_id for hit in found.hits} == pointed.doc_ids


@pytest.mark.parametrize(("writing", "kept"), [((), ()), (("Leeds",), PLACES.authorities)])
def test_a_place_of_which_nothing_is_written_does_not_narrow_what_is_near(writing, kept):
    scripted = Scripted(writing=writing)
    pointed = Resolved(ASKED, PLACES, frozenset({STOKE.doc_id}))
    finder(scripted).find(pointed, missing=True)
    assert [query.authorities for query in scripted.queries] == [kept]


def test_each_side_is_read_within_its_documents():
    scripted = Scripted()
    sides = [Side(who.doc_id, frozenset({who.doc_id})) for who in (STOKE, STOCKTON)]
    found = finder(scripted).find(Resolved(ASKED, replace(PLACES, authorities=())), sides)
    read = [{hit.identity.doc_id for hit in found.hits[n : n + 2]} for n in range(0, 18, 2)]
    assert read == [{STOKE.doc_id, STOCKTON.doc_id}] * 9
    asked = "What did inspectors say about How are audits?"
    assert scripted.read_for == [(asked, 9), (asked, 9)]
    assert min(most for _, most in scripted.read_for) >= LEAST_OF_SIDE


def test_a_side_that_says_nothing_by_itself_is_read_for_the_whole_question():
    alone = "What did inspectors say about How are audits?"
    scripted = Scripted(chances={alone: 0.05})
    sides = [Side(STOKE.doc_id, frozenset({STOKE.doc_id}))]
    found = finder(scripted).find(Resolved(ASKED, replace(PLACES, authorities=())), sides)
    assert [question for question, _ in scripted.read_for] == [alone, ASKED]
    assert found.answers == 0.5


def test_the_newest_letter_of_a_place_beside_others_is_read_though_older_ones_are_nearer():
    scripted = Scripted()
    hits = [hit for hit in HELD if hit.identity is not STOKE]
    scripted.within = lambda query, ids: [
        hit for hit in (*hits, *HELD) if hit.passage.doc_id in ids
    ][: query.k]
    everyone = frozenset(i.doc_id for i in (STOKE, STOCKTON, MIDDLESBROUGH))
    sides = [Side("all", everyone), Side("one", frozenset({STOCKTON.doc_id}))]
    asked = Resolved(ASKED, replace(PLACES, authorities=()))
    found = finder(scripted).find(asked, sides)
    assert STOKE.dated == max(i.dated for i in (STOKE, STOCKTON, MIDDLESBROUGH))
    assert sum(hit.identity is STOKE for hit in found.hits) == PER_NEWEST


def test_as_it_is_now_the_newest_letter_is_read_by_itself():
    """However far behind older passages its own were found, its best loses nothing by that."""
    scripted = Scripted()
    behind = [replace(hit, score=hit.score - 5) for hit in HELD if hit.identity is STOKE]
    older = [hit for hit in HELD if hit.identity is not STOKE]
    scripted.find = lambda query: SimpleNamespace(hits=[*older, *behind])
    place = Mention(STOKE.authority_name, STOKE.authority_name)
    asked = Resolved(ASKED, Query(ASKED, ASKED, ASKED, authorities=(place,)))
    found = finder(scripted).find(asked)
    assert [number for _, number in scripted.read_for] == [OF_NEWEST, OF_OLDER]
    best = {e.identity.doc_id: e.score for e in reversed(found.evidence)}
    assert best[STOKE.doc_id] == max(best.values())
