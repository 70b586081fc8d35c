"""Counts by meaning agree with a reading of every letter and of every list by eye."""

from copy import copy

import pytest

from assistant.facts.counts import names_a_grade
from assistant.facts.mentions import counted_by_meaning
from assistant.facts.named import in_none
from assistant.types import Status
from index.query.understand import understand
from index.types import Hit


def counted(question, corpus, passages_of=lambda doc_id: ()):
    """Count where the passages that name supervision are found, of those of ``passages_of``."""
    searching = copy(corpus)
    searching.find = lambda query, doc_ids: [
        Hit(passage, corpus.identity(doc_id), 0.0, 1)
        for doc_id in sorted(doc_ids)
        for passage in passages_of(doc_id)
        if {"supervision", "carers"} & set(passage.text.casefold().split())
    ]
    query = understand(question, corpus.collection.identities())
    return counted_by_meaning(query, searching)


def sources(answer):
    return {citation.identity.source for citation in answer.draft.citations}


def test_documents_that_name_it_are_all_counted(letter_corpus):
    held = letter_corpus.collection
    texts = {one.source: held.document(one.doc_id).text for one in held.identities()}
    naming = {source for source, text in texts.items() if "young carer" in text.casefold()}
    answer = counted("Which reports mention young carers?", letter_corpus)
    assert sources(answer) == naming
    assert answer.draft.sentences[0].text.startswith(f"{len(naming)} of the 21 documents held")
    assert all("young carer" in one.quote.casefold() for one in answer.draft.citations)


def test_points_are_counted_over_every_list(letter_corpus):
    answer = counted("How often is private fostering a point for improvement?", letter_corpus)
    assert sources(answer) == {
        "middlesbrough_2023-05-25.pdf",
        "nottingham_2019-01-07.pdf",
        "redcar-and-cleveland_2017-04-07.pdf",
        "redcar-and-cleveland_2026-01-28.pdf",
        "stockton-on-tees_2016-08-05.pdf",
        "stoke-on-trent_2015-08-12.pdf",
        "stoke-on-trent_2019-03-18.pdf",
        "stoke-on-trent_2022-11-25.pdf",
    }
    assert answer.draft.sentences[0].text.startswith("8 of the 21 lists of points for improvement")


def test_what_nobody_speaks_of_is_left_to_reading(seed_corpus):
    query = understand("Which letters mention it?", seed_corpus.identities)
    assert in_none("managers children", seed_corpus.identities, query, seed_corpus) is None


def test_of_words_that_stand_nowhere_it_is_said_that_no_document_names_them(seed_corpus):
    answer = counted("How many documents mention electric scooters?", seed_corpus)
    assert answer.status is Status.NOT_STATED
    assert answer.lead == (
        "None of the 5 documents held names this (scooters): “scooters” stands in none of them."
    )


def test_who_is_criticised_is_told_by_lists_and_by_what_letters_say_is_weak(letter_corpus):
    asked = "Which councils have a problem with the quality of supervision in their latest letters?"
    answer = counted(asked, letter_corpus, letter_corpus.collection.passages_of)
    assert answer.draft.sentences[0].text.startswith("2 of the 7 lists of points for improvement")
    told = {c.identity.authority_name for c in answer.draft.citations}
    assert {"Middlesbrough", "Stoke-on-Trent", "Nottingham"} <= told
    assert "Redcar and Cleveland" not in told


@pytest.mark.parametrize(
    "asked",
    ["Which councils use Adoption Tees Valley?", "who is part of adoption tees valley"],
)
def test_what_documents_write_as_a_name_is_counted_by_name(asked, letter_corpus):
    answer = counted(asked, letter_corpus)
    assert {c.identity.authority_name for c in answer.draft.citations} == {
        *("Middlesbrough", "Redcar and Cleveland", "Stockton-on-Tees")
    }
    assert "documents held name this (" in answer.draft.sentences[0].text


def test_what_counts_by_meaning_denies_nothing_of_others(letter_corpus):
    asked = "Which councils have meetings between social workers and their managers too seldom?"
    answer = counted(asked, letter_corpus, letter_corpus.collection.passages_of)
    lead = answer.draft.sentences[0].text
    assert lead.startswith("1 document criticises it. Nothing that surely does was found of Midd")


def test_what_is_not_good_enough_is_no_grade(letter_corpus):
    asked = "Which councils were told that their response to young carers wasn't good enough?"
    query = understand(asked, letter_corpus.identities)
    assert not names_a_grade(query, letter_corpus)
    graded = understand(
        "Which councils are good for help and protection?", letter_corpus.identities
    )
    assert names_a_grade(graded, letter_corpus)


def test_only_what_works_counts_where_praise_is_asked_for(letter_corpus):
    asked = "Which councils were praised for how they support young carers in their latest letters?"
    answer = counted(asked, letter_corpus, letter_corpus.collection.passages_of)
    told = {c.identity.authority_name for c in answer.draft.citations}
    assert {"West Northamptonshire", "Stoke-on-Trent"} <= told
    assert "Middlesbrough" not in told


def test_of_a_long_letter_only_its_end_is_read_with_every_document(letter_corpus, monkeypatch):
    asked, read = [], letter_corpus.reader.read
    monkeypatch.setattr(
        letter_corpus.reader, "read", lambda text, hits: asked.append(text) or read(text, hits)
    )
    mail = "I am writing from a small charity and would be glad to hear of this. " * 26
    question = "Which councils were criticised for how they identify young carers?"
    answer = counted(mail + question, letter_corpus, letter_corpus.collection.passages_of)
    assert "Redcar and Cleveland" in {c.identity.authority_name for c in answer.draft.citations}
    assert max(map(len, asked)) < 400


@pytest.mark.parametrize(
    "asked",
    [
        "Private fostering: which reports have it in the recommendations or areas for improvement?",
        "which councils were told to do better on private fostering",
    ],
)
def test_lists_are_counted_however_they_are_called(asked, letter_corpus):
    lead = counted(asked, letter_corpus).draft.sentences[0].text
    assert lead.startswith("8 of the 21 lists of points for improvement")


def test_lists_and_documents_that_name_it_are_told_where_both_are_counted(letter_corpus):
    asked = (
        "List every document where private fostering is among the things to improve. "
        "And which documents never mention private fostering?"
    )
    first, second, *_ = (one.text for one in counted(asked, letter_corpus).draft.sentences)
    assert first.startswith("8 of the 21 lists")
    assert second.startswith("Not named (private fostering) in 3 of 21 documents: West North")


def test_documents_that_name_it_are_told_beside_lists_where_they_are_the_fewer(letter_corpus):
    asked = (
        "Which documents have young carers among the things to improve? "
        "And which documents mention young carers?"
    )
    sentences = counted(asked, letter_corpus).draft.sentences
    assert sentences[1].text.startswith("Named (young carers) in 7 of 21 documents: Middlesbrough")
    assert len(sentences[1].citations) == 7


def test_what_may_speak_of_it_in_other_words_is_not_counted_with_what_names_it(letter_corpus):
    asked = (
        "How many of the documents mention young carers? List them with a word on what is said, "
        "and name any council that none of its documents does so for."
    )
    answer = counted(asked, letter_corpus, letter_corpus.collection.passages_of)
    first, *_ = answer.draft.sentences
    assert first.text.startswith("7 of the 21 documents held name this (young carers); ")
    assert first.text.endswith(" more may speak of it in other words. None of Stockton-on-Tees.")
    quoted = [one for one in answer.draft.sentences if one.citations]
    assert [one.more for one in quoted] == sorted(one.more for one in quoted)
    assert len([one for one in quoted if not one.more]) == 7
    (table,) = answer.counted().tables
    assert {row[3].text for row in table.rows} == {"by name", "perhaps, in other words"}


@pytest.mark.parametrize(
    ("asked", "lead"),
    [
        (
            "Quick one before a managers' meeting: in which documents is life-story work named in "
            "the list of what needs to improve?",
            "7 of the 21 lists of points for improvement",
        ),
        (
            "young carers - how many of the letters/reports even mention them, which ones, and "
            "does anyone have it as an improvement point?",
            "7 of the 21 documents held name this (young carers)",
        ),
        (
            "Young carers. Which letters mention them, and is there a council where no letter "
            "ever does?",
            "7 of the 21 documents held name this (Young carers)",
        ),
        (
            "Private fostering: in which reports is it named in the list of things that need to "
            "improve, and which reports never mention private fostering at all?",
            "8 of the 21 lists of points for improvement",
        ),
    ],
)
def test_the_matter_is_found_wherever_a_question_names_it(asked, lead, letter_corpus):
    """A meeting before which it is asked leaves no list out."""
    assert counted(asked, letter_corpus).draft.sentences[0].text.startswith(lead)


def test_where_no_document_is_meant_nothing_is_said_of_them(seed_corpus):
    query = understand("How many letters mention scooters?", seed_corpus.identities)
    assert in_none("scooters", (), query, seed_corpus) is None


def test_a_word_in_quotation_marks_is_counted_as_that_word(letter_corpus):
    asked = "How many of the documents use the word 'unregistered'?"
    answer = counted(asked, letter_corpus)
    assert all("unregistered" in one.quote.casefold() for one in answer.draft.citations)
    assert answer.draft.sentences[0].text.startswith("10 of the 21 documents held")
