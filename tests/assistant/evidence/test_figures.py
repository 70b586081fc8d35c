import pytest

from assistant.evidence.figures import covers, dates, figures, idle


@pytest.mark.parametrize(
    ("text", "days", "numbers"),
    [
        ("29 and 30 March 2022", {(2022, 3, 29), (2022, 3, 30)}, set()),
        ("4–5 October 2023", {(2023, 10, 4), (2023, 10, 5)}, set()),
        ("20 September to 1 October 2022", {(None, 9, 20), (2022, 10, 1)}, set()),
        ("31 Jan 2022, 31/01/2022, 2022-01-31", {(2022, 1, 31)}, set()),
        ("28 SEPTEMBER 2016; May 7th, 2017", {(2016, 9, 28), (2017, 5, 7)}, set()),
        ("since January 2020; in May", {(2020, 1, None), (None, 5, None)}, set()),
        ("children aged 16 may leave", set(), {"16"}),
        ("56 per cent, 56.0%, RI 58 56%", set(), {"56%", "58"}),
        ("£2.5 million, £2.5m, 1,200", set(), {"2500000", "1200"}),
        ("twenty-one of a hundred and four", set(), {"21", "104"}),
        ("the third, the 3rd, the 12th", set(), {"3rd", "12th"}),
        ("2021-22 and 2021/2022", set(), {"2021/22"}),
        ("one of the two, no one, half", set(), {"2", "half"}),
        ("in 2019", {(2019, None, None)}, set()),
        ("past their 18th birthday, at 18", set(), {"18"}),
        ("from 41 to 33 per cent, between 2.5 and 3%", set(), {"41%", "33%", "2.5%", "3%"}),
        ("the 41 and 33 per cent, 3 to 4", set(), {"41", "33%", "3", "4"}),
        ("2015─16", set(), {"2015/16"}),
        ("16- and 17-year-olds, regulation 24", set(), {"16", "17", "24"}),
        ("the year 2014– 15", set(), {"2014/15"}),
        ("under s20 and section 47; these two", set(), {"20", "47"}),
    ],
)
def test_figures_and_dates_have_one_form(text, days, numbers):
    assert dates(text) == days
    assert figures(text) == numbers


def test_a_date_covers_what_says_less():
    known = frozenset({(2022, 5, 6)})
    assert covers(known, (2022, None, None))
    assert covers(known, (None, 5, 6))
    assert not covers(known, (2022, 5, 7))
    assert not covers(frozenset({(2022, None, None)}), (2022, 5, None))


@pytest.mark.parametrize(
    ("text", "told", "figures_meant_as_none"),
    [
        ("One way of working puts children first.", "Children are prioritised.", {"1", "1st"}),
        ("The first visit was in May.", "The second visit was in May.", set()),
        ("It was judged inadequate first.", "It turned 18 before its 18th birthday.", {"1st"}),
        ("Stage 1 comes 1st.", "Children are prioritised.", set()),
        ("The first is audit, the second visits.", "Audits; visits.", {"1st", "2nd"}),
        ("The second is visits.", "Audits; visits.", set()),
        ("Twenty-one or two of them.", "Children are prioritised.", set()),
    ],
)
def test_one_and_first_may_be_meant_as_no_figures(text, told, figures_meant_as_none):
    assert idle(text, told) == figures_meant_as_none
