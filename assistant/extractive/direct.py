"""Questions that identities and typed lists answer: who, when, which grade, what to improve."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive.asking import Asked
from assistant.extractive.identities import (
    GRADES,
    Fact,
    facts_for,
    grades_named,
    keys_named,
    person_facts,
    relevant,
)
from assistant.extractive.labels import label
from assistant.extractive.premises import takes_for_granted
from assistant.extractive.quoting import Quoter
from assistant.extractive.vocabulary import proper_names
from assistant.extractive.writing import Draft
from assistant.types import Status
from index.store.collection import Collection
from index.store.lexical import terms
from index.types import Identity, Issuer, Query, Wanted

MOST_CHOICES = 5
MOST_DOCUMENTS = 4
MOST_LISTED = 60
"""Lines of a list over everything held."""
_WHO_IS = re.compile(r"\bwho(?:['’]?s| is| was)\b", re.IGNORECASE)
_DIRECTOR = re.compile(r"\bwho(?:['’]?s| is| was)\b.{0,30}\b(?:director|dcs)\b", re.IGNORECASE)
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
        "next still then was were be to before after under framework sif ilacs split up abolished "
        "county moment now current currently merged replaced"
    )
)
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
        "inspected inspector inspectors council local authority children services please show"
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
        if asked.wanted in _IDENTITY and not self._about_something(asked, query):
            return len({i.authority_name for i in relevant(allowed, query)}) > 1
        return asked.bare and asked.wanted is Wanted.OPEN and not query.kinds and not query.terms

    def choices(
        self, asked: Asked, query: Query, allowed: Sequence[Identity]
    ) -> tuple[Draft, tuple[str, ...]]:
        """Up to five labelled answers, or, for more, the authorities to choose from."""
        draft = Draft()
        group = relevant(allowed, query)
        facts = facts_for(asked.wanted, group, self._collection, query)
        names = dict.fromkeys(identity.authority_name or label(identity) for identity in group)
        if 0 < len({fact.identity.doc_id for fact in facts}) <= MOST_CHOICES:
            self._write(draft, facts)
        return draft, tuple(sorted(names)[:50])

    def draft(self, asked: Asked, query: Query, allowed: Sequence[Identity]) -> DirectDraft | None:
        """The answer, None where the question is not of this sort or nothing proves one."""
        group = relevant(allowed, query)
        if director := self._director(query, group):
            return director
        if asked.wanted is Wanted.IMPROVEMENTS:
            return self._list(query, group)
        if asked.wanted not in _IDENTITY:
            return self._person(query, group) or self._false_grade(query, group)
        if self._about_something(asked, query):
            return self._false_grade(query, group)
        every = asked.wanted is Wanted.GRADED_SO and asked.compare
        read = group if every else group[: MOST_DOCUMENTS * 2]
        facts = facts_for(asked.wanted, read, self._collection, query)
        facts = _best_told(facts, MOST_LISTED if every else MOST_DOCUMENTS * 2)
        ungraded = self._ungraded(query, group) if asked.wanted is Wanted.GRADE else None
        if ungraded:
            return ungraded
        if not facts and asked.wanted is Wanted.GRADED_SO:
            return self._other_grades(query, group)
        if not facts:
            return None
        draft = Draft()
        if every:
            draft.frame(_counted(facts, len(read)))
        self._write(draft, facts)
        return DirectDraft(Status.ANSWERED, draft)

    def _director(self, query: Query, group: Sequence[Identity]) -> DirectDraft | None:
        """The director that a letter is addressed to, or who answers for a council's report."""
        if not query.authorities or not _DIRECTOR.search(query.question):
            return None
        facts = [
            *facts_for(Wanted.ADDRESSEE, group, self._collection, query),
            *facts_for(
                Wanted.SIGNATORY,
                [i for i in group if i.issuer.value is Issuer.COUNCIL],
                self._collection,
                query,
            ),
        ]
        facts = [fact for fact in facts if "director" in fact.value.lower()]
        if not facts:
            return None
        draft = Draft()
        self._write(draft, facts[: 1 if not query.periods else MOST_DOCUMENTS])
        return DirectDraft(Status.ANSWERED, draft)

    def _person(self, query: Query, group: Sequence[Identity]) -> DirectDraft | None:
        """Who somebody is that a letter names at its head or foot."""
        if not _WHO_IS.search(query.question):
            return None
        names = [name for name in proper_names(query) if " " in name]
        facts = [f for name in names for f in person_facts(name, group, self._collection)]
        if not facts:
            return None
        draft = Draft()
        self._write(draft, facts[:MOST_DOCUMENTS])
        return DirectDraft(Status.ANSWERED, draft)

    def _ungraded(self, query: Query, group: Sequence[Identity]) -> DirectDraft | None:
        """The newest report in question gives grades and no overall one: that is an answer."""
        first = group[0] if group else None
        if first is None or keys_named(query.topic) != ("overall_effectiveness",):
            return None
        keys = {judgement.key for judgement in first.judgements}
        if not keys or "overall_effectiveness" in keys:
            return None
        draft = Draft()
        self._write(draft, facts_for(Wanted.GRADED_SO, [first], self._collection, query, all_=True))
        status = Status.NOT_STATED if query.periods else Status.PARTIAL
        note = f"{label(first)} gives no overall effectiveness grade; it grades what is listed."
        return DirectDraft(status, draft, (note,))

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
        if asked.bare:
            return False
        if asked.wanted in (Wanted.GRADE, Wanted.GRADED_SO):
            said = {term for m in (*query.kinds, *query.periods) for term in terms(m.words)}
            left = set(asked.left) - _GRADE_WORDS - said
            return len(left) > (1 if keys_named(query.topic) != ("overall_effectiveness",) else 0)
        said = {
            term for m in (*query.kinds, *query.periods, *query.people) for term in terms(m.words)
        }
        return len(set(asked.left) - said) > 0

    def _write(self, draft: Draft, facts: Sequence[Fact]) -> None:
        for fact in facts:
            quoter = Quoter(self._collection.document(fact.identity.doc_id))
            proofs = [(fact.identity, quoter.proof(span)) for span in fact.spans]
            recalled = fact.note and fact.identity.issuer.value is Issuer.OFSTED
            suffix = ", recalled from an earlier inspection" if recalled else ""
            draft.answer(f"{fact.value}{suffix}", proofs, label(fact.identity))

    def _list(self, query: Query, group: Sequence[Identity]) -> DirectDraft | None:
        """The complete typed lists, where the question asks for nothing narrower."""
        said = {term for m in (*query.kinds, *query.periods) for term in terms(m.words)}
        if set(terms(query.topic)) - _LIST_WORDS - said:
            return None
        draft = Draft()
        wanted = group if query.periods or query.kinds or query.order else group[:MOST_DOCUMENTS]
        for identity in wanted[:MOST_DOCUMENTS]:
            document = self._collection.document(identity.doc_id)
            quoter = Quoter(document)
            for section in document.sections:
                for item in section.items:
                    draft.quote(identity, quoter.span(item.start, item.end))
            if draft.citations and not (query.periods or query.kinds):
                break
        return DirectDraft(Status.ANSWERED, draft) if draft.citations else None

    def _false_grade(self, query: Query, group: Sequence[Identity]) -> DirectDraft | None:
        """A grade taken for granted that none of the documents gives."""
        if not takes_for_granted(query.question) or not query.authorities:
            return None
        named = grades_named(query.topic)
        facts = facts_for(Wanted.GRADE, group, self._collection, query) or facts_for(
            Wanted.GRADED_SO, group[:1], self._collection, query, all_=True
        )
        given = [fact for fact in facts if fact.value]
        said = {grade for grade in GRADES for fact in given if fact.grade is grade}
        if not named or not given or set(named) & said:
            return None
        draft = Draft()
        self._write(draft, given[:MOST_DOCUMENTS])
        return DirectDraft(Status.PREMISE_CONTRADICTED, draft)


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
