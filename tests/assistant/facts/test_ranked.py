"""Whose grades are highest: told only where none of them is lower than another's."""

from assistant.facts.ranked import ranked

TEES = ("Middlesbrough", "Redcar and Cleveland", "Stockton-on-Tees")


def newest(names, corpus):
    """The last inspection of each with grades."""
    return {name: [one for one in corpus.of(name) if one.judgements][-1] for name in names}


def test_highest_and_lowest_are_named_with_what_they_differ_on(letter_corpus):
    assert ranked(newest(TEES, letter_corpus)) == (
        "By the grades that each was given – highest: Redcar and Cleveland; lowest: Middlesbrough "
        "and Stockton-on-Tees. They differ on impact of leaders: good (Redcar and Cleveland), "
        "requires improvement to be good (Middlesbrough and Stockton-on-Tees); help and "
        "protection: good (Redcar and Cleveland), requires improvement to be good (Middlesbrough "
        "and Stockton-on-Tees); care leavers: good (Redcar and Cleveland), requires improvement "
        "to be good (Middlesbrough and Stockton-on-Tees)."
    )


def test_a_weak_judgement_is_not_made_up_for_by_a_strong_one(letter_corpus):
    told = ranked(newest(("Redcar and Cleveland", "Stoke-on-Trent"), letter_corpus))
    assert "nobody’s are the highest, or the lowest, in every judgement" in told
    assert "children in care: good (Stoke-on-Trent), requires improvement to be good (Red" in told


def test_the_same_grades_are_said_to_be_the_same(letter_corpus):
    north_and_west = newest(("North Northamptonshire", "West Northamptonshire"), letter_corpus)
    assert ranked(north_and_west) == (
        "The grades for impact of leaders, help and protection, children in care and care leavers "
        "are the same."
    )


def test_nothing_is_said_where_fewer_than_two_have_a_judgement_in_common(letter_corpus):
    first = {"Stockton-on-Tees": letter_corpus.of("Stockton-on-Tees")[0]}
    assert ranked(first | {"Hartlepool": None}) == ""
    visit = {"Stockton-on-Tees": letter_corpus.of("Stockton-on-Tees")[-2]}
    assert not visit["Stockton-on-Tees"].judgements
    assert ranked(visit | newest(("Redcar and Cleveland",), letter_corpus)) == ""
