"""Write out what was decided about a question as an answer: its first words, its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence.figures import figures
from assistant.evidence.scanning import Sought
from assistant.facts import Corpus
from assistant.facts.naming import dated_labels
from assistant.facts.reading import chances_among
from assistant.facts.refusals import only_recalled, unheld, unknown_then
from assistant.question.resolved import Resolved
from assistant.question.scope import years_of
from assistant.rendering import wording
from assistant.rendering.draft import Draft
from assistant.rendering.names import label
from assistant.types import Answer, AnswerSentence, Ask, Role, Status
from index.query.understand import MAX_QUESTION
from index.store.lexical import terms
from index.types import Hit, Identity, Query, Reading

NO_FIGURE = "What is quoted here gives no number."
UNLIKE = 0.0025
"""Probability below which a reader that knows no letters sees nothing of a search in a text
(``evals/LOG.md`` #searches-1)."""
SURELY_SEEN = 0.9
"""Probability from which it sees what is searched for, whichever words of that stand nowhere:
"how are disabled children served?" .997, "gypsy and traveller kids" .51 (``#areas-1``)."""


@dataclass(frozen=True)
class Outcome:
    """What was decided about a question, before it is written out.

    Attributes:
        readings: the passages that were read.
        hits: the passages found; empty where facts answer.
        lead: what is said first, empty for what every answer of its status says.
        counted: the question that was counted, as it reads alone; empty for none.
    """

    status: Status
    draft: Draft
    readings: tuple[Reading, ...] = ()
    hits: tuple[Hit, ...] = ()
    nearest: tuple[Hit, ...] = ()
    choices: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lead: str = ""
    counted: str = ""

    @property
    def lacking(self) -> tuple[str, ...]:
        """What the documents lack of what is asked in part: to be said whoever writes."""
        said = (self.lead, *self.notes) if self.lead else self.notes
        return said if self.status is Status.PARTIAL else ()


def qualified(
    outcome: Outcome, query: Query, corpus: Corpus, sought: Sought, counts: bool
) -> Outcome:
    """Return the outcome of what was read with what is to be said first of it.

    Args:
        corpus: what the question's filters let through.
        sought: the words of a short search; none of any other question.
        counts: a number is asked for.
    """
    told = _without_figures(outcome) if counts else outcome
    told = _of_others(told, query, corpus)
    if told.lead or not sought.words or told.status not in (Status.ANSWERED, Status.NOT_STATED):
        return told
    quotes = [s.text for s in told.draft.sentences if s.citations and not s.more]
    if sought.unwritten:
        if told.status is Status.ANSWERED and _seen(sought, quotes, corpus) >= SURELY_SEEN:
            return told
        return replace(told, lead=wording.unwritten(sought.unwritten, told.status, query.filters))
    # What is quoted may speak of the matter in other words, or of one near it.
    if not quotes or {*terms(" ".join(sought.words))} & {*terms(" ".join(quotes))}:
        return told
    unlike = _seen(sought, quotes, corpus) < UNLIKE
    return replace(told, lead=wording.IN_OTHER_WORDS) if unlike else told


def _of_others(outcome: Outcome, query: Query, corpus: Corpus) -> Outcome:
    """Say first that no document of the inspections asked about is held, where what answers is
    from others, or these do not say; or that none is known then, where nothing quoted writes of
    that time.

    Args:
        corpus: what the question's filters let through.
    """
    events = only_recalled(query, corpus)
    if events and outcome.status in (Status.ANSWERED, Status.PARTIAL):
        return replace(outcome, status=Status.PARTIAL, lead=unheld(events, query))
    if events and outcome.status is Status.NOT_STATED:
        return replace(outcome, lead=unheld(events, query, said=False))
    told = " ".join(one.text for one in outcome.draft.sentences if one.citations)
    written = any(str(year) in told for one in query.periods for year in years_of(one.value))
    if told and not written and (names := unknown_then(query, corpus)):
        return replace(outcome, status=Status.PARTIAL, lead=wording.unknown_then(names))
    return outcome


def _without_figures(outcome: Outcome) -> Outcome:
    """Say that no number is given, where one is asked for and nothing that is quoted holds one."""
    quotes = [one.text for one in outcome.draft.sentences if one.citations]
    if outcome.status is not Status.ANSWERED or any(map(figures, quotes)):
        return outcome
    return replace(outcome, notes=(NO_FIGURE, *outcome.notes))


def _seen(sought: Sought, quotes: Sequence[str], corpus: Corpus) -> float:
    """Return how surely a second reader sees what is searched for in what is quoted."""
    search = " ".join(sought.words)
    told = chances_among(corpus.statements, search, corpus.identities[0], quotes) if quotes else ()
    return max(told, default=0.0)


def write_out(outcome: Outcome, ask: Ask, resolved: Resolved, corpus: Corpus) -> Answer:
    """Return an outcome as an answer, not yet dated by its index.

    Args:
        corpus: the documents that notes may name, and the times of what they tell of.
    """
    draft, held = _dated(outcome.draft, corpus), corpus.identities
    notes = list(dict.fromkeys((*outcome.notes, *_notes(resolved.query, outcome, held))))
    if len(ask.question) > MAX_QUESTION:
        notes.append(f"The question was shortened to its first {MAX_QUESTION} characters.")
    lead = outcome.lead or wording.said(outcome.status, ask.filters)
    if outcome.status is Status.AMBIGUOUS and resolved.query.authorities:
        lead = wording.WHICH_INSPECTION
    text = "\n\n".join(part for part in (lead, draft.text()) if part)
    return Answer(
        question=ask.question,
        status=outcome.status,
        text="\n\n".join([text, *(f"*{note}*" for note in notes)]).strip(),
        sentences=_with_lead(draft, lead),
        citations=tuple(draft.citations),
        nearest=outcome.nearest,
        choices=outcome.choices,
        notes=tuple(notes),
        query=resolved.query,
        hits=outcome.hits,
        standalone=resolved.question,
        counted=outcome.counted,
    )


def _dated(draft: Draft, corpus: Corpus) -> Draft:
    """Return a draft in which quotes of others' words stand under the inspection that they tell of,
    where their document does not say which that was.
    """
    dated = dated_labels(corpus)
    named = {c.number: c.identity for c in draft.citations if c.identity.doc_id in dated}
    for at, sentence in enumerate(draft.sentences):
        identity = named.get(next(iter(sentence.citations), 0))
        if identity and sentence.group == label(identity):
            draft.sentences[at] = replace(sentence, group=dated[identity.doc_id])
    return draft


def _notes(query: Query, outcome: Outcome, held: Sequence[Identity]) -> list[str]:
    refused = (Status.NOT_STATED, Status.NOT_HELD, Status.OUT_OF_SCOPE)
    if outcome.status in refused and not outcome.draft.citations:
        names = [mention.value for mention in query.authorities]
        return [wording.held_for(held, names)]
    newest = wording.newest(held, outcome.draft.cited())
    return [newest] if newest else []


def _with_lead(draft: Draft, lead: str | None) -> tuple[AnswerSentence, ...]:
    head = (AnswerSentence(lead, Role.FRAME),) if lead else ()
    return (*head, *draft.sentences)
