"""When a visit or inspection was, and when its letter or report is dated."""

from __future__ import annotations

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import Meant, meant
from assistant.facts.naming import NAMES, event_label, kind_name, time_of
from assistant.facts.refusals import not_held, not_stated
from assistant.facts.several import several
from assistant.rendering.dates import day, long_days
from assistant.rendering.draft import Draft
from index.types import Identity, Inspection, Issuer, Kind, Period, Query

_LACKING = "give no nearer time"


def when(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer when: the days of the visit and the day of its letter or report, both."""
    about = meant(query, corpus)
    if not about.events:
        return not_held(query, about, corpus)
    able = [one for one in about.events if _tells_more(one, query, about)]
    if not able:
        others = [one for name in about.authorities for one in corpus.of(name) if one.documents]
        return not_stated(about.events, _LACKING, others, corpus)
    return several(able, about, corpus, lambda draft, event: _write(draft, event, about, corpus))


def _tells_more(event: Inspection, query: Query, about: Meant) -> bool:
    """Whether what is known is nearer than the time that the question itself names."""
    if event.own or about.speakers:
        return True
    period = event.period
    if period is None or period.start is None or period.end is None:
        return False
    return not any(_within(m.value, period) for m in query.periods)


def _within(named: Period, period: Period) -> bool:
    if not (named.start and named.end and period.start and period.end):
        return False
    return period.start <= named.start and named.end <= period.end


def _write(draft: Draft, event: Inspection, about: Meant, corpus: Corpus) -> None:
    label = event_label(event, corpus)
    documents = [
        one
        for one in (corpus.documents(event) if about.speakers else corpus.own(event))
        if not about.speakers or one.issuer.value in about.speakers
    ]
    for one in documents[:1]:
        spans = [v.span for v in (one.visit_start, one.visit_end, one.published) if v]
        draft.answer(_days(one, event), corpus.proofs(one, spans), label)
        if number := one.visit_number:
            draft.answer(kind_name(event).capitalize(), corpus.proofs(one, [number.span]), label)
    if not documents:
        told = [(one, one.visit_start.span) for one in corpus.documents(event) if one.visit_start]
        proofs = [p for one, span in told for p in corpus.proofs(one, [span])]
        proofs += [corpus.quote(place) for place in event.recalled_by[:2]] if not proofs else []
        draft.answer(f"{NAMES[event.kind].capitalize()}: {time_of(event)}", proofs, label)
        for one in corpus.documents(event):
            if one.report_published:
                proofs = corpus.proofs(one, [one.report_published.span])
                draft.answer(f"Report published {day(one.report_published.value)}", proofs, label)


def _days(identity: Identity, event: Inspection) -> str:
    """Return ``Visited 7 and 8 December 2021; letter dated 31 January 2022``."""
    parts = []
    start, end = identity.visit_start, identity.visit_end
    if start and end:
        did = "Inspected" if event.kind is Kind.INSPECTION_REPORT else "Visited"
        parts.append(f"{did} {long_days(start.value, end.value)}")
    name = "report" if event.kind is Kind.INSPECTION_REPORT else "letter"
    name = name if identity.issuer.value is Issuer.OFSTED else identity.kind.value.value
    if identity.published:
        parts.append(f"{name} dated {day(identity.published.value)}")
    elif identity.issuer.value is Issuer.OFSTED:
        parts.append(f"the {name} prints no day of publication")
    return "; ".join(parts).capitalize() if not start else "; ".join(parts)
