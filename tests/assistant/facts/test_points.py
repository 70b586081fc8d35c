"""Points for improvement on a matter, and whose lists have them."""

from assistant.facts.points import points_on, write_listed
from assistant.rendering.draft import Draft


def test_whose_lists_have_points_that_are_cited_is_told_oldest_first(letter_corpus):
    events = [one for one in letter_corpus.of("Redcar and Cleveland") if one.improvements]
    draft = Draft()
    for event in events:
        for identity, quote in points_on("private fostering", event, letter_corpus):
            draft.quote(identity, quote)
    write_listed(draft, "private fostering", events[::-1], letter_corpus)
    last = draft.sentences[-1]
    assert last.text == (
        "Points for improvement on this: in the lists of the inspection of 16 January to 9 "
        "February 2017 and the inspection of 1 to 12 December 2025; none that names “private "
        "fostering” in the list of the inspection of 20 June to 1 July 2022."
    )
    assert last.citations == tuple(one.number for one in draft.citations)


def test_of_one_list_or_none_with_such_a_point_nothing_is_told(letter_corpus):
    events = [one for one in letter_corpus.of("Redcar and Cleveland") if one.improvements]
    draft = Draft()
    write_listed(draft, "private fostering", events, letter_corpus)
    draft.quote(*letter_corpus.quote(events[0].improvements[0].place))
    write_listed(draft, "private fostering", events[:1], letter_corpus)
    assert len(draft.sentences) == 1
