"""Who inspected, who signed, who was written to or sent a copy, and who somebody is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import Meant, meant
from assistant.facts.naming import event_label, short_name
from assistant.facts.refusals import not_held, not_stated
from assistant.facts.several import several
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import listed
from assistant.types import Status
from index.types import Aspect, Identity, Inspection, Issuer, Proven, Query

_LACKING = {
    Aspect.INSPECTORS: "name no inspectors",
    Aspect.SIGNATORY: "bear no signature",
    Aspect.ADDRESSEE: "name no addressee",
    Aspect.DIRECTOR: "name no director of children's services",
    Aspect.COPIED_TO: "name nobody to whom a copy went",
}


_TITLES = {
    Aspect.INSPECTORS: "Inspectors",
    Aspect.SIGNATORY: "Signed by",
    Aspect.ADDRESSEE: "Addressed to",
    Aspect.DIRECTOR: "Director",
    Aspect.COPIED_TO: "Copied to",
}
"""What stands before a name where several parts are asked for."""
PARTS = tuple(_TITLES)


@dataclass(frozen=True)
class Person:
    """Somebody whom a document names, and as what."""

    name: str
    office: str
    role: str
    identity: Identity
    proof: Proven[str]


def somebody(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer who somebody is whom the question names; None where it names nobody known."""
    named = [one for one in _people(corpus) if _names(query.question, one.name)]
    return _told_of(named, query, corpus) if named else None


def in_roles(
    roles: Sequence[Aspect], asked: Collection[Aspect], query: Query, corpus: Corpus
) -> FactAnswer:
    """Answer who had each part; of a part that the documents do not tell, beside others that they
    do, that is said; what else is known of one in another way than of the first is left out.

    Args:
        asked: those of which it is said: the others are but likely.
    """
    if len(roles) == 1:
        return in_role(roles[0], query, corpus)
    titled = [in_role(role, query, corpus, titled=True) for role in roles]
    told = dict(zip(roles, titled, strict=True))
    unknown = [role for role, more in told.items() if more.status is Status.NOT_STATED]
    known = [more for role, more in told.items() if role not in unknown]
    alike = [more for more in titled if more.status is (known or titled)[0].status]
    silent = [told[role] for role in unknown if known and role in asked]
    lacking = [said.text for more in silent for said in more.draft.sentences]
    if len(alike) == 1 and not lacking:
        return in_role(roles[titled.index(alike[0])], query, corpus)
    draft = Draft()
    for more in alike:
        draft.join(more.draft)
    notes = (*lacking, *(note for more in alike for note in more.notes))
    status = Status.PARTIAL if lacking else alike[0].status
    return replace(alike[0], status=status, draft=draft, notes=tuple(dict.fromkeys(notes)))


def in_role(role: Aspect, query: Query, corpus: Corpus, titled: bool = False) -> FactAnswer:
    """Answer who had a part in the inspections meant: inspected, signed, was written to.

    Args:
        titled: say which part it was.
    """
    title = f"{_TITLES[role]}: " if titled else ""
    about = meant(query, corpus)
    if not about.events:
        return not_held(query, about, corpus)
    able = [one for one in about.events if _lines(role, one, about, corpus)]
    if not able:
        others = [one for name in about.authorities for one in corpus.of(name)]
        able = [one for one in others if _lines(role, one, about, corpus)]
        lacking = _LACKING[role]
        recalled = about.events if about.settled else about.events[-1:]
        return not_stated(recalled, lacking, able, corpus)
    silent = [one for one in about.events if one not in able] if about.settled else []
    return several(
        able,
        about,
        corpus,
        lambda draft, event: _write(draft, role, event, about, corpus, title),
        tuple(f"The documents held of the {short_name(one)} {_LACKING[role]}." for one in silent),
    )


def _write(
    draft: Draft, role: Aspect, event: Inspection, about: Meant, corpus: Corpus, title: str
) -> None:
    for identity, text, people in _lines(role, event, about, corpus):
        spans = [one.span for one in people]
        draft.answer(f"{title}{text}", corpus.proofs(identity, spans), event_label(event, corpus))


def _lines(
    role: Aspect, event: Inspection, about: Meant, corpus: Corpus
) -> list[tuple[Identity, str, Sequence[Proven[str]]]]:
    """Return the lines that tell it, each with the document and the places that prove it."""
    documents = corpus.documents(event)
    if about.speakers:
        documents = [one for one in documents if one.issuer.value in about.speakers]
    if role is Aspect.INSPECTORS:
        own = [one for one in documents if one.inspectors]
        return [(one, _inspectors(one), one.inspectors) for one in own[:1]]
    own = [one for one in documents if one.issuer.value is Issuer.OFSTED]
    found = [(one, _part(role, one)) for one in own or documents]
    return [(one, proven.value, (proven,)) for one, proven in found if proven]


def _part(role: Aspect, identity: Identity) -> Proven[str] | None:
    """Return who had a part: the director is whom Ofsted writes to, or who answers for a council's
    report, where an office is given.
    """
    if role is not Aspect.DIRECTOR:
        proven: Proven[str] | None = getattr(identity, role.value)
        return proven
    ofsted = identity.issuer.value is Issuer.OFSTED
    named = identity.addressee if ofsted else identity.signatory
    return named if named and ", " in named.value else None


def _inspectors(identity: Identity) -> str:
    leads = [one.value for one in identity.lead_inspectors]
    others = [one.value for one in identity.inspectors if one.value not in leads]
    if not leads:
        return listed(others)
    lead = "lead inspector" if len(leads) == 1 else "lead inspectors"
    if not others:
        return f"{listed(leads)} ({lead}; the report names no others)"
    return f"{listed(leads)} ({lead}), with {listed(others)}"


def _people(corpus: Corpus) -> Iterator[Person]:
    for identity in corpus.identities:
        for one in identity.inspectors:
            yield Person(one.value, "", "inspector", identity, one)
        for proven, role in ((identity.addressee, "addressee"), (identity.signatory, "signed")):
            if proven is not None and (role == "signed" or identity.issuer.value is Issuer.OFSTED):
                name, _, office = proven.value.partition(", ")
                yield Person(name, office, role, identity, proven)


def _names(question: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", question, re.IGNORECASE) is not None


def _told_of(named: Sequence[Person], query: Query, corpus: Corpus) -> FactAnswer:
    """Return what each document says of a person: the office, and what part they had."""
    wanted = {m.value for m in query.authorities}
    here = [one for one in named if one.identity.authority_name in wanted] or named
    draft = Draft()
    events = {doc: event for event in corpus.inspections for doc in event.documents}
    once: dict[str, list[Person]] = {}
    for one in here:
        once.setdefault(one.identity.doc_id, []).append(one)
    for doc_id, parts in once.items():
        event = events.get(doc_id)
        name = parts[0].name
        office = next((f", {one.office}" for one in parts if one.office), "")
        roles = listed(list(dict.fromkeys(_role(one, event) for one in parts)))
        proofs = [p for one in parts for p in corpus.proofs(one.identity, [one.proof.span])]
        label = event_label(event, corpus) if event else None
        draft.answer(f"{name}{office}: {roles}", proofs, label)
    return FactAnswer(Status.ANSWERED, draft)


def _role(person: Person, event: Inspection | None) -> str:
    if person.role == "inspector":
        return f"inspector of the {short_name(event)}" if event else "inspector"
    if person.role == "signed":
        return "signed it"
    return "the addressee"
