from datetime import date

import pytest

from assistant.rendering import names
from assistant.types import Citation
from index.types import Issuer, Kind, Period
from tests.web_fakes import identity


def test_a_source_is_named_by_number_authority_kind_and_date():
    who = identity(published=date(2022, 1, 31))
    citation = Citation(1, who, 3, "12", "", 0, 5, "quote")
    assert names.source_name(citation) == (
        "Source 1: Stockton-on-Tees focused visit, 31 January 2022"
    )
    assert names.place(citation) == "page 3, paragraph 12"


def test_a_document_without_authority_or_date_says_so():
    who = identity(authority=None, kind=Kind.NEWS_ARTICLE, issuer=Issuer.PRESS)
    assert names.letter_name(who) == "News article, undated"


@pytest.mark.parametrize(
    ("issuer", "kind", "said"),
    [
        (Issuer.OFSTED, Kind.FOCUSED_VISIT, "Ofsted’s own letter"),
        (Issuer.OFSTED, Kind.INSPECTION_REPORT, "Ofsted’s own report"),
        (Issuer.COUNCIL, Kind.COUNCIL_REPORT, "Council report telling of Ofsted’s findings"),
        (Issuer.PRESS, Kind.NEWS_ARTICLE, "News article telling of Ofsted’s findings"),
        (Issuer.OTHER, Kind.OTHER, "Document by another author, not Ofsted"),
    ],
)
def test_the_speaker_is_told_in_plain_words(issuer, kind, said):
    assert names.speaker(identity(issuer=issuer, kind=kind)) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2021, 12, 7), date(2021, 12, 8), "7–8 December 2021"),
        (date(2016, 5, 23), date(2016, 6, 16), "23 May to 16 June 2016"),
        (date(2019, 12, 30), date(2020, 1, 3), "30 December 2019 to 3 January 2020"),
        (date(2021, 12, 7), None, "7 December 2021"),
        (None, None, None),
    ],
)
def test_visit_days(start, end, said):
    assert names.visit(identity(start=start, end=end)) == said


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
    assert names.period(Period(start, end)) == said
