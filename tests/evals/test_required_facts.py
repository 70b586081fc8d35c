import pytest

from evals.metrics.required_facts import states


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("completed within twenty-six weeks", "26 weeks"),
        ("about 83 per cent of children", "83%"),
        ("on 31/01/2022 and later", "31 January 2022"),
        ("letter 8 Nov 2023", "8 November 2023"),
        ("dated 2022-05-06.", "6 May 2022"),
        ("the 31st January 2022 letter", "31 January 2022"),
        ("cost 1,200 pounds", "1200"),
        ("It is held **Weekly**.", "monthly / weekly"),
    ],
)
def test_one_way_of_writing_numbers_dates_and_shares(text, fact):
    assert states(text, fact, exact=True)


@pytest.mark.parametrize(
    ("text", "fact"),
    [("126 weeks", "26 weeks"), ("83 of them", "83%"), ("workloads high", "high workloads")],
)
def test_exact_facts_need_every_word_in_order(text, fact):
    assert not states(text, fact, exact=True)


def test_nuggets_need_sixty_per_cent_of_their_content_words_and_every_number():
    nugget = "8 inspectors on the 2016 inspection"
    assert states("In 2016 the inspection team had eight inspectors", nugget, exact=False)
    assert not states("In 2016 the inspection team had nine inspectors", nugget, exact=False)
    assert not states("nothing of the kind", nugget, exact=False)
