from datetime import date, timedelta

import pytest

from assistant.rendering import names, wording
from assistant.types import Citation
from index.types import Issuer, Kind
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


TO_COME = "(a day still to come: the date in the document cannot be right)"


def dated(day, doc_id="d" * 16):
    return identity(doc_id=doc_id, published=day)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 11, 8), "focused visit letter, 8 November 2023"),
        (date.today(), None),
        (None, "focused visit letter, undated"),
        (date(2099, 12, 31), f"focused visit letter, 31 December 2099 {TO_COME}"),
        (date.today() + timedelta(days=1), TO_COME),
    ],
)
def test_a_day_still_to_come_is_said_to_be_one(day, said):
    shown = names.short(dated(day))
    assert said is None or (shown == said if said != TO_COME else shown.endswith(said))
    assert (TO_COME in shown) == (day is not None and day > date.today())


@pytest.mark.parametrize("quoted", [0, 1])
def test_a_letter_of_the_future_is_never_the_newest_without_a_word(quoted):
    held = [dated(date(2022, 1, 31), "a" * 16), dated(date(2099, 12, 31), "b" * 16)]
    note = wording.newest(held, [held[quoted]])
    assert note is not None
    assert TO_COME in note
    assert TO_COME in wording.held_for(held, ["Stockton-on-Tees"])
