"""How many documents speak of something, or list it as a point to improve: counted by meaning.

What names it counts; of the rest, the passages that its words or its neighbours reach, over all
the documents concerned, count where two readers take a sentence for it, in whatever words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from assistant.evidence.quoting import Quote
from assistant.evidence.scanning import Scan, of_one
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.counted import Told, table_of_documents
from assistant.facts.held import documents_meant
from assistant.facts.leaning import slant_of
from assistant.facts.matters import counts_what, from_its_matter, subject_of
from assistant.facts.meant import as_first_asked, meant, start_of
from assistant.facts.named import at_times, in_none, named_in, naming_in, not_named, verb
from assistant.facts.points import MAYBE_ON_IT, ON_IT, SURELY_ON, is_on, points_on
from assistant.facts.reached import in_other_words, reached
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import count, listed
from assistant.types import Status
from index.types import Counted, Identity, Query, Slant

NAMED_BY = 0.4
"""Share of the documents above which what they write is the name of a matter ("young carers"):
others speak of another (``evals/LOG.md`` #named-1)."""
MANY = 5
"""Documents from which on it counts how many name it."""
MOST_LISTED, MOST_SILENT = 60, 12
BY_NAME = "by name"
ASKED_WITHIN = 40
"""Words of a question, at its end, with which each document is read."""


def counted_by_meaning(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Count the documents that speak of what is asked, or the lists that have it as a point.

    Returns:
        None where nothing is found to speak of it: the question is read like any other.
    """
    if corpus.find is None or not corpus.identities:
        return None
    query = as_first_asked(query, corpus)
    query = replace(query, subject=" ".join(query.subject.split()[-ASKED_WITHIN:]))
    subject = subject_of(query, corpus)
    slant = slant_of(query.question, corpus.reader)
    counts = counts_what(query, corpus)
    if slant is Slant.WEAK or Counted.LISTED in counts:
        named = {Counted.LISTED, Counted.SAID} <= counts
        return _over_points(subject, query, slant is Slant.WEAK, named, corpus)
    return _over_documents(subject, query, slant is Slant.STRONG, corpus)


def asks_of_each_newest(query: Query, corpus: Corpus) -> bool:
    """Whether a count is of what the newest letter of every place, or of several, says on a matter,
    good or bad: each is then read from end to end.
    """
    query = as_first_asked(query, corpus)
    places = {mention.value for mention in query.authorities}
    if query.order != "newest" or len(places) == 1 or not corpus.identities:
        return False
    slant = slant_of(query.question, corpus.reader)
    return slant is Slant.ANY and Counted.LISTED not in counts_what(query, corpus)


def _over_points(
    subject: str, query: Query, criticised: bool, named: bool, corpus: Corpus
) -> FactAnswer | None:
    """Answer which lists of points have it, of which authorities none has, which documents do not
    name it at all, and, where criticism is asked for or no list has it, which other letters
    criticise it in their text.

    Args:
        named: which documents name it is asked for too.
    """
    sure = tuple(kind for kind in query.kinds if kind.certain)  # "all letters": of any kind
    before = query.previous and bool(query.authorities)  # "before a meeting": of no place
    asked = replace(query, kinds=sure, previous=before)
    lists = [one for one in meant(asked, corpus).events if one.improvements]
    lists.sort(key=start_of, reverse=True)
    holding = [(one, found) for one in lists if (found := points_on(subject, one, corpus))]
    documents = _documents(query, corpus)
    told = {doc_id for one, _ in holding for doc_id in one.documents}
    rest = [one for one in documents if one.doc_id not in told]
    said = _criticised(subject, query, rest, corpus) if criticised or not holding else []
    if not holding and not said:
        return None
    names = {one.authority for one, _ in holding}
    parts = [
        f"{len(holding)} of the {count(len(lists), 'list')} of points for improvement"
        f"{at_times(query)} {verb(len(holding), 'has', 'have')} this, of "
        f"{count(len(names), 'authority', 'authorities')}"
    ]
    more = count(len(said), "more document" if holding else "document")
    parts += [f"{more} {verb(len(said), 'criticises', 'criticise')} it"]
    every = {one.authority for one in lists}
    lead = "; ".join(parts[not holding : 1 + bool(said)]) + "."
    silent = every - names - {one.authority_name for one, _ in said}
    lead += _silent(silent, every, bool(holding))
    listed_in = [Told("point for improvement", tuple(found)) for _, found in holding]
    told_of = [*listed_in, *(Told("in its text", (one,)) for one in said)]
    return _answer(query, lead, told_of, corpus, named_in(subject, documents, named, corpus))


def _criticised(
    subject: str, query: Query, documents: Sequence[Identity], corpus: Corpus
) -> list[tuple[Identity, Quote]]:
    """Return what each of some documents says of it, where that tells of what does not work: where
    many name it, in a sentence that does or is surely on it.
    """
    hits = reached(query, documents, corpus)
    scan = corpus.scanner.scan(subject, documents)
    named = len(scan.holding) > NAMED_BY * len(documents)

    def may_be_on_it(text: str, one: Identity) -> bool:
        if named and scan.names(text):
            return True
        return is_on(subject, text, one, corpus, SURELY_ON if named else MAYBE_ON_IT)

    found = in_other_words(
        from_its_matter(subject, query, corpus), hits, corpus, may_be_on_it, sign=-1
    )
    return [found[one.doc_id] for one in _newest_first(documents) if one.doc_id in found]


def _over_documents(subject: str, query: Query, strong: bool, corpus: Corpus) -> FactAnswer | None:
    """Answer which documents speak of it: those that name it, where any does, and apart from these
    what may speak of it in other words.

    Args:
        strong: only what works well counts.
    """
    documents = _documents(query, corpus)
    scan = corpus.scanner.scan(subject, documents)
    naming = () if strong else scan.holding
    by_name = {one.doc_id: quote for one in naming if (quote := naming_in(scan, one, corpus))}
    others = _in_other_words(subject, query, documents, scan, by_name, strong, corpus)
    named, found = _in_order(by_name, documents), _in_order(others, documents)
    counts = named or found
    if not counts:
        return in_none(subject, documents, query, corpus)
    speaks = ("names", "name") if named else ("speaks", "speak")
    what = f"this ({', '.join(scan.forms)})" if named else "of this"
    held = f"{len(counts)} of the {count(len(documents), 'document')} held{at_times(query)}"
    lead = f"{held} {verb(len(counts), *speaks)} {what}"
    also = found if named else []
    lead += f"; {len(also)} more may speak of it in other words." if also else "."
    every = {one.authority_name for one in documents if one.authority_name}
    silent = every - {one.authority_name for one, _ in counts}
    lead += _silent(silent, every, bool(named))
    without = not_named(scan, [one for one, _ in named], documents)
    told = [Told(BY_NAME if named else "in other words", (one,)) for one in counts]
    perhaps = [Told("perhaps, in other words", (one,)) for one in also]
    return _answer(query, lead, told, corpus, (without, ()), perhaps)


def _in_other_words(
    subject: str,
    query: Query,
    documents: Sequence[Identity],
    scan: Scan,
    by_name: Collection[str],
    strong: bool,
    corpus: Corpus,
) -> dict[str, tuple[Identity, Quote]]:
    """Return what documents that do not name it say of it, by document: nothing where its very
    words are asked for, or so many name it that others speak of another matter.
    """
    is_named = len(by_name) > NAMED_BY * len(documents) and len(documents) >= MANY
    read = not (is_named or scan.literal)
    rest = [one for one in documents if read and one.doc_id not in by_name]

    def agrees(text: str, one: Identity) -> bool:
        return strong or is_on(subject, text, one, corpus, SURELY_ON if by_name else ON_IT)

    asked = subject if by_name else of_one(subject)
    if strong and not by_name:
        asked = from_its_matter(subject, query, corpus)
    return in_other_words(asked, reached(query, rest, corpus), corpus, agrees, int(strong))


def _in_order(
    quotes: Mapping[str, tuple[Identity, Quote]], documents: Sequence[Identity]
) -> list[tuple[Identity, Quote]]:
    return [quotes[one.doc_id] for one in _newest_first(documents) if one.doc_id in quotes]


def _silent(names: Collection[str], every: Collection[str], named: bool = True) -> str:
    """Return of which authorities nothing counts, where they are few enough to be named, or that
    of each of several something does.

    Args:
        named: what counts does so by name: else it may be said where nothing was found.
    """
    if not names and len(every) > 1:
        return f" Each of the {count(len(every), 'authority', 'authorities')} has one at least."
    if not 0 < len(names) <= MOST_SILENT:
        return ""
    lacking = "None of" if named else "Nothing that surely does was found of"
    return f" {lacking} {listed(sorted(names))}."


def _documents(query: Query, corpus: Corpus) -> list[Identity]:
    """Return the documents that a question is about, newest first: of each authority the newest,
    where the newest are meant.
    """
    documents = _newest_first(documents_meant(query, corpus))
    if query.order != "newest":
        return documents
    return _newest_first({one.authority_name: one for one in reversed(documents)}.values())


def _newest_first(documents: Iterable[Identity]) -> list[Identity]:
    dated = [one for one in documents if one.dated]
    dated.sort(key=lambda one: (str(one.dated), one.doc_id), reverse=True)
    return [*dated, *(one for one in documents if not one.dated)]


def _answer(
    query: Query,
    lead: str,
    told: Sequence[Told],
    corpus: Corpus,
    beside: tuple[str, Sequence[tuple[Identity, Quote]]] = ("", ()),
    others: Sequence[Told] = (),
) -> FactAnswer:
    """Return the answer that says how many, with the words of each and the table of all.

    Args:
        beside: what is said beside the number, with the places that prove it.
        others: what may count: folded, and last in the table.
    """
    draft = Draft()
    draft.frame(lead)
    if beside[1]:
        draft.answer(*beside, None)
    elif beside[0]:
        draft.frame(beside[0])
    told = [*told, *others]
    for one in told[:MOST_LISTED]:
        for identity, quote in one.proofs:
            draft.quote(identity, quote, more=one in others)
    how = "name" if any(one.how == BY_NAME for one in told) else "meaning"
    note = f"Counted by {how} over what is held; Ofsted has published more."
    more = (f"The newest {MOST_LISTED} are quoted.",) if len(told) > MOST_LISTED else ()
    table = partial(table_of_documents, query.question, lead, told, (note,), corpus)
    return FactAnswer(Status.ANSWERED, draft, (note, *more), counted=table)
