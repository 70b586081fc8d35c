"""Questions that identities and typed lists answer: who, when, which grade, what to improve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive import people
from assistant.extractive.asking import Asked
from assistant.extractive.facts import Fact, write
from assistant.extractive.grades import (
    asks_every,
    asks_nationally,
    every_grade,
    keys_named,
    last_overall,
    of_predecessor,
    up_to_now,
)
from assistant.extractive.identities import facts_for
from assistant.extractive.lists import improvements
from assistant.extractive.premises import asks_why
from assistant.extractive.relevance import relevant
from assistant.rendering.draft import Draft
from assistant.rendering.labels import label
from assistant.types import Status
from index.store.collection import Collection
from index.store.lexical import terms
from index.types import Identity, Query, Wanted

MOST_CHOICES = 5
MOST_DOCUMENTS = 4
MOST_LISTED = 60
"""Lines of a list over everything held."""
_IDENTITY = frozenset(
    {
        Wanted.INSPECTORS,
        Wanted.INSPECTOR_COUNT,
        Wanted.SIGNATORY,
        Wanted.ADDRESSEE,
        Wanted.PUBLISHED,
        Wanted.VISITED,
        Wanted.SCOPE,
        Wanted.GRADE,
        Wanted.GRADED_SO,
    }
)
_GRADE_WORDS = frozenset(
    terms(
        "care leavers leaver leaving care-experienced adoption help protection child looked "
        "after in "
        "permanence leadership management governance leaders lscb board safeguarding overall "
        "effectiveness good outstanding inadequate requires improvement ri experiences progress "
        "impact practice social work families judged got service services grade grades it any "
        "next still then was were be to before after under framework sif ilacs moment now current "
        "currently all every each list full complete set give show sub judgement judgements plus "
        "included including breakdown inspectors ofsted rate split up abolished county merged "
        "replaced predecessor former old broken reorganised"
    )
)


@dataclass(frozen=True, slots=True)
class DirectDraft:
    """A draft made from identities."""

    status: Status
    draft: Draft
    notes: tuple[str, ...] = ()


class Direct:
    """Answers from identities and typed sections."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def unclear(self, asked: Asked, query: Query, allowed: Sequence[Identity]) -> bool:
        """Whether a single-valued question leaves open which authority or inspection it means."""
        named = query.authorities or query.people or query.filters.authorities or query.order
        several = len({identity.authority_name for identity in allowed}) > 1
        if named or not several:
            return False
        if asked.wanted is Wanted.GRADED_SO and asked.compare:
            return False
        if people.asks_director(query.question):
            return True
        if asked.wanted in _IDENTITY and not self._about_something(asked, query):
            return len({i.authority_name for i in relevant(allowed, query)}) > 1
        return asked.bare and asked.wanted is Wanted.OPEN and not query.kinds and not query.terms

    def choices(
        self, asked: Asked, query: Query, allowed: Sequence[Identity]
    ) -> tuple[Draft, tuple[str, ...]]:
        """Up to five labelled answers, or, for more, the authorities to choose from."""
        draft = Draft()
        group = relevant(allowed, query)
        if people.asks_director(query.question):
            facts = people.directors(query, group, self._collection)
        else:
            facts = facts_for(asked.wanted, group, self._collection, query)
        names = dict.fromkeys(identity.authority_name or label(identity) for identity in group)
        if 0 < len({fact.identity.doc_id for fact in facts}) <= MOST_CHOICES:
            self._write(draft, facts)
        return draft, tuple(sorted(names)[:50])

    def draft(self, asked: Asked, query: Query, allowed: Sequence[Identity]) -> DirectDraft | None:
        """The answer, None where the question is not of this sort or nothing proves one."""
        group = relevant(allowed, query)
        if query.authorities and people.asks_director(query.question):
            facts = people.directors(query, group, self._collection)
            return self._answered(facts[: MOST_DOCUMENTS if query.periods else 1])
        if asked.wanted is Wanted.IMPROVEMENTS:
            listed = improvements(query, group, self._collection)
            return DirectDraft(Status.ANSWERED, listed) if listed.citations else None
        if asked.wanted not in _IDENTITY:
            return self._answered(people.person(query, group, self._collection)[:MOST_DOCUMENTS])
        if self._about_something(asked, query) or asks_why(query.question):
            return None
        return self._identity(asked, query, group, allowed)

    def against(self, facts: Sequence[Fact]) -> Draft:
        """Facts that contradict what a question takes for granted."""
        draft = Draft()
        self._write(draft, facts)
        return draft

    def _identity(
        self, asked: Asked, query: Query, group: Sequence[Identity], allowed: Sequence[Identity]
    ) -> DirectDraft | None:
        """What identities prove, or the grades that they give instead."""
        if asked.wanted is Wanted.GRADE and asks_every(query.topic):
            return self._answered(self._all_grades(query, group))
        every = asked.wanted is Wanted.GRADED_SO and asked.compare
        read = group if every else group[: MOST_DOCUMENTS * 2]
        facts = facts_for(asked.wanted, read, self._collection, query)
        facts = facts if every else up_to_now(facts, query)
        facts = _best_told(facts, MOST_LISTED if every else MOST_DOCUMENTS * 2)
        now = asked.wanted is Wanted.GRADE and not of_predecessor(query.question)
        if now and (ungraded := self._ungraded(query, group, allowed)):
            return ungraded
        if not facts and asked.wanted is Wanted.GRADED_SO:
            return self._other_grades(query, group)
        return self._answered(facts, _counted(facts, len(read)) if every else "")

    def _answered(self, facts: Sequence[Fact], frame: str = "") -> DirectDraft | None:
        if not facts:
            return None
        draft = Draft()
        if frame:
            draft.frame(frame)
        self._write(draft, facts)
        return DirectDraft(Status.ANSWERED, draft)

    def _all_grades(self, query: Query, group: Sequence[Identity]) -> list[Fact]:
        """Every grade of each authority's inspection that is meant: the first to give any."""
        given: dict[str | None, list[Fact]] = {}
        for identity in group:
            if not given.get(identity.authority_name):
                document = self._collection.document(identity.doc_id)
                given[identity.authority_name] = every_grade(document, query)
        return [fact for facts in given.values() for fact in facts][:MOST_LISTED]

    def _ungraded(
        self, query: Query, group: Sequence[Identity], allowed: Sequence[Identity]
    ) -> DirectDraft | None:
        """The newest report in question gives grades and no overall one: that is an answer, with
        the last overall grade held where no time is named.
        """
        first = group[0] if group else None
        if first is None or keys_named(query.topic) != ("overall_effectiveness",):
            return None
        keys = {judgement.key for judgement in first.judgements}
        if not keys or "overall_effectiveness" in keys:
            return None
        draft = Draft()
        draft.frame(f"{label(first)}: no overall effectiveness grade; it grades what is listed.")
        self._write(draft, facts_for(Wanted.GRADED_SO, [first], self._collection, query, all_=True))
        if query.periods:
            return DirectDraft(Status.NOT_STATED, draft)
        self._write(draft, self._last_overall(first, allowed))
        return DirectDraft(Status.PARTIAL, draft)

    def _last_overall(self, newest: Identity, allowed: Sequence[Identity]) -> list[Fact]:
        """The newest overall grade that an earlier document of the same authority gives."""
        same = [i for i in allowed if i.authority_name == newest.authority_name and i.dated]
        same.sort(key=lambda i: -i.dated.toordinal() if i.dated else 0)
        facts = (last_overall(self._collection.document(i.doc_id)) for i in same)
        return [fact for fact in facts if fact][:1]

    def _other_grades(self, query: Query, group: Sequence[Identity]) -> DirectDraft | None:
        """The overall grades given, where the one asked after ("ever inadequate?") is not."""
        facts = facts_for(Wanted.GRADE, group[: MOST_DOCUMENTS * 2], self._collection, query)
        if not facts or "ever" not in query.topic.lower().split():
            return None
        draft = Draft()
        self._write(draft, _best_told(facts, MOST_DOCUMENTS * 2))
        note = "No document held gives that grade; the grades that they do give are listed."
        return DirectDraft(Status.PARTIAL, draft, (note,))

    def _about_something(self, asked: Asked, query: Query) -> bool:
        """Whether the question is about more than identity ("who praised the early help?")."""
        graded = asked.wanted in (Wanted.GRADE, Wanted.GRADED_SO)
        if asked.bare or (graded and asks_nationally(query.question)):
            return not asked.bare
        if graded:
            said = {term for m in (*query.kinds, *query.periods) for term in terms(m.words)}
            left = set(asked.left) - _GRADE_WORDS - said
            return len(left) > (1 if keys_named(query.topic) != ("overall_effectiveness",) else 0)
        said = {
            term for m in (*query.kinds, *query.periods, *query.people) for term in terms(m.words)
        }
        return len(set(asked.left) - said) > 0

    def _write(self, draft: Draft, facts: Sequence[Fact]) -> None:
        write(draft, facts, self._collection)


def _counted(facts: Sequence[Fact], searched: int) -> str:
    """How many documents give the grade, of how many whose judgements were read."""
    giving = len({fact.identity.doc_id for fact in facts})
    verb = "gives or recalls" if giving == 1 else "give or recall"
    return f"{giving} of the {searched} documents held {verb} that grade. Newest first."


def _best_told(facts: Sequence[Fact], most: int) -> list[Fact]:
    """The first few, without a fact that an earlier one of the same authority has told."""
    out: dict[tuple[str | None, str, str], Fact] = {}
    for fact in facts:
        key = (fact.identity.authority_name, fact.identity.doc_id, fact.value)
        out.setdefault(key, fact)
    return list(out.values())[:most]
