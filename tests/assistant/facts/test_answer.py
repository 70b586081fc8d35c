"""Sixty questions on who, when, which grade and how many, with the event that each means.

Written from the documents alone, before any answer was looked at: half about inspections whose
documents are held, a third about inspections that are only recalled, a sixth about neither. The
last eight are on what a letter's head and foot say; they were written after seeing answers.
"""

import json
from copy import copy
from datetime import date
from pathlib import Path

import pytest

from assistant.facts import answer_from_facts, brief, facts_wanted, premise, refusals, tables
from assistant.facts.brief import in_few_lines, one_side
from assistant.rendering.draft import Draft
from assistant.types import AnswerSentence, Role, Status
from index.query.understand import understand
from index.types import Hit, Intent, Slant

QUESTIONS = [
    json.loads(line)
    for line in Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
]
TODAY = date(2026, 11, 25)


def ask(question, intent, corpus):
    query = understand(question, corpus.collection.identities(), today=TODAY)
    return answer_from_facts(question, query, {Intent(intent): 1.0}, corpus)


def denied(question, corpus):
    query = understand(question, corpus.collection.identities(), today=TODAY)
    return premise.denied(query, corpus)


def said(answer):
    """Everything that an answer says: its sentences, and then its notes."""
    return " ".join([*(s.text for s in answer.draft.sentences), *answer.notes])


def cited(answer):
    """The sources that the answer's sentences rest on."""
    return {citation.identity.source for citation in answer.draft.citations}


def faults(row, answer):
    """What is wrong with an answer, in words; empty where nothing is."""
    status = answer.status.value if answer else "none"
    out = [] if status in row["status"] else [f"status {status}"]
    if answer is None:
        return out
    words = " ".join(said(answer).split()).casefold()
    out += [f"lacks {text!r}" for text in row["says"] if text.casefold() not in words]
    answering = [s for s in answer.draft.sentences if s.role is not Role.FRAME]
    told = " ".join(s.text for s in answering).casefold()
    out += [f"WRONG {text!r}" for text in row["never"] if text.casefold() in told]
    others = cited(answer) - set(row["cites"])
    out += [f"WRONG source {other}" for other in sorted(others) if row["cites"]]
    return out


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: f"{row['id']} {row['question']}")
def test_question_is_answered_from_the_event_it_means(row, request):
    name = {"seeds": "seed_corpus", "all": "whole_corpus"}[row["corpus"]]
    corpus = request.getfixturevalue(name)
    assert not faults(row, ask(row["question"], row["intent"], corpus))


def test_every_citation_is_verbatim(seed_corpus):
    for row in QUESTIONS:
        answer = ask(row["question"], row["intent"], seed_corpus)
        for citation in answer.draft.citations if answer else ():
            text = seed_corpus.collection.document(citation.identity.doc_id).text
            assert citation.quote == text[citation.start : citation.end]


def test_no_overall_grade_was_given_where_none_is_given_any_more(letter_corpus):
    question = (
        "Since Middlesbrough's overall effectiveness was marked inadequate in June 2026, why?"
    )
    answer = denied(question, letter_corpus)
    assert answer.status is Status.PREMISE_CONTRADICTED
    assert "Children in care: requires improvement to be good" in said(answer)


def test_a_grade_taken_for_granted_that_was_not_given_is_denied_with_the_one_that_was(seed_corpus):
    answer = denied("Why was Middlesbrough judged good in January 2020?", seed_corpus)
    assert answer.status is Status.PREMISE_CONTRADICTED
    assert "inadequate" in said(answer)
    since = denied("Since Stockton was judged inadequate in 2019, has it improved?", seed_corpus)
    assert "requires improvement to be good" in said(since)


@pytest.mark.parametrize(
    "question",
    [
        "Why was Middlesbrough judged inadequate in January 2020?",
        "Why was Stockton judged outstanding in 2016?",  # its care leavers were
        "Given that Stockton was rated good in 2016, what did they do about care leavers?",
        "given stockton was rated good in 2016 what did they do about care leavers",
        "Why was Stockton judged good in 2011?",  # nothing is known of it
        "Why do social workers leave Middlesbrough?",
        "Why is good supervision rare in Middlesbrough?",  # no grade of an inspection
        "Why is outstanding work by Middlesbrough's foster carers praised?",
    ],
)
def test_a_grade_that_was_given_or_is_not_known_is_not_denied(question, seed_corpus):
    assert denied(question, seed_corpus) is None


def test_why_a_grade_was_given_is_told_by_the_head_of_its_report(letter_corpus):
    answer = ask("why was Nottingham inadequate in 2022", "why", letter_corpus)
    assert "Overall effectiveness: inadequate" in said(answer)
    assert "because there are serious failures" in said(answer)
    assert {c.identity.dated.year for c in answer.draft.citations} == {2022}


def test_why_is_told_by_the_document_about_it_and_nothing_twice(seed_corpus):
    answer = ask("why did Stockton drop to RI", "why", seed_corpus)
    quotes = [s.text for s in answer.draft.sentences if s.role is Role.QUOTE]
    assert "There has been a decline" in quotes[0]
    assert "insufficient management oversight and grip" in quotes[1]
    assert len(quotes) == len(set(quotes))


@pytest.mark.parametrize(
    "question",
    [
        "why did Stockton drop from good",
        "why was Stockton downgraded from good in 2019?",
        "Why did Stockton slip from good in 2016 to RI at the next inspection?",
        "What happened to Stockton's overall grade from 2016 to 2019 and why?",
    ],
)
def test_why_a_grade_was_lost_is_told_of_the_inspection_that_took_it(question, letter_corpus):
    answer = ask(question, "why", letter_corpus)
    assert "insufficient management oversight and grip" in said(answer)
    assert "Overall effectiveness: good" in said(answer)  # what it was before
    assert {c.identity.dated.year for c in answer.draft.citations} == {2019, 2016}


def test_a_grade_then_and_now_is_told_of_both(letter_corpus):
    question = "How did inspectors rate Stockton care leavers in 2016 and what are they now?"
    answer = ask(question, "grade", letter_corpus)
    assert [c.identity.dated.year for c in answer.draft.citations] == [2023, 2016]
    latest = ask(
        "What grade did the latest inspection of 2016 give Stockton?", "grade", letter_corpus
    )
    assert {c.identity.dated.year for c in latest.draft.citations} == {2016}


def test_grades_over_time_are_those_of_the_times_and_judgements_named(letter_corpus):
    answer = ask("How have Stockton's grades changed from 2016 to 2019?", "timeline", letter_corpus)
    assert "overall good" in said(answer)
    assert "requires improvement" in said(answer)
    assert "2023" not in said(answer)
    area = ask("How has Stockton's grade for care leavers moved?", "timeline", letter_corpus)
    assert "Care leavers: outstanding" in said(area)
    assert "points for improvement" not in said(area)


def test_what_changed_since_the_newest_inspection_named_is_told_from_the_one_before(letter_corpus):
    question = "Since Nottingham's overall grade went up in 2022, what got better?"
    answer = ask(question, "changes", letter_corpus)
    assert "requires improvement to be good → inadequate (down)" in said(answer)


def test_a_grade_taken_for_granted_of_a_visit_is_denied_with_the_last_one_before(seed_corpus):
    question = "Why did Ofsted rate Middlesbrough good in 2022?"
    answer = denied(question, seed_corpus)
    assert answer.status is Status.PREMISE_CONTRADICTED
    assert "A monitoring visit gives no grade of its own." in said(answer)
    assert "inadequate" in said(answer)
    assert denied("Why did Ofsted rate Middlesbrough inadequate in 2022?", seed_corpus) is None


@pytest.mark.parametrize(
    "question",
    [
        "Why was Middlesbrough judged inadequate?",  # what recalls it is about another visit
        "Why was Stockton judged outstanding in 2016?",
        "Why is supervision not good in Stoke?",
        "Why do social workers leave Middlesbrough?",
        "Why were repeat plans going up in Stockton around 2019?",
    ],
)
def test_why_is_read_where_no_document_is_about_the_grade(question, seed_corpus):
    assert ask(question, "why", seed_corpus) is None


def test_an_area_is_named_where_nobody_was_given_the_grade_overall(seed_corpus):
    answer = ask("Which of these councils were ever judged outstanding?", "count", seed_corpus)
    assert "For an area of its own it was given to Stockton-on-Tees." in said(answer)
    assert "Care leavers: outstanding" in said(answer)


def test_the_director_is_whom_ofsted_writes_to_or_who_answers_for_a_councils_report(seed_corpus):
    answer = ask("Who was Stockton's director of children's services in 2016?", "who", seed_corpus)
    assert "Jane Humphreys, Director of Children's Services" in said(answer)
    assert "HEALTH AND WELLBEING BOARD" not in said(answer)


def test_a_second_fact_is_wanted_where_both_are_of_one_inspection_and_likely():
    intents = dict.fromkeys(Intent, 0.0) | {Intent.WHEN: 0.5, Intent.GRADE: 0.4}
    assert facts_wanted(intents) == {Intent.WHEN: 0.5, Intent.GRADE: 0.4}
    assert facts_wanted(intents | {Intent.GRADE: 0.1}) == {Intent.WHEN: 0.5}
    assert facts_wanted(intents | {Intent.GRADE: 0.1, Intent.COUNT: 0.4}) == {Intent.WHEN: 0.5}


def test_an_intent_whose_answer_tells_what_another_wants_is_as_likely_as_both():
    intents = dict.fromkeys(Intent, 0.0) | {Intent.BRIEF: 0.75, Intent.GRADE: 0.25}
    assert facts_wanted(intents) == {Intent.BRIEF: 1.0}


def test_two_facts_are_told_with_their_places_and_only_what_is_told_counts(seed_corpus):
    question = "When did inspectors visit Stockton in December 2021, and who were they?"
    query = understand(question, seed_corpus.collection.identities(), today=TODAY)
    wanted = {Intent.WHEN: 0.5, Intent.WHO: 0.4}
    answer = answer_from_facts(question, query, wanted, seed_corpus)
    assert answer.chance == pytest.approx(0.9)
    assert "7 and 8 December 2021" in said(answer)
    assert "Vicky Metheringham" in said(answer)
    numbers = {c.number: c for c in answer.draft.citations}
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    for sentence in answer.draft.sentences:
        words = " ".join(numbers[n].quote for n in sentence.citations)
        if "Metheringham" in sentence.text:
            assert "Metheringham" in words
        if "7 and 8 December" in sentence.text:
            assert "7 and 8 December" in words


def test_a_second_fact_that_is_not_known_adds_nothing(seed_corpus):
    question = "When did inspectors visit Stockton in December 2021, and what grade did they give?"
    query = understand(question, seed_corpus.collection.identities(), today=TODAY)
    alone = answer_from_facts(question, query, {Intent.WHEN: 0.5}, seed_corpus)
    both = answer_from_facts(question, query, {Intent.WHEN: 0.5, Intent.GRADE: 0.4}, seed_corpus)
    assert both == alone


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("How many authorities were inadequate overall, nationally?", "Inadequate\t25\t24%"),
        ("how many were RI for leadership, management and governance", "RI\t50\t48%"),
    ],
)
def test_how_many_were_given_a_grade_is_told_by_the_table_of_that_judgement(
    question, row, seed_corpus
):
    searching = copy(seed_corpus)
    searching.find = lambda query, ids: [
        Hit(passage, seed_corpus.identity(doc_id), 0.0, 1)
        for doc_id in sorted(ids)
        for passage in seed_corpus.collection.passages_of(doc_id)
    ]
    answer = ask(question, "figure", searching)
    assert [c.quote for c in answer.draft.citations] == [row]
    for elsewhere in ("in Stockton", "in 1999", "in 2019"):
        asked = f"{question} {elsewhere}"
        query = understand(asked, searching.collection.identities(), today=TODAY)
        assert tables.rows_of(query, searching) == []


def test_a_numbered_visit_tells_how_many_there_were_at_least(seed_corpus):
    answer = ask("How many monitoring visits has Middlesbrough had?", "visits", seed_corpus)
    assert said(answer).startswith("There were at least 3 monitoring visits: the letter on the ")


def test_a_brief_of_a_time_of_which_nothing_is_held_says_so(letter_corpus):
    answer = ask("Main findings of Nottingham's 2025 inspection", "brief", letter_corpus)
    assert answer.status is Status.NOT_HELD


def test_why_an_area_was_given_its_grade_is_what_its_section_says_first(letter_corpus):
    question = "Why did Nottingham get the bottom grade for help and protection in 2022?"
    answer = ask(question, "why", letter_corpus)
    grade, first, *_ = (sentence.text for sentence in answer.draft.sentences)
    assert grade == "Help and protection: inadequate"
    assert first.startswith("Weaknesses in the MASH are significant, widespread and systemic.")
    assert ask("Why do Nottingham's care leavers move so often?", "why", letter_corpus) is None


def test_why_a_grade_was_not_given_is_why_another_was(letter_corpus):
    question = "Why did Nottingham not get good for help and protection in 2022?"
    answer = ask(question, "why", letter_corpus)
    assert answer.draft.sentences[0].text == "Help and protection: inadequate"
    assert len(answer.draft.sentences) > 1
    assert premise.denied(understand(question, letter_corpus.identities), letter_corpus) is None


def test_an_area_named_beside_what_asks_for_a_brief_does_not_narrow_it(letter_corpus):
    told = ask(
        "I'm meeting Stockton's leadership on Monday. Give me a rundown of their last inspection.",
        "brief",
        letter_corpus,
    )
    assert {"Strengths", "Concerns"} <= {one.group for one in told.draft.sentences}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did the 2024 inspection of redcar n cleveland say?", 1),
        ("What did the 2022 inspection of Redcar say?", 0),
        ("What has changed in Redcar since 2023?", 0),
        ("What is said of Redcar?", 0),
    ],
)
def test_a_year_in_which_no_inspection_is_known_is_told(question, names, letter_corpus):
    query = understand(question, letter_corpus.identities)
    assert len(refusals.unknown_then(query, letter_corpus)) == names


def test_a_short_brief_shows_a_line_of_each_and_says_how_many_points_it_shows(letter_corpus):
    whole = ask("How is Nottingham doing?", "brief", letter_corpus).draft
    few = in_few_lines(whole)
    shown = [one.group for one in few.sentences if not one.more]
    points = sum(one.group == brief.POINTS for one in whole.sentences)
    improve = f"What needs to improve (2 of {points})"
    headline = [brief.HEADLINE] * min(2, sum(o.group == brief.HEADLINE for o in whole.sentences))
    assert shown == [None, None, *headline, "Strengths", "Concerns", improve, improve]
    dated = ask("When was Nottingham inspected?", "when", letter_corpus).draft
    assert in_few_lines(dated).sentences == dated.sentences


def test_a_short_brief_shows_how_each_paragraph_of_the_headline_begins(seed_corpus):
    whole = ask("How is Middlesbrough doing?", "brief", seed_corpus).draft
    few = in_few_lines(whole)
    (said,) = [one.text for one in whole.sentences if one.group == brief.HEADLINE]
    shown, folded = [one for one in few.sentences if one.group == brief.HEADLINE]
    assert (shown.more, folded.more) == (False, True)
    assert shown.text.startswith("“Under the banner of")
    assert f"{shown.text[:-1]} {folded.text[1:]}" == said
    assert shown.citations == folded.citations


def test_a_paragraph_that_ends_in_a_quotation_keeps_its_marks():
    said = "“They say: “One.” Two. Three. Four. Leaders call it “ambitious””"
    few = in_few_lines(Draft([AnswerSentence(said, Role.ANSWER, (1,), group=brief.HEADLINE)]))
    assert few.sentences[-1].text.endswith("“ambitious””")


def test_one_side_of_a_brief_keeps_what_it_is_about(letter_corpus):
    whole = ask("How is Nottingham doing?", "brief", letter_corpus).draft
    weak, strong = (one_side(whole, slant) for slant in (Slant.WEAK, Slant.STRONG))
    assert {one.group for one in weak.sentences} == {None, "Concerns", brief.POINTS}
    assert {one.group for one in strong.sentences} == {None, "Strengths"}
    assert [one.number for one in weak.citations] == [*range(1, len(weak.citations) + 1)]
    assert one_side(whole, Slant.ANY) is whole
    assert "Help and protection: inadequate" in weak.sentences[1].text


def test_grades_over_time_are_all_where_one_inspection_is_of_the_time_named(letter_corpus):
    answer = ask(
        "Nottingham's overall grade over the years, up to and including 2022",
        "timeline",
        letter_corpus,
    )
    assert len(answer.draft.sentences) > 2


def test_a_brief_is_not_asked_of_one_area_that_was_judged(letter_corpus):
    assert ask("Overview of children in care in Nottingham in 2022", "brief", letter_corpus) is None
    assert ask("Overview of Nottingham in 2022", "brief", letter_corpus)


@pytest.mark.parametrize(
    ("question", "borne_out"),
    [
        ("Why were care leavers' services in Stockton judged outstanding in 2016?", True),
        ("Why was Stockton good in 2016?", True),
        ("Why was Stockton inadequate in 2019?", False),
        ("Why is supervision weak in Stockton?", False),
    ],
)
def test_a_grade_that_was_given_is_borne_out(question, borne_out, seed_corpus):
    query = understand(question, seed_corpus.collection.identities(), today=TODAY)
    assert premise.borne_out(query, seed_corpus) is borne_out


def test_of_a_time_at_which_no_grade_is_known_nothing_is_counted(seed_corpus):
    assert ask("How many authorities were inadequate in 1999?", "count", seed_corpus) is None


def test_of_two_people_the_one_who_is_not_named_is_said_not_to_be(letter_corpus):
    asked = "Who led the December 2025 inspection in Redcar, and who is the report addressed to?"
    answer = ask(asked, "who", letter_corpus)
    assert answer.status is Status.PARTIAL
    assert "Rachel Fairhurst" in said(answer)
    assert any("name no addressee" in note for note in answer.notes)


def test_what_changed_says_between_which_inspections_and_which_is_not_held(letter_corpus):
    asked = (
        "Compare Nottingham's 2022 inspection with its 2025 inspection: how have grades changed?"
    )
    answer = ask(asked, "changes", letter_corpus)
    assert answer.status is Status.PARTIAL
    assert answer.lead == "We hold nothing about Nottingham for 2025."
    assert "from the inspection of 5 to 16 November 2018" in answer.draft.sentences[0].text


def test_a_grade_for_anything_is_counted_of_the_areas_too(letter_corpus):
    asked = "Which reports give an outstanding judgement for anything, and where?"
    told = said(ask(asked, "count", letter_corpus))
    assert "For an area of its own it was given to North Northamptonshire" in told
    assert "Care leavers: outstanding" in told


def test_what_is_said_beside_a_comparison_of_grades_is_not_compared(letter_corpus):
    beside = "They run a children's hub together."
    asked = f"Can you compare Nottingham with Stockton on the newest grades? {beside}"
    told = said(ask(asked, "compare", letter_corpus))
    assert "Last overall grade: inadequate" in told
    assert "What it says" not in told


def test_a_first_inspection_that_bounds_a_history_is_not_all_that_is_asked_after(letter_corpus):
    for asked, count in (
        ("How was private fostering in Stoke judged, from the first inspection to the last?", 0),
        ("What did the first inspection of Stoke find about private fostering?", 1),
    ):
        query = understand(asked, letter_corpus.identities, today=TODAY)
        assert len(refusals.only_recalled(query, letter_corpus)) == count


def test_a_matter_named_before_what_compares_is_compared(letter_corpus):
    places = "Middlesbrough, Redcar and Cleveland, West Northants and Nottingham"
    for asked in (
        "As a leaving care manager I want to see how four councils do on support after 21: "
        f"{places}, in the newest letter of each. Who comes out strongest, who weakest?",
        f"Support for care leavers past 21 - who does it well? Newest letters for {places}, and "
        "flag where it is on the to-improve list.",
    ):
        assert "step back" in said(ask(asked, "compare", letter_corpus))


def test_points_are_folded_where_grades_alone_are_compared(letter_corpus):
    places = "Middlesbrough, Redcar and Cleveland, Stockton"
    for asked, folded in (
        (f"{places}: who is best and who is worst on the latest grades? Area by area.", True),
        (f"{places}: latest grades and areas for improvement side by side.", False),
    ):
        draft = ask(asked, "compare", letter_corpus).draft
        points = [one for one in draft.sentences if one.text.startswith("To improve: “")]
        assert [one.more for one in points] == [folded] * len(points) != []
        assert "highest: Redcar and Cleveland" in draft.sentences[0].text


def test_of_one_area_compared_its_grades_alone_are_told_and_ranked(letter_corpus):
    asked = (
        "Care leaver grades only: line up the newest inspections of Stockton-on-Tees, "
        "Stoke-on-Trent and Redcar and Cleveland for me."
    )
    answer = ask(asked, "compare", letter_corpus)
    lead, *rest = [one.text for one in answer.draft.sentences if not one.more]
    assert "highest: Redcar and Cleveland; lowest: Stockton-on-Tees and Stoke-on-Trent." in lead
    assert [one for one in rest if "grades" in one] == [
        "Last grades: Care leavers: requires improvement to be good (6 to 17 March 2023)",
        "Last grades: Care leavers: requires improvement to be good (12 to 23 May 2025)",
        "Last grades: Care leavers: good (1 to 12 December 2025)",
    ]


def test_of_the_overall_grade_compared_the_last_one_known_is_told(letter_corpus):
    asked = "Who has the better overall grade at present, Middlesbrough or Stockton?"
    told = said(ask(asked, "compare", letter_corpus))
    assert "requires improvement to be good (13 to 24 March 2023)" in told
    assert "none known" not in told


def test_an_area_named_beside_a_history_of_everything_is_not_all_of_it(letter_corpus):
    asked = (
        "Give me Stockton-on-Tees's inspection history: every inspection and every grade you have. "
        "I'd especially like to follow care leavers."
    )
    assert "Help and protection: adequate (recalled)" in said(ask(asked, "timeline", letter_corpus))


def test_of_several_grades_each_is_told_of_the_areas_by_itself(letter_corpus):
    asked = "How many inspections ended with inadequate, and how many with outstanding, in an area?"
    told = said(ask(asked, "count", letter_corpus))
    assert "given “inadequate” or “outstanding”" in told
    area = "For an area of its own “{}” was given to {}, at 3 inspections."
    places = "North Northamptonshire, Stockton-on-Tees and West Northamptonshire"
    assert area.format("outstanding", places) in told
    assert area.format("inadequate", "Middlesbrough, Nottingham and Stoke-on-Trent") in told


def test_a_grade_asked_for_that_nobody_was_given_for_an_area_is_said_so(seed_corpus):
    asked = "How many councils were outstanding, and how many inadequate, for an area?"
    told = said(ask(asked, "count", seed_corpus))
    assert "“outstanding” was given to Stockton-on-Tees, at 1 inspection." in told
    assert "“inadequate” was given to nobody." in told


def test_areas_are_told_of_where_nobody_was_given_the_grade_overall_that_is_asked_for(seed_corpus):
    told = said(ask("How many councils were outstanding overall?", "count", seed_corpus))
    assert "For an area of its own it was given to Stockton-on-Tees." in told
