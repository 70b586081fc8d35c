"""What a follow-up asks of an inspector just named, over the letters beside the repository."""

import pytest

from assistant.facts.spoken_of import of_the_inspector
from assistant.question.resolved import Resolved
from assistant.types import CitedBefore
from index.types import Intent, Leaning, Mention, Query


def asked(words, corpus, intent=Intent.VISITS, names=("Jan Edwards",)):
    event = next(one for one in corpus.of("Middlesbrough") if "2019-11" in one.inspection_id)
    doc_id = event.own[0]
    cited = tuple(CitedBefore(doc_id, f"Lead inspector: {name}, HMI") for name in names)
    place = (Mention("Middlesbrough", ""),)
    query = Query(words, authorities=place, subject=words, topic=words)
    resolved = Resolved(words, query, leaning=Leaning.ANSWER, typed=words, cited=cited)
    return of_the_inspector(resolved, {intent: 1.0}, corpus)


def test_the_inspections_of_whom_was_named_are_told_with_the_part_in_each(letter_corpus):
    found = asked("has she led any of the others?", letter_corpus)
    lines = [sentence.text for sentence in found.draft.sentences]
    assert lines[2].endswith("Jan Edwards led it")
    assert [lines[1], *lines[3:]] == [
        "Inspection, 16 January to 9 February 2017: requires improvement to be good overall; "
        "Jan Edwards was one of the inspectors",
        "Inspection, 20 June to 1 July 2022: requires improvement to be good overall; "
        "Jan Edwards led it",
    ]


@pytest.mark.parametrize(
    ("words", "intent", "names"),
    [
        ("which others have you got?", Intent.HELD, ("Jan Edwards",)),
        ("what did she say about schools?", Intent.OPEN, ("Jan Edwards",)),
        ("has she led any of the others?", Intent.VISITS, ()),
        ("has she led any of the others?", Intent.VISITS, ("Nobody Known",)),
    ],
)
def test_nobody_or_nothing_of_that_is_left(letter_corpus, words, intent, names):
    assert asked(words, letter_corpus, intent, names) is None
