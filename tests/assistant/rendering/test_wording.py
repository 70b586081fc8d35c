from datetime import date

from assistant.rendering import wording
from index.types import Issuer, Kind, Mention, Query
from tests.web_fakes import identity

NOTE = "(later than what is quoted here)"


def derby(number, day):
    kind = Kind.FOCUSED_VISIT
    return identity(f"d{number}", f"{number}.txt", "Visit", Issuer.OFSTED, kind, "Derby", day)


def test_the_newest_is_later_than_what_is_quoted_only_by_its_date():
    day = date(2023, 5, 2)
    same, other, before = derby(1, day), derby(2, day), derby(3, date(2021, 5, 2))
    held = [same, other, before]
    assert NOTE in wording.newest(held, [before])
    for cited in ([same], [other], [before, other]):
        assert NOTE not in wording.newest(held, cited)
    elsewhere = identity("e", "e.txt", "Visit", Issuer.OFSTED, Kind.FOCUSED_VISIT, "Kent", day)
    assert NOTE in wording.newest([*held, elsewhere], [before, elsewhere])


def test_words_taken_for_others_are_said():
    query = Query(
        "the stratergy for kids",
        "the strategy for kids",
        "the strategy for kids",
        respelt=(Mention("strategy", "stratergy", certain=False),),
    )
    said = "“strategy” instead of “stratergy” and “children” instead of “kids”"
    assert wording.read_as(query) == said
    assert wording.read_as(Query("caseloads", "caseloads", "caseloads")) == ""
