from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import date_fit
from index.query.date_fit import PUBLISHED_LATER, fit, fits, in_order, matches
from index.query.glossary import glossary
from index.query.kinds import frameworks_named, kinds_named, visit_numbered
from index.query.people import people_named
from index.query.periods import COVID_END, COVID_START, order_named, periods_named
from index.query.topic import topic
from index.query.understand import MAX_QUESTION, understand
from index.types import (
    Filters,
    Framework,
    Grade,
    Issuer,
    Kind,
    Period,
    Proven,
    ReportedJudgement,
    Span,
)
from tests.fakes import held

_HERE = Span(0, 1)
TODAY = date(2026, 3, 31)


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("the visit of 31 January 2022", [("2022-01-31", "2022-01-31", "31 January 2022")]),
        ("31st of January, 2022?", [("2022-01-31", "2022-01-31", "31st of January, 2022")]),
        ("January 31, 2022", [("2022-01-31", "2022-01-31", "January 31, 2022")]),
        ("the october 22 inspection", [("2022-10-01", "2022-10-31", "october 22")]),
        ("at Stoke (Oct 23)", [("2023-10-01", "2023-10-31", "Oct 23")]),
        ("in October 22 children came, 16 may 17 did", []),
        ("on 7 and 8 December 2021", [("2021-12-07", "2021-12-08", "7 and 8 December 2021")]),
        ("4–5 Oct 2023", [("2023-10-04", "2023-10-05", "4–5 Oct 2023")]),
        ("31/01/2022 or 2022-02-01", [("2022-01-31",) * 2 + ("31/01/2022",), ("2022-02-01",) * 3]),
        ("31/02/2022", []),
        ("in May 2016", [("2016-05-01", "2016-05-31", "May 2016")]),
        ("in February 2024", [("2024-02-01", "2024-02-29", "February 2024")]),
        ("in early 2022", [("2022-01-01", "2022-04-30", "early 2022")]),
        ("the budget for 2021-22", [("2021-04-01", "2022-03-31", "2021-22")]),
        ("2021/22", [("2021-04-01", "2022-03-31", "2021/22")]),
        ("2016-19", [("2016-01-01", "2019-12-31", "2016-19")]),
        (
            "in 2019 and 2022",
            [("2019-01-01", "2019-12-31", "2019"), ("2022-01-01", "2022-12-31", "2022")],
        ),
        ("between 2016 and 2019", [("2016-01-01", "2019-12-31", "between 2016 and 2019")]),
        (
            "between May 2016 and 3 June 2019",
            [("2016-05-01", "2019-06-03", "between May 2016 and 3 June 2019")],
        ),
        ("from 2016 to May 2019", [("2016-01-01", "2019-05-31", "from 2016 to May 2019")]),
        ("since 2019", [("2019-01-01", None, "since 2019")]),
        ("since May 2019", [("2019-05-01", None, "since May 2019")]),
        ("since the 2019 report", [("2019-01-01", None, "since the 2019")]),
        ("since the visit in 2019", [("2019-01-01", None, "since the visit in 2019")]),
        ("after the May 2019 visit", [("2019-05-01", "2019-05-31", "May 2019")]),
        ("from 2019 onwards", [("2019-01-01", None, "from 2019 onwards")]),
        ("published in 2022 or later, which", [("2022-01-01", None, "2022 or later")]),
        ("in 2016 or earlier", [(None, "2016-12-31", "2016 or earlier")]),
        ("before March 2021", [(None, "2021-02-28", "before March 2021")]),
        ("up to 2016", [(None, "2016-12-31", "up to 2016")]),
        ("still good by 2019?", [("2019-01-01", "2019-12-31", "2019")]),
        ("the 2022 letter", [("2022-01-01", "2022-12-31", "2022")]),
        ("2016’s report", [("2016-01-01", "2016-12-31", "2016’s")]),
        ("the ’19 report", [("2019-01-01", "2019-12-31", "’19")]),
        ("in the mid-2010s", [("2014-01-01", "2016-12-31", "mid-2010s")]),
        ("the 2010s", [("2010-01-01", "2019-12-31", "2010s")]),
        ("the end of 2022", [("2022-10-01", "2022-12-31", "end of 2022")]),
        ("first half of 2022", [("2022-01-01", "2022-06-30", "first half of 2022")]),
        ("last year", [("2025-01-01", "2025-12-31", "last year")]),
        ("this year", [("2026-01-01", "2026-12-31", "this year")]),
        ("two years ago", [("2024-01-01", "2024-12-31", "two years ago")]),
        ("a month ago", [("2026-02-01", "2026-02-28", "a month ago")]),
        ("in the last three years", [("2023-03-31", "2026-03-31", "in the last three years")]),
        ("over the past month", [("2026-02-28", "2026-03-31", "over the past month")]),
        ("since last year", [("2025-01-01", None, "since last year")]),
        ("before last month", [(None, "2026-01-31", "before last month")]),
        ("the last years of care; ago", []),
        ("under the Children Act 1989", []),
        ("the 1989 Act and Working Together 2018", []),
        ("the Care Planning Regulations (2010)", []),
        ("2,019 children, £2020 and 2021 cases", []),
        ("104 inspections", []),
        ("", []),
    ],
)  # fmt: skip
def test_periods(question, expected):
    found = [(m.value.start, m.value.end, m.words) for m in periods_named(question, TODAY)]
    assert found == [(day(start), day(end), words) for start, end, words in expected]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how was it during the pandemic", Period(COVID_START, COVID_END)),
        ("pre-pandemic practice", Period(None, COVID_START)),
        ("before covid", Period(None, COVID_START)),
        ("since COVID-19", Period(COVID_END, None)),
        ("post-lockdown", Period(COVID_END, None)),
    ],
)
def test_the_pandemic_is_a_period(question, expected):
    assert [m.value for m in periods_named(question, TODAY)] == [expected]


@given(st.text(max_size=60) | st.from_regex(r"(19|20)\d\d[-/–. ]\d{1,4} (May|to|and) \d+ 20\d\d"))
def test_any_question_can_be_read(text):
    for mention in periods_named(text, TODAY):
        assert mention.words in text
        start, end = mention.value.start, mention.value.end
        assert start or end
        assert not (start and end) or start <= end


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("the latest letter", "newest"),
        ("When was Leeds last inspected?", "newest"),
        ("at the last full inspection", "newest"),
        ("What is the current grade?", "newest"),
        ("how is it now?", "newest"),
        ("Are children now safe at home?", None),
        ("the first inspection", "oldest"),
        ("the first monitoring visit", None),
        ("recent reports", "newest"),
        ("when did ofsted last do a full one", "newest"),
        ("who led redcar's last ILACS", "newest"),
        ("recent court proceedings", None),
        ("lasting relationships", None),
    ],
)
def test_order(question, expected):
    assert order_named(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("the focused visit", [(Kind.FOCUSED_VISIT, True)]),
        ("the monitoring visit letter", [(Kind.MONITORING_VISIT, True)]),
        ("the news story", [(Kind.NEWS_ARTICLE, True)]),
        ("the director’s report", [(Kind.COUNCIL_REPORT, True)]),
        ("SIF inspections", [(Kind.INSPECTION_REPORT, True)]),
        ("the SEND area inspection", [(Kind.OTHER, True)]),
        ("the JTAI", [(Kind.JOINT_INSPECTION, True)]),
        ("the ILACS report", [(Kind.INSPECTION_REPORT, True)]),
        (
            "the letter",
            [
                (Kind.FOCUSED_VISIT, False),
                (Kind.MONITORING_VISIT, False),
                (Kind.ASSURANCE_VISIT, False),
                (Kind.JOINT_INSPECTION, False),
            ],
        ),
        ("life-story work and the story of a child", []),
    ],
)
def test_kinds(question, expected):
    assert [(m.value, m.certain) for m in kinds_named(question)] == expected


def expanded(question):
    return [(m.value, m.words) for m in glossary().expansions(question)]


def test_the_glossary_says_what_letters_write():
    assert ("independent reviewing officer", "IROs") in expanded("Do IROs challenge?")
    assert ("connected carers", "kinship") in expanded("kinship care")
    assert ("IRO", "independent reviewing officers") in expanded("independent reviewing officers")
    assert expanded("is it any good?") == []
    assert expanded("education, employment and training") == []


def test_people_by_full_name_or_surname():
    known = [
        held("a", inspectors=(Proven("Victoria Horsefield", _HERE), Proven("Ann Young", _HERE)))
    ]
    assert [
        (m.value, m.words, m.certain) for m in people_named("Did Ms Horsefield go?", known)
    ] == [("Victoria Horsefield", "Horsefield", False)]
    assert [m.certain for m in people_named("did victoria horsefield go", known)] == [True]
    assert people_named("Young people in care. Young carers too.", known) == ()


LEEDS = held("1" * 16, "Leeds", date(2022, 3, 1))
OLD = held("2" * 16, "Leeds", date(2018, 3, 1))
TORBAY = held("3" * 16, "Torbay", date(2019, 5, 5))
UNDATED = held("4" * 16, "Torbay")
RECALLS = held(
    "5" * 16,
    "Torbay",
    date(2023, 1, 1),
    reported_judgements=(
        ReportedJudgement("overall_effectiveness", Grade.GOOD, "May 2016", _HERE),
    ),
)
HELD = [LEEDS, OLD, TORBAY, UNDATED, RECALLS]


def test_a_question_is_understood_whole():
    query = understand("What was found in Leeds in 2022?", HELD, k=3, filters=Filters())
    assert [m.value for m in query.authorities] == ["Leeds"]
    assert query.topic == "What was found in 2022?"
    assert [m.words for m in query.periods] == ["2022"]
    assert (query.k, query.order, query.question) == (3, None, "What was found in Leeds in 2022?")


def test_places_not_held_stay_in_the_topic():
    query = understand("What was found in Bristol?", HELD)
    assert [m.value for m in query.authorities] == ["Bristol"]
    assert query.topic == "What was found in Bristol?"


def test_a_question_without_end_is_read_in_part():
    query = understand("why " * 5000 + "2022", HELD)
    assert query.periods == ()
    assert len(query.topic) <= MAX_QUESTION


def test_topic_keeps_a_question_that_is_only_a_name():
    leeds = understand("Leeds?", HELD).authorities
    assert topic("Leeds?", leeds) == "Leeds?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("the SIF report", (Framework.SIF,)),
        ("the short inspection", (Framework.ILACS_SHORT,)),
        ("the JTAI", (Framework.JTAI,)),
        ("since ILACS", (Framework.ILACS, Framework.ILACS_STANDARD, Framework.ILACS_SHORT)),
        ("a sift of files in short", ()),
    ],
)
def test_frameworks(question, expected):
    assert frameworks_named(question) == expected


def test_a_numbered_visit_is_told_by_its_own_opening():
    form = visit_numbered("what did the 3rd monitoring visit find?")
    assert form
    assert form.search("This was the third monitoring visit since the council was judged")
    assert not form.search("since the third monitoring visit")
    assert visit_numbered("the monitoring visits") is None


NORTH_TOO = ("North Northamptonshire", True)
WEST_TOO = ("West Northamptonshire", True)
NORTH = held("6" * 16, "North Northamptonshire", date(2022, 11, 25))
WEST = held("7" * 16, "West Northamptonshire", date(2022, 11, 25))
COUNTY = held("8" * 16, "Northamptonshire", date(2019, 7, 1))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("North and West Northamptonshire", [("North Northamptonshire", True), WEST_TOO]),
        ("North v West Northamptonshire", [("North Northamptonshire", True), WEST_TOO]),
        ("compare west & north northants", [("West Northamptonshire", True), NORTH_TOO]),
        ("Cheshire East and West", [("Cheshire East", True), ("Cheshire West and Chester", True)]),
        ("north of West Northamptonshire", [WEST_TOO]),
        (
            "Northamptonshire",
            [
                ("North Northamptonshire", False),
                ("Northamptonshire", False),
                ("West Northamptonshire", False),
            ],
        ),
        ("Northamptonshire in 2019", [("Northamptonshire", False)]),
        (
            "Northamptonshire in 2022",
            [("North Northamptonshire", False), ("West Northamptonshire", False)],
        ),
    ],
)
def test_near_namesakes(question, expected):
    named = understand(question, [NORTH, WEST, COUNTY]).authorities
    assert sorted((m.value, m.certain) for m in named) == sorted(expected)


def test_a_shared_name_leaves_the_topic_whole():
    query = understand("How is early help in North and West Northamptonshire?", [NORTH, WEST])
    assert query.topic == "How is early help ?"


FIRST = held("a" * 16, "Torbay", date(2016, 3, 1))
SECOND = held("b" * 16, "Torbay", date(2019, 3, 1))
THIRD = held("c" * 16, "Torbay", date(2022, 3, 1))
TOLD = held("d" * 16, "Torbay", date(2023, 3, 1), issuer=Proven(Issuer.COUNCIL, _HERE))
BY_TURNS = [FIRST, SECOND, THIRD, TOLD]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("the previous inspection of Torbay", [SECOND]),
        ("In Torbay's inspection before the latest one, how were leavers?", [SECOND]),
        ("Torbay: the one before", [SECOND]),
        ("Torbay, last inspection but one", [SECOND]),
        ("Torbay's latest report against the one before", [SECOND, THIRD]),
        ("Since the previous inspection, has Torbay improved?", []),
        ("the previous inspection", []),
    ],
)
def test_the_inspection_before(question, expected):
    periods = [m.value for m in understand(question, BY_TURNS).periods]
    fitting = [i for i in BY_TURNS if any(fit(i, period) == 1 for period in periods)]
    assert fitting == expected


def fitted(question):
    return fits(understand(question, HELD), HELD)


def test_documents_fit_the_times_named():
    assert fitted("in 2022") == {
        LEEDS.doc_id: 1.0,
        OLD.doc_id: 0.0,
        TORBAY.doc_id: 0.0,
        UNDATED.doc_id: date_fit.UNDATED,
        RECALLS.doc_id: 0.0,
    }
    assert fitted("in 2016")[RECALLS.doc_id] == date_fit.RECALLED
    assert set(fitted("when?").values()) == {0.0}


def test_the_latest_of_each_authority_fits_best():
    fitting = fitted("the latest")
    assert (fitting[LEEDS.doc_id], fitting[RECALLS.doc_id]) == (1.0, 1.0)
    assert fitting[OLD.doc_id] == fitting[TORBAY.doc_id] < 0.5
    assert fitting[UNDATED.doc_id] == 0.0
    assert fitted("the first inspection")[OLD.doc_id] == 1.0


def test_the_latest_is_of_the_kind_named_and_ofsted_s_own():
    visit = held("e" * 16, "Torbay", date(2024, 1, 1), Kind.MONITORING_VISIT)
    group = [*BY_TURNS, visit]
    assert in_order(BY_TURNS, [], newest=True) == [THIRD, SECOND, FIRST]
    assert in_order(group, [Kind.MONITORING_VISIT], newest=True) == [visit]
    assert in_order(group, [Kind.JOINT_INSPECTION], newest=True)[0] == visit


def test_without_a_printed_date_publication_is_looked_for_after_the_visit():
    visited = held("f" * 16, "Torbay", visit_end=Proven(date(2018, 11, 16), _HERE))
    assert fit(visited, Period(date(2019, 1, 1), date(2019, 12, 31))) == PUBLISHED_LATER
    assert fit(visited, Period(date(2018, 1, 1), date(2018, 12, 31))) == 1.0
    assert fit(visited, Period(date(2020, 1, 1), date(2020, 12, 31))) == 0.0


def test_a_framework_named_is_a_time():
    sif = held("9" * 16, "Torbay", framework=Proven(Framework.SIF, _HERE))
    query = understand("the SIF report on Torbay", [sif, THIRD])
    assert fits(query, [sif, THIRD], (Framework.SIF,)) == {sif.doc_id: 1.0, THIRD.doc_id: 0.0}


def test_a_period_is_inclusive_and_a_filter_leaves_undated_out():
    at = LEEDS.dated
    assert fit(LEEDS, Period(at, at)) == 1.0
    assert matches(LEEDS, at, at)
    assert not matches(LEEDS, date(2022, 3, 2), None)
    assert not matches(UNDATED, None, None)


@pytest.mark.parametrize(
    "question",
    [
        "When did Ofsted last inspect Leeds?",
        "What did they say when they last looked at Leeds?",
        "How have care leavers been getting on lately?",
    ],
)
def test_the_latest_is_asked_for_in_many_words(question):
    assert understand(question, HELD).order == "newest"


def test_a_name_is_read_however_late_it_stands():
    query = understand("why " * 2500 + "in Leeds?", HELD)
    assert [mention.value for mention in query.authorities] == ["Leeds"]
    assert len(query.topic) <= MAX_QUESTION
