"""Answer an open question with quotes: of what was read, of each side, or of what is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answerers import choose
from assistant.answerers.compose import Composer
from assistant.answerers.decide import Thresholds
from assistant.answerers.outcome import Outcome
from assistant.evidence.finder import EvidenceFinder
from assistant.evidence.nearest import nearest
from assistant.evidence.reader import Look
from assistant.evidence.slant import slanted
from assistant.facts import Corpus, refusals
from assistant.facts.leaning import slant_of
from assistant.facts.meant import meant, start_of
from assistant.facts.points import points_on, write_listed
from assistant.question.scope import Missing
from assistant.question.sides import Side
from assistant.rendering import wording
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.types import Hit, Identity, Query, Slant

MOST_POINTS = 2
"""Points for improvement added that are on what is asked."""


class QuotedAnswer:
    """Makes the outcome of what was read.

    Args:
        corpus: the documents quoted.
        finder: tells which documents mention what is asked of everyone.
        limit: what the reader's probabilities must reach.
    """

    def __init__(self, corpus: Corpus, finder: EvidenceFinder, limit: Thresholds) -> None:
        self._corpus = corpus
        self._finder = finder
        self._limit = limit
        self._composer = Composer(corpus.collection, limit)

    def outcome(
        self,
        status: Status,
        found: Look,
        query: Query,
        allowed: Sequence[Identity],
        missing: Missing | None,
        sides: Sequence[Side],
        matter: bool = False,
        short: bool = False,
        again: Slant | None = None,
    ) -> Outcome:
        """Return the outcome of an open question with its status.

        Args:
            allowed: the documents that its filters let through.
            missing: what it names and nothing is held for.
            sides: the sides that it wants heard.
            matter: it asks for what the text says on a matter: points on it are part of that.
            short: a short answer is asked for: the surest findings, of each side the one.
            again: the side that is asked for again of what was answered ("just the weak bits").
        """
        if again:
            reader = self._corpus.reader
            found = slanted(found, again, reader, self._limit.answers, only=True)
        refused = self._refused(status, found, query, missing)
        if refused:
            return refused
        if missing is not None:
            evidence = found.naming(query)
            chosen = choose.choose(evidence, replace(query, authorities=()), None, self._limit)
            note = f"No document about {missing.name} itself is held."
            draft = self._composer.write(Draft(), chosen, evidence)
            return Outcome(status, draft, notes=(note,))
        slant = slant_of(query.question, self._corpus.reader)
        answered = (
            self._answered_by(sides, found, slant, short)
            if sides
            else self._answered(found, query, allowed, short)
        )
        quoted = bool(answered.draft.citations)
        if quoted and matter and not short:
            self._add_points(answered.draft, query, sides)
        if quoted:
            return answered
        return Outcome(Status.NOT_STATED, Draft(), nearest=self.nearest(found, query))

    def _refused(
        self, status: Status, found: Look, query: Query, missing: Missing | None
    ) -> Outcome | None:
        """Return the outcome of a question that is refused or denied, None of any other."""
        if status is Status.OUT_OF_SCOPE:
            helps = found.answers >= self._limit.sure
            return Outcome(status, Draft(), nearest=self.nearest(found, query) if helps else ())
        if status is Status.NOT_HELD and missing:
            corpus = self._corpus.filtered(query.filters)
            known = refusals.not_held(query, meant(query, corpus), corpus)
            return Outcome(
                status, known.draft, nearest=self.nearest(found, query), lead=missing.sentence
            )
        if status is Status.NOT_STATED:
            return Outcome(status, Draft(), nearest=self.nearest(found, query))
        if status is Status.PREMISE_CONTRADICTED:
            chosen = choose.contrary(found.evidence, self._limit)
            draft = self._composer.write(Draft(), chosen, found.evidence)
            return Outcome(status, draft)
        return None

    def nearest(self, found: Look, query: Query) -> tuple[Hit, ...]:
        """Return what is shown with a refusal."""
        held = [hit.identity for hit in found.hits]
        name = self._corpus.scanner.name_in(query.subject, list(dict.fromkeys(held)))
        return nearest(found.readings, self._corpus.quoter, name)

    def _add_points(self, draft: Draft, query: Query, sides: Sequence[Side]) -> None:
        """Add the points on the matter from the lists of the inspections quoted, each place's
        newest; of several times from every one's, with whose lists have such points.
        """
        subject = self._corpus.reader.matter(query.question)
        if not subject:
            return
        times = {doc_id for side in sides if side.timed for doc_id in side.doc_ids}
        cited = {identity.doc_id for identity in draft.cited()}
        of_time = [one for one in self._corpus.inspections if times & {*one.documents}]
        events = of_time or [one for one in self._corpus.inspections if cited & {*one.own}]
        events.sort(key=start_of)
        for event in of_time or {one.authority: one for one in events}.values():
            for identity, quote in points_on(subject, event, self._corpus)[:MOST_POINTS]:
                if not draft.cites(identity, quote):
                    draft.quote(identity, quote)
        write_listed(draft, subject, of_time, self._corpus)

    def _answered_by(
        self, sides: Sequence[Side], found: Look, slant: Slant, short: bool
    ) -> Outcome:
        """Return what each side says; which of them says nothing is said. Of places that nobody
        named only those are heard that tell of what is asked for, weak or strong.
        """
        if not any(side.named or side.timed for side in sides):
            found = slanted(found, slant, self._corpus.reader, self._limit.answers)
        chosen, silent = choose.choose_of_sides(found, sides, self._limit, short)
        draft = self._composer.write(Draft(), chosen, found.evidence)
        near = self._nearest_of(silent, found)
        lacking = [side.name for side in silent if side.named]
        if lacking:
            return Outcome(Status.PARTIAL, draft, nearest=near, notes=(wording.partly(lacking),))
        others = [side.name for side in silent]
        notes = (wording.silent(others, bool(near)),) if others else ()
        return Outcome(Status.ANSWERED, draft, nearest=near, notes=notes)

    def _nearest_of(self, silent: Sequence[Side], found: Look) -> tuple[Hit, ...]:
        """Return the passage of each silent side that is nearest to an answer: its letter may say
        it in words that the reader does not know. Of a survey, whose sides nobody named, none.
        """
        near: list[Hit] = []
        for side in silent:
            own = [r for r in found.readings if r.hit.identity.doc_id in side.doc_ids]
            if side.named or side.timed:
                near += nearest(own, self._corpus.quoter, most=1)
        return tuple(near)

    def _answered(
        self, found: Look, query: Query, allowed: Sequence[Identity], short: bool
    ) -> Outcome:
        """Return what answers, with how many documents hold the words asked about, where all that
        is quoted does: others speak of the matter in other words.
        """
        scan = self._finder.scan(query, allowed)
        chosen = choose.choose(found.evidence, query, scan, self._limit, short)
        draft = Draft()
        quoted = {item.identity for item in chosen.shown}
        if scan is not None and scan.holding and quoted <= {*scan.holding}:
            draft.frame(scan.sentence())
        self._composer.write(draft, chosen, found.evidence)
        return Outcome(Status.ANSWERED, draft)
