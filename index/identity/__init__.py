"""Who wrote what about whom, and when: a document's identity, every field with its proof.

``identify`` asks one small module a question each; none of them guesses, and none reads the
file's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar

from index.identity.about import read_authority
from index.identity.authorities import Authorities, AuthorityMatch, authorities
from index.identity.correspondents import (
    read_addressee,
    read_copied_to,
    read_leads,
    read_signatory,
    read_team_size,
    read_visit_number,
)
from index.identity.dates import Run
from index.identity.grades_by_hand import with_grades_by_hand
from index.identity.judgements import read_judgements
from index.identity.kinds import read_framework, read_issuer, read_kind
from index.identity.people import read_inspectors
from index.identity.reading import proven_text
from index.identity.recalled import read_recalled
from index.identity.recollections import read_recollections
from index.identity.record import identity_record
from index.identity.scope import read_scope
from index.identity.several import letters_in
from index.identity.sidecar import Sidecar
from index.identity.times import read_published, read_report_published, read_visit
from index.identity.title import Heading, find_heading, find_title
from index.types import (
    CleanText,
    Identity,
    Issuer,
    Judgement,
    Kind,
    Period,
    Proven,
    ReportedJudgement,
    Span,
)

T = TypeVar("T")

__all__ = [
    "IDENTITY_VERSION",
    "Authorities",
    "AuthorityMatch",
    "authorities",
    "identify",
    "identity_record",
    "letters_in",
]

IDENTITY_VERSION = "4"
"""Changes when the same text would get another identity; an index made with another is rebuilt."""


def identify(
    clean: CleanText, doc_id: str, sources: tuple[str, ...], sidecar: Mapping[str, str] | None
) -> Identity:
    """Read a document's identity from its text; the sidecar fills gaps only.

    Where text and sidecar both speak, the text wins: it is what a reader can check; but for the
    kind, authority, publication, days of the visit and grades that the sidecar says a person
    corrected.
    The date to order by is the publication, else the visit's end, else the sidecar's. An article
    on several authorities has no visit and reports no grade that could be told apart.

    Args:
        clean: the text as loaded.
        doc_id: from the file's bytes.
        sources: paths of the file, at least one.
        sidecar: the file's row of ``metadata.csv`` by column name, None without one.

    Raises:
        LoadError: a cell of the sidecar cannot be read.
    """
    read = _Sources(clean, find_heading(clean), Sidecar(sources[0], sidecar))
    speaks = read_issuer(clean)
    issuer = _known(speaks, Issuer.OTHER, read.beside.issuer())
    kind = _kind(read, speaks)
    begun = Identity(doc_id, sources, issuer, kind, find_title(clean, read.heading, issuer.value))
    published, visit = _published(read, begun), read_visit(clean, kind.value)
    authority = _authority(read, begun, _first_day(published, visit))
    of_many = authority is None and speaks.value is not Issuer.OFSTED
    visit = None if of_many else visit
    begun = replace(begun, authority=authority or read.beside.authority())
    timed = _with_time(begun, read, published, visit)
    return _with_front(_with_findings(timed, read, visit, of_many), clean)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What an identity is read from: the text, its heading, and what the sidecar gives."""

    clean: CleanText
    heading: Heading | None
    beside: Sidecar


def _kind(read: _Sources, speaks: Proven[Issuer]) -> Proven[Kind]:
    given = read.beside.kind()
    return read.beside.corrected("kind", given) or _known(
        read_kind(read.clean, speaks, read.heading), Kind.OTHER, given
    )


def _published(read: _Sources, begun: Identity) -> Proven[date] | None:
    corrected = read.beside.corrected("published", read.beside.date("published"))
    return corrected or read_published(
        read.clean, begun.issuer.value, begun.kind.value, read.heading
    )


def _authority(read: _Sources, begun: Identity, when: date | None) -> Proven[str] | None:
    corrected = read.beside.corrected("authority", read.beside.authority())
    return corrected or read_authority(
        read.clean, begun.kind.value, read.heading, begun.title, when
    )


def _with_time(
    begun: Identity, read: _Sources, published: Proven[date] | None, visit: Run | None
) -> Identity:
    """Add when it was, under which framework and of what; the sidecar fills gaps."""
    clean, beside, kind = read.clean, read.beside, begun.kind.value
    visit_start, visit_end = _day(beside, visit, "start"), _day(beside, visit, "end")
    of_text = all(one and one.origin == "text" for one in (visit_start, visit_end))
    printed = visit if of_text else None
    dated, dated_from = _dated(published, visit_end, beside)
    return replace(
        begun,
        title=begun.title or beside.text("title"),
        framework=read_framework(clean, kind, read.heading, _length(visit)) or beside.framework(),
        published=published or beside.date("published"),
        visit_start=visit_start,
        visit_end=visit_end,
        visited=proven_text(clean.text, printed.span.start, printed.span.end) if printed else None,
        dated=dated,
        dated_from=dated_from,
        scope=read_scope(clean, kind),
        url=beside.text("url"),
    )


def _with_findings(
    identity: Identity, read: _Sources, visit: Run | None, of_many: bool
) -> Identity:
    """Add grades, what to improve, and what is recalled of other inspections."""
    clean = read.clean
    issuer, kind = identity.issuer.value, identity.kind.value
    own = read_judgements(clean) if kind is Kind.INSPECTION_REPORT else ()
    told = () if of_many else _recalled(clean, issuer, kind, visit, own)
    period = _period(identity.visit_start, identity.visit_end)
    alone = not of_many and kind is not Kind.OTHER
    return replace(
        with_grades_by_hand(identity, clean, own, read.beside),
        reported_judgements=told,
        improvements=_improvements(clean),
        recollections=read_recollections(clean, identity.authority_name, period, told)
        if alone
        else (),
    )


def _with_front(identity: Identity, clean: CleanText) -> Identity:
    """Add what a document's head and foot say: people, their number, the visit's own number."""
    issuer = identity.issuer.value
    council, ofsted = issuer is Issuer.COUNCIL, issuer is Issuer.OFSTED
    people = read_inspectors(clean) if ofsted else ()
    second_hand = issuer in (Issuer.COUNCIL, Issuer.PRESS)
    return replace(
        identity,
        inspectors=people,
        lead_inspectors=read_leads(clean, people),
        team_size=read_team_size(clean),
        signatory=read_signatory(clean, council),
        addressee=read_addressee(clean, council),
        copied_to=read_copied_to(clean) if ofsted else None,
        report_published=read_report_published(clean) if second_hand else None,
        visit_number=read_visit_number(clean) if ofsted else None,
    )


def _known(read: Proven[T], unknown: T, beside: Proven[T] | None) -> Proven[T]:
    return beside if beside is not None and read.value == unknown else read


def _recalled(
    clean: CleanText, issuer: Issuer, kind: Kind, visit: Run | None, own: tuple[Judgement, ...]
) -> tuple[ReportedJudgement, ...]:
    return read_recalled(clean, issuer, kind, visit.span if visit else None, own)


def _improvements(clean: CleanText) -> tuple[Proven[str], ...]:
    items = (item for section in clean.sections for item in section.items)
    return tuple(proven_text(clean.text, item.start, item.end) for item in items)


def _period(start: Proven[date] | None, end: Proven[date] | None) -> Period | None:
    return Period(start.value, end.value) if start and end else None


def _day(beside: Sidecar, visit: Run | None, which: Literal["start", "end"]) -> Proven[date] | None:
    """Return the first or last day of a visit; the text's, unless a person corrected it."""
    column = f"visit_{which}"
    given = beside.date(column)
    corrected = beside.corrected(column, given)
    if visit is None or corrected:
        return corrected or given
    return Proven(visit.start if which == "start" else visit.end, visit.span)


def _first_day(published: Proven[date] | None, visit: Run | None) -> date | None:
    if visit:
        return visit.start
    return published.value if published else None


def _length(visit: Run | None) -> tuple[int, Span] | None:
    return ((visit.end - visit.start).days, visit.span) if visit else None


def _dated(
    published: Proven[date] | None, visit_end: Proven[date] | None, beside: Sidecar
) -> tuple[date | None, Literal["published", "visit_end", "sidecar"] | None]:
    if published:
        return published.value, "published" if published.origin == "text" else "sidecar"
    if visit_end and visit_end.origin == "text":
        return visit_end.value, "visit_end"
    given = beside.date("published") or visit_end
    return (given.value, "sidecar") if given else (None, None)
