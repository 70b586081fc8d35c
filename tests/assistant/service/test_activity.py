from datetime import date, datetime, timedelta

import numpy as np

from assistant.service.activity import activity
from assistant.service.audit_log import Asked
from assistant.service.newest import Newest
from assistant.service.verdicts import Said

TODAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 12).astimezone()


def asked(status="answered", ms=1000, days_ago=0, question=None):
    return Asked(NOON - timedelta(days_ago), status, ms, question)


def said(useful, days_ago=0, **more):
    return Said(useful=useful, at=NOON - timedelta(days_ago), question="q", **more)


def happened(questions=(), verdicts=(), **more):
    return activity(Newest(tuple(questions), **more), Newest(tuple(verdicts)), TODAY)


def test_nothing_is_counted_where_nothing_happened():
    found = happened()
    assert (found.questions, found.ends, found.median_s, found.failed) == (0, (), None, ())
    assert len(found.days) == 30
    assert found.notes == ()


def test_questions_are_counted_by_day_for_thirty_days():
    found = happened([asked(days_ago=n) for n in (30, 29, 1, 1, 0, -1)])
    assert found.questions == 4
    assert dict(found.days)[date(2026, 11, 25)] == 2
    assert [day for day, _ in found.days] == [TODAY - timedelta(29 - n) for n in range(30)]


def test_each_end_has_its_words_and_what_is_unknown_is_other():
    ends = ["answered", "answered", "not_held", "searched", "stopped", "failed", "of the future"]
    assert happened(map(asked, ends)).ends == (
        ("Answered", 2),
        ("Not held", 1),
        ("Searched by a program", 1),
        ("Stopped before the end", 1),
        ("Failed", 1),
        ("Other", 1),
    )


def test_times_are_those_of_answers_and_refusals():
    times_ms = [10 * n**2 for n in range(1, 42)]
    others = [asked("searched", 1), asked("stopped", 90_000), asked("failed", 90_000)]
    found = happened([*others, *(asked("not_stated", ms) for ms in reversed(times_ms))])
    seconds = np.array(times_ms) / 1000
    assert found.median_s == np.median(seconds)
    assert found.slow_s == np.quantile(seconds, 0.95, method="inverted_cdf")
    counts, _ = np.histogram(seconds, [0, 1, 2, 5, 10, 30, 1e9])
    assert [number for _, number in found.times] == list(counts)
    assert found.times[1][0] == "1 to 2 seconds"


def test_thumbs_and_what_failed_newest_first():
    verdicts = [said(True), said(False, 3, reason="Something is missing"), said(False, 40)]
    questions = [asked("not_stated", days_ago=5, question="a"), asked("failed"), asked("stopped")]
    found = happened(questions, verdicts)
    assert (found.useful, found.not_useful) == (1, 1)
    assert found.reasons == (("Something is missing", 1),)
    assert [(one.said.asked, one.ended) for one in found.failed] == [
        ("", "Failed"),
        ("q", "A reader found the answer not useful"),
        ("a", "Not in the documents"),
    ]


def test_what_is_not_counted_is_said_and_no_day_before_it_is_shown_as_empty():
    found = happened([asked(days_ago=2), asked()], lines=50_000, damaged=2, cut=True)
    assert [number for _, number in found.days] == [1, 0, 1]
    assert found.notes == (
        "Only the newest 50,000 lines of the log of questions are counted; they go back to "
        "24 November 2026.",
        "2 lines of the log of questions are damaged and not counted.",
    )
    assert happened([asked(days_ago=40), asked()], lines=50_000, cut=True).notes == ()
    assert happened(problem="Permission denied").notes == (
        "Not all of the log of questions can be read: Permission denied.",
    )
