from dataclasses import replace
from datetime import date

from assistant.llm.paragraphs import candidates, fitting, numbered
from assistant.types import Ask
from index.types import Document, Mention, Section, SectionKind, Span
from tests.llm_evidence import (
    CARERS,
    MIDDLESBROUGH,
    NUMBERED,
    STOCKTON,
    STOKE,
    FixedBriefer,
    FixedStore,
    evidence,
    reading,
)

ASK = Ask("Who?")


def brief(items, chances, **query):
    briefing = FixedBriefer().brief(ASK)
    read = tuple(
        reading(item, n, chance)
        for n, (item, chance) in enumerate(zip(items, chances, strict=True))
    )
    extractive = replace(briefing.extractive, citations=())
    return replace(
        briefing, readings=read, extractive=extractive, query=replace(briefing.query, **query)
    )


def texts(paragraphs):
    return [p.sentences[0].text for p in paragraphs]


def test_the_likeliest_come_first_and_are_shown_by_letter_newest_first():
    chances = [n / 10 for n in range(10)]
    found = candidates(brief(CARERS, chances), FixedStore())
    assert texts(found) == [item.text for item in reversed(CARERS)]
    shown = fitting(found, 100, lambda p: 1, brief(CARERS, chances).query)
    assert [e.text for e in numbered(shown.paragraphs)] == [e.text for e in NUMBERED]
    assert shown.dropped == 0


def test_what_does_not_fit_is_counted_where_it_is_likely():
    found = candidates(brief(CARERS[:4], [0.9, 0.8, 0.1, 0.7]), FixedStore())
    shown = fitting(found, 2, lambda p: 1, brief(CARERS[:4], [0.9] * 4).query)
    assert sorted(texts(shown.paragraphs)) == sorted([CARERS[0].text, CARERS[1].text])
    assert shown.dropped == 1


def test_each_place_named_has_its_turn():
    items = [evidence(STOCKTON, f"Finding {n}.", start=1000 * n) for n in range(4)]
    items += [evidence(MIDDLESBROUGH, "Theirs.", start=100)]
    named = tuple(Mention(name, name) for name in ("Stockton-on-Tees", "Middlesbrough"))
    found = candidates(brief(items, [0.9, 0.8, 0.7, 0.6, 0.2], authorities=named), FixedStore())
    assert texts(found) == ["Finding 0.", "Theirs.", "Finding 1.", "Finding 2.", "Finding 3."]


def test_a_list_of_points_is_complete_where_one_is_likely():
    points = tuple(evidence(STOKE, f"Point {n}.", start=1000 + 20 * n) for n in range(3))
    other = evidence(STOKE, "Something else.", start=5000)

    class Listing(FixedStore):
        def document(self, doc_id):
            items = tuple(Span(p.sentence.start, p.sentence.end) for p in points)
            section = Section(
                SectionKind.IMPROVEMENT, "What needs to improve", Span(1000, 1060), items
            )
            return Document(STOKE, "", (0,), (), (section,), "test")

    store = Listing((*points, other))
    found = candidates(brief([points[1], other], [0.8, 0.9]), store)
    assert sorted(texts(found)) == ["Point 0.", "Point 1.", "Point 2.", "Something else."]
    unlikely = candidates(brief([points[1], other], [0.1, 0.9]), store)
    assert sorted(texts(unlikely)) == ["Point 1.", "Something else."]


def test_oldest_first_where_that_is_asked():
    old = evidence(replace(STOKE, doc_id="x", dated=date(2010, 1, 1)), "Old.")
    found = candidates(brief([CARERS[2], old], [0.5, 0.5]), FixedStore())
    query = brief([old], [1.0], order="oldest").query
    assert texts(fitting(found, 9, lambda p: 1, query).paragraphs) == ["Old.", CARERS[2].text]
