"""A question that asks for several things is cut where it falls apart, each part made whole."""

from assistant.question.parts import first_part, next_part, parts_of, without_matter
from assistant.question.resolved import Resolved
from index.query.understand import understand
from index.types import Gap, Leaning


def resolved(text):
    query = understand(text, [])
    return Resolved(text, query)


def leans(leaning):
    return lambda text, before: {one: float(one is leaning) for one in Leaning}


def test_it_falls_apart_where_that_is_likely_and_nowhere_else():
    text = "when was it, and what grade, and why"
    gaps = [Gap(11, 17, 0.95), Gap(27, 33, 0.5)]
    assert parts_of(text, gaps, 0.9) == ("when was it", "what grade, and why")
    assert parts_of(text, gaps, 0.4) == ("when was it", "what grade", "why")
    assert parts_of(text, [], 0.9) == (text,)


def test_at_most_three_parts_are_told_apart():
    gaps = [Gap(n, n + 1, 1.0) for n in (1, 3, 5, 7)]
    assert parts_of("a,b,c,d,e", gaps, 0.9) == ("a", "b", "c,d,e")


def test_the_first_part_has_the_places_and_times_that_stand_later():
    whole = resolved("who inspected and when, in Leeds in 2019")
    part = first_part(resolved("who inspected"), whole, ended=False)
    assert [m.value for m in part.query.authorities] == ["Leeds"]
    assert [m.value.start.year for m in part.query.periods] == [2019]


def test_a_first_sentence_has_no_times_of_a_later_one():
    whole = resolved("how often is neglect a point in Leeds? and in 2019?")
    part = first_part(resolved("how often is neglect a point"), whole, ended=True)
    assert [m.value for m in part.query.authorities] == ["Leeds"]
    assert part.query.periods == ()


def test_a_later_part_has_the_place_of_the_one_before_and_its_matter_where_it_needs_that():
    before = resolved("how many recommendations did Leeds get in 2019")
    text = "what were they"
    needing = next_part(text, before, lambda t: understand(t, []), leans(Leaning.TOPIC), False)
    assert "recommendations" in needing.query.topic
    assert needing.said == text
    alone = next_part(text, before, lambda t: understand(t, []), leans(Leaning.PLACE), False)
    assert alone.query.topic == text
    for part in (needing, alone):
        assert [m.value for m in part.query.authorities] == ["Leeds"]
        assert [m.value.start.year for m in part.query.periods] == [2019]


def test_what_is_read_in_the_text_is_read_with_what_stands_before_it():
    before = resolved("what is the agency called")
    part = next_part("any good", before, lambda t: understand(t, []), leans(Leaning.PLACE), True)
    assert part.question.startswith("what is the agency called any good")


def test_a_part_can_do_without_the_matter_that_it_took():
    def understood(text):
        return understand(text, [])

    before = resolved("who is the director in Leeds in 2019")
    lent = next_part("who wrote the letter", before, understood, leans(Leaning.TOPIC), False)
    assert "director" in lent.query.topic
    alone = without_matter("who wrote the letter", lent, understood)
    assert alone.query.topic == "who wrote the letter"
    assert alone.question == "who wrote the letter (Leeds, 2019)"
    assert alone.said == ""
