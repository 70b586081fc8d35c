"""A count as a table: each row is one that counts, and each cell leads to where it stands."""

from copy import copy

from assistant.facts import answer_from_facts
from assistant.facts.counted import GRADED, TOLD
from assistant.facts.view import NOTHING
from index.query.understand import understand
from index.types import Hit, Intent

AREA = "For an area of its own it was given to Stockton-on-Tees."


def table_of(question, corpus):
    query = understand(question, corpus.collection.identities())
    return answer_from_facts(question, query, {Intent.COUNT: 1.0}, corpus).counted()


def finding(corpus, word):
    """A corpus in which the passages with a word are found."""
    searching = copy(corpus)
    searching.find = lambda query, doc_ids: [
        Hit(passage, corpus.identity(doc_id), 0.0, 1)
        for doc_id in sorted(doc_ids)
        for passage in corpus.collection.passages_of(doc_id)
        if word in passage.text.casefold()
    ]
    return searching


def quotes(view, cell):
    cited = {one.number: one.quote for one in view.draft.citations}
    return [" ".join(cited[number].split()) for number in cell.citations]


def test_each_grade_counted_is_a_row_with_the_words_that_give_it(letter_corpus):
    view = table_of("how many councils were judged inadequate?", letter_corpus)
    assert view.title == "How many councils were judged inadequate?"
    assert view.lead == (
        "3 of the 7 authorities with a known grade for overall effectiveness were given "
        "“inadequate”, at 3 of 19 inspections. So was Northamptonshire (2019), followed by others. "
        "For an area of its own it was given to Middlesbrough, Nottingham and Stoke-on-Trent."
    )
    (table,) = view.tables
    assert table.columns == GRADED
    assert [(row[0].text, row[2].text) for row in table.rows] == [
        ("Nottingham", "11 to 22 July 2022"),
        ("Middlesbrough", "25 November to 6 December 2019"),
        ("Stoke-on-Trent", "4 to 15 February 2019"),
        ("Northamptonshire", "2019"),
    ]
    assert table.rows[3][3].text == "Overall effectiveness: inadequate (recalled)"
    for row in table.rows:
        assert all(cell.citations for cell in row)
        assert row[4].text == "; ".join(f"“{quote}”" for quote in quotes(view, row[4]))
        assert "inadequate" in row[4].text.casefold()


def test_a_table_has_what_an_answer_leaves_out(letter_corpus, monkeypatch):
    question = "Which councils have requires improvement for children in care?"
    rows = table_of(question, letter_corpus).tables[0].rows
    monkeypatch.setattr("assistant.facts.counts.MOST_LISTED", 2)
    view = table_of(question, letter_corpus)
    assert len(view.tables[0].rows) == len(rows) == 14
    assert not any("are listed" in note for note in view.notes)


def test_a_count_of_none_has_its_denominator_and_no_table(letter_corpus):
    view = table_of("How many councils were outstanding in 2019?", letter_corpus)
    assert view.lead.startswith("0 of the 5 authorities with a known grade")
    assert (view.tables, view.draft.citations) == ([], [])


def test_what_was_counted_instead_is_said(seed_corpus):
    view = table_of("Which of these councils were ever judged outstanding?", seed_corpus)
    assert view.lead.endswith(AREA)
    assert [row[3].text for row in view.tables[0].rows] == ["Care leavers: outstanding (recalled)"]


def test_counts_that_documents_print_stand_in_a_table_of_their_own(seed_corpus):
    question = "how many councils were judged inadequate?"
    view = table_of(question, finding(seed_corpus, "inadequate\t"))
    _, printed = view.tables
    assert printed.title == "The documents print such a count themselves"
    assert [row[4].text for row in printed.rows] == ["“Inadequate 25 24%”"]


def test_each_document_counted_is_a_row_that_says_how(letter_corpus):
    view = table_of("Which reports mention young carers?", finding(letter_corpus, "nowhere in it"))
    (table,) = view.tables
    assert table.columns == TOLD
    assert view.lead.startswith(f"{len(table.rows)} of the 21 documents held")
    for row in table.rows:
        assert row[3].text == "by name"
        assert "young carer" in row[4].text.casefold()
        assert all(cell.citations for cell in row if cell.text != NOTHING)


def test_points_and_what_is_criticised_in_the_text_are_told_apart(letter_corpus):
    asked = "Which councils have a problem with the quality of supervision in their latest letters?"
    view = table_of(asked, finding(letter_corpus, "supervision"))
    how = [row[3].text for row in view.tables[0].rows]
    assert how == ["point for improvement"] * 2 + ["in its text"] * (len(how) - 2)
    assert len(how) > 2


def test_a_long_question_is_a_title_of_one_line(seed_corpus):
    question = f"how many councils\nwere judged inadequate{' as far as anybody knows' * 20}?"
    view = table_of(question, seed_corpus)
    assert view.title.startswith("How many councils were judged inadequate as far")
    assert view.title.endswith(" …")
    assert len(view.title) < 170


def lines(question, intent, corpus):
    query = understand(question, corpus.collection.identities())
    draft = answer_from_facts(question, query, {intent: 1.0}, corpus).draft
    return [(one.group, one.text) for one in draft.sentences]


def test_who_is_graded_now_is_told_with_who_ever_was_and_who_is_not(letter_corpus):
    question = "How many councils were inadequate at their latest inspection, how many ever?"
    first, ever, area, given, *others = lines(question, Intent.COUNT, letter_corpus)
    assert first[1].startswith("1 of the 7 authorities")  # not the one that two others followed
    assert ever[1].startswith("At any inspection known here: 3; before their newest, Stoke")
    assert area[1] == "For an area of its own it was given to Nottingham."
    assert given[0] == "Nottingham"
    assert len([name for name, text in others if "inadequate" not in text]) == 6


def test_of_several_grades_each_is_counted_and_who_is_judged_as_one_named(letter_corpus):
    question = "who is good for care leavers at the latest inspection, who requires improvement?"
    first = lines(question, Intent.COUNT, letter_corpus)[0][1]
    assert "(good 3 and requires improvement to be good 4)" in first
    assert first.endswith("Judged as one with children in care: Nottingham.")


def test_inspections_of_a_year_were_made_in_it_and_stand_with_their_grade(letter_corpus):
    question = "How many full inspections took place in 2019, and what grade did each get?"
    first, *each = lines(question, Intent.VISITS, letter_corpus)
    assert first[1].startswith("3 inspections and visits of 3 authorities")
    assert "Besides, 1 inspection or visit of Northamptonshire" in first[1]
    assert [name for name, _ in each] == [
        "Stoke-on-Trent",
        "Stockton-on-Tees",
        "Middlesbrough",
        "Northamptonshire",
    ]  # none of Nottingham, whose report of 2018 was published then
    assert each[0][1].endswith(": inadequate overall")


def test_a_history_up_to_the_latest_is_of_all_inspections(letter_corpus):
    question = "Nottingham's Ofsted history from the earliest to the latest inspection"
    told = lines(question, Intent.TIMELINE, letter_corpus)
    assert len(told) == 6  # five inspections and visits, and what is said of the visit
    assert "Help and protection: inadequate" in told[-1][1]


def test_a_history_begins_with_whom_a_council_followed(letter_corpus):
    told = lines("Timeline for North Northamptonshire", Intent.TIMELINE, letter_corpus)
    assert len(told) == 3
    assert told[0] == ("Northamptonshire", "Inspection, 2019: inadequate overall; only recalled")


def test_a_time_that_a_later_part_names_is_not_that_of_the_first(letter_corpus):
    asked = "How has Stockton's overall grade moved over the years, and any visits since 2019?"
    assert len(lines(asked, Intent.TIMELINE, letter_corpus)) >= 6
    since = lines(
        "How has Stockton's overall grade moved since 2019?", Intent.TIMELINE, letter_corpus
    )
    assert not any("2016" in text for _, text in since)
