from assistant.rendering import wording
from index.types import Mention, Query


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
