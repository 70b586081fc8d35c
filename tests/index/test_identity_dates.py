"""Runs of days as reports print them."""

from datetime import date

import pytest

from index.identity.dates import runs


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("24 November 2015 – 17 December 2015", (2015, 11, 24), (2015, 12, 17)),
        ("1/06/2015 – 25/06/2015", (2015, 6, 1), (2015, 6, 25)),
        ("13 to 24 March 2023", (2023, 3, 13), (2023, 3, 24)),
        ("11 – 22 July 2022", (2022, 7, 11), (2022, 7, 22)),
        ("7 and 8 December 2021", (2021, 12, 7), (2021, 12, 8)),
        ("28 November to 2 December 2022", (2022, 11, 28), (2022, 12, 2)),
        ("12 December to 13 January 2023", (2022, 12, 12), (2023, 1, 13)),
        ("31 January and 1 February 2024", (2024, 1, 31), (2024, 2, 1)),
        ("4, 5 and 6 October 2016", (2016, 10, 4), (2016, 10, 6)),
        ("Monday 8 January 2024 to Friday 19 January", (2024, 1, 8), (2024, 1, 19)),
        ("2–6 March 2020 and 9–13 March 2020", (2020, 3, 2), (2020, 3, 13)),
        ("3rd Sept 2018", (2018, 9, 3), (2018, 9, 3)),
        ("06 May 2022", (2022, 5, 6), (2022, 5, 6)),
        ("published on 2022-05-06", (2022, 5, 6), (2022, 5, 6)),
    ],
)
def test_printed_days(printed, start, end):
    (run,) = runs(f"Inspection dates: {printed}\nLead inspector")
    assert (run.start, run.end) == (date(*start), date(*end))


@pytest.mark.parametrize("printed", ["May 2016", "in 2019", "31 February 2020", "4 and 5", "7 Dec"])
def test_what_is_no_complete_day_is_none(printed):
    assert list(runs(printed)) == []


def test_the_span_is_where_the_days_stand():
    text = "visit on 4 and 5 October 2023. It"
    (run,) = runs(text)
    assert text[run.span.start : run.span.end] == "4 and 5 October 2023"
