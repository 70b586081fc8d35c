from datetime import date

import pytest

from assistant.rendering import dates
from index.types import Period


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2019, 1, 1), date(2021, 12, 31), "2019 to 2021"),
        (date(2021, 12, 1), date(2021, 12, 31), "December 2021"),
        (date(2021, 12, 7), date(2021, 12, 7), "7 December 2021"),
        (date(2020, 5, 1), None, "since 1 May 2020"),
        (None, date(2020, 5, 1), "up to 1 May 2020"),
        (date(2019, 1, 1), None, "since 2019"),
        (None, date(2021, 12, 31), "up to 2021"),
        (date(2021, 12, 7), date(2021, 12, 8), "7–8 December 2021"),
        (date(2021, 12, 1), date(2021, 12, 8), "1–8 December 2021"),
        (date(2016, 5, 23), date(2016, 6, 16), "23 May to 16 June 2016"),
    ],
)
def test_periods_read_as_people_say_them(start, end, said):
    assert dates.period(Period(start, end)) == said
