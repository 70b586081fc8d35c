"""What the page is made of: the parts it is given, and a summary of what is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from assistant.auth.rate_limit import RateLimit
from assistant.facts import Corpus
from assistant.facts.view import View
from assistant.ports import Answerer
from assistant.service.audit import Audit
from assistant.service.queue import Turns
from assistant.types import Ask
from assistant.web.admin import Administration
from assistant.web.batches import Adding
from assistant.web.conversations import Conversations
from assistant.web.feedback import Feedback
from index.ports import PassageStore
from index.store.manifest import Problem
from index.types import Identity, Issuer, Kind

_THEMES = (
    "connected carers",
    "care leavers",
    "early help",
    "caseloads",
    "private fostering",
    "missing from home",
)
_LETTERS_SCANNED = 20
_LITTLE = 20
"""Documents up to which the first screen says where others are added."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the collection holds, for the empty page and the filters.

    Attributes:
        documents: how many.
        authorities: their names, sorted.
        kinds: those of which there is a document, in the order of ``Kind``.
        first, last: dates of the oldest and newest document, None when none is dated.
        from_ofsted: how many documents are Ofsted's own words.
        examples: questions that this collection can be asked.
    """

    documents: int
    authorities: tuple[str, ...]
    kinds: tuple[Kind, ...]
    first: date | None
    last: date | None
    from_ofsted: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class WebParts:
    """Everything the page needs; the page builds none of it.

    Attributes:
        answerer: answers with quotes only.
        llm_answerer: answers written by a language model and checked, None without one.
        model_name: the language model's string as the reader should see it.
        model_place: where questions go with that model ("https://…"), None when not known.
        limit: how many questions one person may ask.
        turns: the line that the answerers work in.
        most_waiting: questions that may wait in it; more are turned away.
        conversations: keeps them on the server for readers who sign in, None to leave that
            to each browser.
        keep_days: how long a conversation is kept, 0 for not at all.
        sign_out: whether readers can sign out here.
        feedback: where verdicts on answers go, None for nowhere.
        problems: files that the last build left out.
        audit: notes every question.
        corpus: gives what is held as events, for timelines and the like; None for no such pages.
        count: makes the table of what a question counts, None for no such page.
        adding: changes the documents from the page, None for a page that only shows them.
        administration: what an administrator may see, None for nobody.
    """

    answerer: Answerer
    store: PassageStore
    llm_answerer: Answerer | None = None
    model_name: str | None = None
    model_place: str | None = None
    limit: RateLimit = field(default_factory=RateLimit)
    turns: Turns = field(default_factory=Turns)
    most_waiting: int = 64
    conversations: Conversations | None = None
    keep_days: int = 30
    sign_out: bool = False
    feedback: Feedback | None = None
    problems: Callable[[], Sequence[Problem]] = tuple
    audit: Audit = field(default_factory=Audit)
    corpus: Callable[[], Corpus] | None = None
    count: Callable[[Ask], View] | None = None
    adding: Adding | None = None
    administration: Administration | None = None
    _summed: dict[tuple[str, ...], Held] = field(default_factory=dict, init=False)

    @property
    def can_add(self) -> bool:
        """Whether the first screen says where documents are added: all may, and few are held."""
        return self.adding is not None and self.adding.for_all and self.held.documents <= _LITTLE

    @property
    def held(self) -> Held:
        """What is held now; counted again only when that has changed."""
        key = tuple(identity.doc_id for identity in self.store.identities())
        if key not in self._summed:
            found = summarise(self.store)
            self._summed.clear()
            self._summed[key] = found
            return found
        return self._summed[key]


def summarise(store: PassageStore) -> Held:
    """Count what ``store`` holds and make example questions from it."""
    identities = store.identities()
    dates = sorted(i.dated for i in identities if i.dated)
    return Held(
        documents=len(identities),
        authorities=tuple(sorted({i.authority_name for i in identities if i.authority_name})),
        kinds=tuple(kind for kind in Kind if any(i.kind.value is kind for i in identities)),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        from_ofsted=sum(i.issuer.value is Issuer.OFSTED for i in identities),
        examples=tuple(islice(_examples(store, newest_first(identities)), 4)),
    )


def newest_first(identities: Sequence[Identity]) -> list[Identity]:
    """Sort by date, newest first, undated last; ties by source."""
    ordered = sorted(identities, key=lambda i: i.source)
    return sorted(ordered, key=lambda i: i.dated or date.min, reverse=True)


def _examples(store: PassageStore, identities: list[Identity]) -> Iterator[str]:
    theme = _commonest_theme(store, identities)
    if theme:
        yield f"What did inspectors say about {theme}?"
    named = [i for i in identities if i.authority_name and i.issuer.value is Issuer.OFSTED]
    if named:
        yield f"What does {named[0].authority_name} need to improve?"
    visited = [i for i in named if i.inspectors and i.dated and i is not named[0]]
    if visited and visited[0].dated:
        yield f"Who visited {visited[0].authority_name} in {visited[0].dated.year}?"
    graded = [i for i in identities if i.authority_name and i.judgements and i.dated]
    if graded and graded[0].dated:
        yield f"How was {graded[0].authority_name} graded in {graded[0].dated.year}?"
    if not graded and len(named) > 1:
        yield f"What is working well in {named[-1].authority_name}?"


def _commonest_theme(store: PassageStore, identities: list[Identity]) -> str | None:
    texts = [store.document(i.doc_id).text.lower() for i in identities[:_LETTERS_SCANNED]]
    counts = {theme: sum(theme in text for text in texts) for theme in _THEMES}
    best = max(_THEMES, key=lambda theme: counts[theme])
    return best if counts[best] else None
