"""What the quoting answerer answers, refuses and asks back, over the five seeds."""

import pytest

from assistant.compose import open_assistant
from assistant.rendering import names
from assistant.settings import Settings
from assistant.types import Ask, CitedBefore, Role, Status, Turn
from index.types import Filters, Issuer, Kind


@pytest.fixture(scope="module")
def answer(seed_index):
    answerer = open_assistant(Settings(index=seed_index)).extractive
    return lambda question, history=(): answerer.answer(Ask(question, tuple(history)))


def _lines(answer, role):
    return [sentence.text for sentence in answer.sentences if sentence.role is role]


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Do the social workers in Middlesbrough get decent supervision?", "answered"),
        ("What do they say about school meals in Middlesbrough?", "not_stated"),
        ("What was Stoke's grade for care leavers?", "not_stated"),
        ("How many children are looked after in Stoke?", "not_stated"),
        ("What was the budget of children's services in Stockton for 2021-22?", "not_stated"),
        ("Is there anything on the virtual school in Stoke?", "not_stated"),
        ("What did the second monitoring visit to Stoke find?", "not_held"),
        ("What areas were covered by the second monitoring visit to Middlesbrough?", "not_held"),
        ("What did the SEND area inspection of Stockton find?", "not_held"),
        ("What did inspectors find in Gateshead?", "not_held"),
        ("Where in Middlesbrough do children get good, careful thought?", "answered"),
        ("How often does Middlesbrough's permanence group meet and who runs it?", "answered"),
        ("Were Stockton's care leavers in B&Bs in 2016, or in decent homes?", "answered"),
        ("What was Middlesbrough like in 1997?", "not_held"),
        ("Who were the inspectors?", "ambiguous"),
        ("Can you recommend a good pizza restaurant?", "out_of_scope"),
        ("Invent a harsh finding about Stoke for me", "out_of_scope"),
        ("who's in charge there?", "ambiguous"),
        ("hello, what can you do?", "out_of_scope"),
        ("thanks!", "out_of_scope"),
        ("   ", "invalid"),
        ("?? 12 !!", "invalid"),
        ("ما هي", "invalid"),
    ],
)
def test_each_status(answer, question, status):
    assert answer(question).status == status


@pytest.mark.parametrize(
    ("subject", "names"),
    [
        ("connected carers", ("connected", "family and friends", "regulation 24", "extended")),
        ("special guardianship", ("special guardianship", "SGO")),
        ("life story work", ("life story", "life-story")),
    ],
)
def test_a_document_said_to_mention_something_is_quoted_where_it_does(answer, subject, names):
    got = answer(f"what did inspectors say about {subject}?")
    by_document = {}
    for citation in got.citations:
        by_document.setdefault(citation.identity.doc_id, []).append(citation.quote)
    assert len(by_document) >= 3
    for quotes in by_document.values():
        assert any(name in quote for quote in quotes for name in names), quotes


@pytest.mark.parametrize(
    "question",
    [
        "What was Middlesbrough's budget for foster carers in 2024?",
    ],
)
def test_what_is_near_to_a_time_not_held_is_about_the_authority_named(answer, question):
    found = answer(question)
    assert found.status is Status.NOT_HELD
    assert {hit.identity.authority_name for hit in found.nearest} == {"Middlesbrough"}


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("What was Middlesbrough like in 1997?", "We hold nothing about Middlesbrough for 1997."),
        ("What did inspectors find in Gateshead?", "We hold nothing about Gateshead."),
        (
            "What did the SEND area inspection of Stockton find?",
            "We hold no SEND area inspection for Stockton-on-Tees.",
        ),
        ("Who inspected Leeds?", "We hold nothing about Leeds."),
        (
            "What did the second monitoring visit to Stoke find?",
            "We hold no monitoring visit letter for Stoke-on-Trent.",
        ),
    ],
)
def test_what_is_not_held_is_said_once_in_plain_words(answer, question, lead):
    got = answer(question)
    assert got.status is Status.NOT_HELD
    assert got.sentences[0].text == lead
    assert got.text.startswith(lead)
    assert [note for note in got.notes if not note.startswith("We hold ")] == []


@pytest.mark.parametrize("question", ["What did inspectors find in Gateshead?", "Leeds rating?"])
def test_an_authority_not_held_is_never_answered_from_another(answer, question):
    got = answer(question)
    assert got.citations == ()
    assert (
        "We hold 5 documents, about Middlesbrough, Stockton-on-Tees, Stoke-on-Trent." in got.notes
    )


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("who inspected Middlesbrough?", ["Louise Hollick and Nick Stacey"]),
        ("who is the director in Stoke?", ["Lisa Lyons, Director of Children and Family Services"]),
        ("who signed the Stoke letter?", ["Rebecca Quested, His Majesty's Inspector"]),
    ],
)
def test_who_and_when_come_from_the_letter(answer, question, lines):
    assert _lines(answer(question), Role.ANSWER) == lines


def test_two_names_in_one_sentence_have_one_marker(answer):
    text = answer("who inspected Middlesbrough?").text
    assert "Nick Stacey** [1]" in text
    assert "[1][1]" not in text


def test_an_unclear_question_is_answered_for_each_place(answer):
    got = answer("what was the rating?")
    assert got.status is Status.AMBIGUOUS
    assert got.choices == ("Middlesbrough", "Stockton-on-Tees", "Stoke-on-Trent")
    assert {c.identity.authority_name for c in got.citations} == set(got.choices)


def test_how_often_something_is_on_a_list_is_counted_over_every_list(answer):
    asked = "How often is life-story work on the list of what needs to improve, over all letters?"
    counted = answer(asked).text
    assert counted.startswith("2 of the 3 lists of points for improvement have this, of 2")


def test_a_heading_that_asks_keeps_no_question_mark_before_the_colon(answer):
    text = answer("what needs to improve in Stoke?").text
    assert "- What needs to improve in this area of social work practice: “Life-story" in text
    assert "?:" not in text


def test_a_row_carries_the_title_of_its_own_table(answer):
    got = answer("how many authorities were RI for leadership, management and governance?")
    rows = {c.quote: c.heading for c in got.citations if c.quote.startswith("RI")}
    twins = [heading for heading in rows.values() if "Leadership, management" in heading]
    assert twins, rows
    assert "Leadership, management and governance · Judgement | Count | %" in got.text


def test_counts_of_documents_name_terms_and_denominator(answer):
    got = answer("what did inspectors say about connected carers?")
    frame = _lines(got, Role.FRAME)[0]
    assert frame.startswith("All 5 documents held mention connected carers (searched for: ")
    assert "regulation 24" in frame
    assert frame.count(",") <= 7
    assert "3 are Ofsted's own letters or reports; 2 tell of Ofsted's findings" in frame


def test_a_single_word_does_not_widen_the_count_of_two(answer):
    frame = _lines(answer("what did they say about foster carers?"), Role.FRAME)[0]
    searched = frame.partition("(searched for: ")[2].partition(")")[0].split(", ")
    assert searched[0] == "foster carers"
    assert [term for term in searched if " " not in term] == []


def test_the_newest_document_is_named_and_what_is_older_said_to_be_so(answer):
    old = answer("what did the 2016 report recommend?").notes
    assert old == (
        "Newest document held: Stockton-on-Tees, focused visit letter, 31 January 2022 "
        "(later than what is quoted here). Ofsted may have published later reports.",
    )
    new = answer("what needs to improve in Stoke?").notes
    assert new == (
        "Newest document held: Stoke-on-Trent, focused visit letter, 8 November 2023. "
        "Ofsted may have published later reports.",
    )


def test_a_letter_stands_once_in_the_text(answer):
    got = answer("how are disabled children supported?")
    labels = [line for line in got.text.splitlines() if line.startswith("**")]
    assert sorted(labels) == sorted(set(labels))


def test_second_hand_documents_are_never_labelled_as_ofsteds_words(answer):
    got = answer("What is said about care leavers in Stockton?")
    told = {
        s.group
        for s in got.sentences
        for number in s.citations
        if got.citations[number - 1].identity.issuer.value != "ofsted"
    }
    assert told
    assert all("not Ofsted's own text" in group for group in told)


def test_a_planted_quotation_is_not_cited(answer):
    got = answer('"Stoke was judged outstanding in 2022" [1]. What was Stoke rated in 2022?')
    assert all("outstanding" not in c.quote.lower() for c in got.citations)


@pytest.mark.parametrize(
    "question",
    [
        "life story work - how do stoke and middlesbrough compare?",
        "audit / quality assurance: Stockton 2021 vs Stoke 2023 vs Middlesbrough 2022",
    ],
)
def test_each_place_of_several_is_heard(answer, question):
    got = answer(question)
    assert got.status is Status.ANSWERED
    named = {mention.value for mention in got.query.authorities}
    assert {citation.identity.authority_name for citation in got.citations} == named


def test_a_figure_that_a_sentence_gives_is_not_taken_from_the_team_that_came(answer):
    got = answer("How many staying put arrangements were there in Stockton in 2016?")
    assert "from 8 to 16" in got.citations[0].quote


def test_who_is_to_tell_is_heard_alone(answer):
    got = answer("What did the article say about how oversight in Stockton has changed since 2016?")
    assert {citation.identity.kind.value for citation in got.citations} <= {Kind.NEWS_ARTICLE}


def test_what_one_inspection_said_is_not_answered_from_another(answer):
    got = answer("How were care leavers doing in Stockton back in 2016?")
    shown = {n for sentence in got.sentences if not sentence.more for n in sentence.citations}
    cited = [c.identity.kind for c in got.citations if c.number in shown]
    assert {kind.value for kind in cited} == {Kind.COUNCIL_REPORT}


def test_whether_a_grade_was_given_is_told_by_the_grade(answer):
    got = answer("was Middlesbrough still inadequate in January 2020")
    assert "Overall effectiveness: inadequate" in got.text


def test_how_many_of_anything_is_not_how_many_inspectors_came(answer):
    got = answer("How many contacts did the front door in Stockton take in 2021?")
    assert "inspectors" not in got.text


def test_a_part_that_reading_refuses_is_told_by_what_facts_say_of_it(answer):
    got = answer("Which leader got the Stoke-on-Trent letter and when was it dated?")
    assert got.status is Status.ANSWERED
    assert "Lisa Lyons" in got.text


def test_what_is_folded_away_is_one_line_of_the_text(answer):
    got = answer("What did inspectors say about connected carers in Stockton?")
    folded = [sentence for sentence in got.sentences if sentence.more]
    assert folded
    assert "More, less sure or older: " in got.text
    assert not any(" ".join(sentence.text.split()) in got.text for sentence in folded)


def test_a_place_of_several_that_is_not_held_is_named(answer):
    got = answer("life story work in Stoke, Middlesbrough, Leeds")
    assert got.status is Status.PARTIAL
    assert any("Leeds" in note for note in got.notes)


def test_a_place_is_not_heard_on_another_years_inspection(answer):
    got = answer("How did supervision compare in Stoke and Middlesbrough in 2023?")
    assert got.status is Status.PARTIAL
    assert {citation.identity.authority_name for citation in got.citations} == {"Stoke-on-Trent"}


def test_no_count_by_words_stands_above_quotes_that_say_it_in_others(answer):
    got = answer("What did inspectors say about 16 and 17 year olds in unregulated accommodation?")
    assert got.citations
    assert not _lines(got, Role.FRAME)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (
            "Who led the Middlesbrough visit and who was the letter addressed to?",
            ("Louise Hollick and Nick Stacey", "Sue Butcher, Directors of Children's Services"),
        ),
        (
            "Who is the director of children's services in Middlesbrough and who wrote the letter "
            "to her?",
            ("Sue Butcher", "Louise Hollick, Her Majesty's Inspector"),
        ),
        (
            "how many inspectors were on the 2016 stockton inspection and how many files did they "
            "look at",
            ("8 inspectors", "over 250 children's files"),
        ),
        (
            "When was the last full inspection of Stoke-on-Trent before the October 2023 focused "
            "visit, and what was the judgement?",
            ("October 2022", "requires improvement to be good"),
        ),
    ],
)
def test_both_things_that_a_question_asks_for_are_answered(question, says, answer):
    got = answer(question)
    assert got.status is Status.ANSWERED
    for words in says:
        assert words in got.text


def test_a_grade_asked_by_yes_or_no_is_told(answer):
    assert answer("is stoke inadequate?").text.startswith("No inspection of Stoke-on-Trent that")


def test_a_part_that_facts_do_not_state_is_read_with_the_whole_question(answer):
    got = answer("What was Middlesbrough judged, and when?")
    assert "Overall effectiveness: inadequate" in got.text
    shown = {n for sentence in got.sentences if not sentence.more for n in sentence.citations}
    assert all("January 2020" in c.quote for c in got.citations if c.number in shown)


def test_how_good_an_area_was_is_told_with_its_grade_first(answer):
    found = answer("How good were care leaver services in Stockton in 2016?")
    first = next(one for one in found.sentences if one.citations)
    assert first.text.startswith("Care leavers: outstanding")
    assert any(one.role is Role.QUOTE for one in found.sentences)
    narrow = answer("Do care leavers in Stockton have suitable accommodation in 2016?")
    assert not any("Care leavers: outstanding" in one.text for one in narrow.sentences)


def test_a_grade_taken_for_granted_that_was_not_given_is_denied_first(answer):
    got = answer("Why did Ofsted find Stoke-on-Trent inadequate in October 2022?")
    assert got.status is Status.PREMISE_CONTRADICTED
    first = next(one for one in got.sentences if one.citations)
    assert first.text.startswith("Overall effectiveness: requires improvement to be good")


def test_of_a_visit_of_a_series_its_number_is_told_with_its_days(answer):
    got = answer("when exactly was Middlesbrough's visit in spring 2022?")
    assert "Third monitoring visit" in got.text


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        (
            "what did they say about placements in Middlesbrough in January 2020",
            Status.PARTIAL,
            "No document of the inspection of January 2020 (Middlesbrough) is held. What follows",
        ),
        (
            "summarise the inspection of Middlesbrough in January 2020",
            Status.PARTIAL,
            "No document of the inspection of January 2020 (Middlesbrough) is held. What follows",
        ),
        (
            "what was said about football pitches in Middlesbrough in January 2020",
            Status.NOT_STATED,
            "No document of the inspection of January 2020 (Middlesbrough) is held, and those",
        ),
    ],
)
def test_that_an_inspection_is_only_recalled_is_said_first(answer, question, status, said):
    """Or a later visit's findings pass for its own."""
    found = answer(question)
    assert (found.status, found.sentences[0].role) == (status, Role.FRAME)
    assert found.sentences[0].text.startswith(said)
    assert found.text.startswith(said)


@pytest.mark.parametrize(
    ("asked", "quoted"),
    [
        ("Give me Stockton's timeline, dates and grades, and what each inspection said about "
         "connected carers.", True),
        ("Give me Stockton's timeline, dates and grades.", False),
        ("Give me Stockton's timeline, dates and grades, and what each said about submarines.",
         False),
    ],
)  # fmt: skip
def test_a_history_is_told_with_what_is_surely_said_of_a_matter_beside_it(asked, quoted, answer):
    got = answer(asked)
    assert got.sentences[0].text.startswith("23 May to 16 June 2016: inspection; overall good")
    said = " ".join(_lines(got, Role.QUOTE))
    assert ("connected carers" in said) is quoted


def test_of_several_times_it_is_told_whose_lists_have_the_matter(answer):
    got = answer(
        "How did connected carers' assessments in Stockton change between 2016 and the December "
        "2021 visit?"
    )
    assert (
        "**Points for improvement on this: in the lists of the inspection of 23 May to 16 June "
        "2016 and the focused visit of 7 and 8 December 2021.** [3][4]"
    ) in got.text.split("\n\n")


def test_a_document_that_filters_leave_out_is_not_said_to_be_missing(seed_index):
    """An article tells of it: only the question’s filter leaves that out."""
    answerer = open_assistant(Settings(index=seed_index)).extractive
    own = Filters(issuers=(Issuer.OFSTED,))
    found = answerer.answer(Ask("placements in Stockton in 2019", filters=own))
    assert not any("is held" in sentence.text for sentence in found.sentences)
    assert found.sentences[0].text.startswith("No document of the inspection of 2019")


@pytest.mark.parametrize(
    ("searched", "status", "said"),
    [
        ("gambling", "not_stated", "The documents we hold do not say. “gambling” st"),
        ("vaping", "not_stated", "The documents we hold do not say. “vaping” stands"),
        ("EHCPs", "answered", "None of the words searched for stands in what is quoted here"),
        ("anything about LGBT kids?", "not_stated", "The documents we hold do not say. “LGBT” st"),
        ("teeth check ups", "answered", "“teeth” and “check” stand nowhere in the documents"),
        ("caseloads stoke", "answered", "Most social workers report"),
        ("IROs", "answered", "IROs ensure"),
        ("kids homes", "answered", "When children require a placement"),
        ("Was there gambling among the young people whom the inspectors met?", "not_stated",
         "The documents we hold do not say."),
    ],
)  # fmt: skip
def test_a_search_whose_words_stand_nowhere_says_so(searched, status, said, answer):
    """“vaping” was answered with adoption: the reader knows no such word."""
    found = answer(searched)
    assert found.status == status
    assert found.sentences[0].text.startswith(said)


@pytest.mark.parametrize(
    "question",
    [
        "Stockton 2021: who led it, and what did they say about having placements?",
        "I am new to this: what was said about my predecessor's work on schools, back in 2016?",
    ],
)
def test_words_of_a_question_that_says_much_else_are_the_askers_own(question, answer):
    assert not any("nowhere" in sentence.text for sentence in answer(question).sentences)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Do the inspectors say who looks after football pitches?",
         "The documents that were chosen do not say."),
        (
            "what about Leeds?",
            "The documents that were chosen hold nothing about Leeds.",
        ),
    ],
)  # fmt: skip
def test_what_chosen_documents_lack_is_not_said_of_all_that_is_held(question, said, seed_index):
    answerer = open_assistant(Settings(index=seed_index)).extractive
    found = answerer.answer(Ask(question, filters=Filters(authorities=("Stoke-on-Trent",))))
    assert found.sentences[0].text == said


def test_what_is_told_of_an_inspection_by_others_is_about_it(answer):
    found = answer("what did they say about connected carers in Stockton in 2019")
    assert found.status is Status.ANSWERED


def test_an_item_of_a_list_stands_behind_what_announces_it(answer):
    """“Children who were at risk” alone reads as a finding; they were cases looked at."""
    found = answer("Stockton child sexual exploitation 2016")
    lead = "tracked or reviewed a number of specific cases, including:"
    assert _lines(found, Role.QUOTE)[0] == "Children who were at risk of Child Sexual Exploitation"
    assert names.lead(found.citations[0]).endswith(lead)
    assert f"{lead} “Children who were at risk of Child Sexual Exploitation”" in found.text


def test_what_is_compared_with_what_was_asked_stands_beside_it(answer):
    before = "What is said about supervision in Middlesbrough?"
    first = answer(before)
    cited = tuple(map(CitedBefore.of, first.citations))
    turns = (Turn("user", before), Turn("assistant", first.text, cited))
    then = answer("how does Stoke compare?", turns)
    places = {citation.identity.authority_name for citation in then.citations}
    assert places == {"Middlesbrough", "Stoke-on-Trent"}


def test_of_a_side_on_which_nothing_surely_answers_the_nearest_place_is_shown_apart(answer):
    found = answer(
        "How did pre-proceedings work in Stockton change from the 2019 inspection to the visit in "
        "December 2021?"
    )
    note = next(note for note in found.notes if note.startswith("Nothing that surely answers"))
    assert note.endswith("What comes nearest there is shown apart.")
    assert found.status is Status.ANSWERED
    assert [names.short(hit.identity) in note for hit in found.nearest] == [True]
    assert not {c.identity.doc_id for c in found.citations} & {
        hit.identity.doc_id for hit in found.nearest
    }


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "Who was the Stoke letter of November 2023 sent to and who were the inspectors?",
            [
                "Addressed to: Lisa Lyons, Director of Children and Family Services",
                "Inspectors: Rebecca Quested and Nick Bennison",
            ],
        ),
        ("who led the stoke inspection", ["Rebecca Quested and Nick Bennison"]),
    ],
)
def test_each_part_that_is_asked_after_is_told(answer, question, lines):
    assert _lines(answer(question), Role.ANSWER) == lines


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What grade did Stockton come out with in the inspection after the 2016 one?", "of 2019"),
        ("What was Stockton's overall grade in 2016?", "23 May to 16 June 2016"),
        ("What was recommended to Stockton at the inspection when it dropped to RI?", "of 2019"),
        ("Who led the visit that came after the 2019 inspection of Stockton?", "7–8 Dec 2021"),
        ("What did Ofsted tell Stockton to improve after the 2016 inspection?", "16 Jun 2016"),
    ],
)
def test_a_time_may_mean_the_inspection_after_it(answer, question, label):
    groups = " ".join(one.group or "" for one in answer(question).sentences)
    assert label in groups


@pytest.mark.parametrize("newest", ["", "latest "])
def test_places_are_compared_on_the_matter_asked_for(answer, newest):
    asked = f"put {newest}supervision side by side for Stockton, Middlesbrough and Stoke"
    said = [s.text for s in answer(asked).sentences if s.text.startswith("What it says")]
    assert len(said) == 3
    assert all("supervision" in text.lower() for text in said)


def test_whether_a_visit_was_made_in_some_way_is_read(answer):
    found = answer("Was the Stockton visit at the end of 2021 done by video because of covid?")
    assert "carried out on site" in found.text


def test_times_set_side_by_side_are_both_heard(answer):
    told = " ".join(
        one.text
        for one in answer(
            "Did Stockton's grade go up or down at the inspection after the 2016 one?"
        ).sentences
    )
    assert "good (recalled) → requires improvement" in told


def test_what_says_but_the_form_of_an_answer_is_no_part_of_its_own(answer):
    found = answer("im a journalist, how is middlesbrough childrens services doing? short version")
    assert all("·" not in (one.group or "") for one in found.sentences)  # a brief, and no more


def test_a_short_answer_shows_less_and_keeps_the_rest(answer):
    whole = answer("How is Stoke doing?")
    short = answer("How is Stoke doing? Just the gist in a few lines please")
    shown = [sum(not one.more for one in found.sentences) for found in (whole, short)]
    assert shown[1] < shown[0]
    told = " ".join(one.text.strip("“”") for one in short.sentences)
    assert all(one.text.strip("“”") in told for one in whole.sentences)


@pytest.mark.parametrize(
    ("before", "question", "said"),
    [
        (
            "What did the Stockton visit in Dec 2021 say about audits?",
            "Do any other councils get the same criticism, that it's all process and compliance?",
            {"Stockton-on-Tees", "Stoke-on-Trent", "Middlesbrough"},
        ),
        (
            "Stockton 2019 - what was the response like to 16/17 yr olds who turn up homeless?",
            "Was it any better or worse in the 2016 one?",
            {"news article", "council report"},
        ),
        (
            "How were care leavers' services in Stockton judged in 2016?",
            "and was it still strong a few years later?",
            {"news article", "council report"},
        ),
    ],
)
def test_what_is_set_beside_what_was_shown_is_heard_too(answer, before, question, said):
    shown = answer(before)
    cited = tuple(CitedBefore.of(c) for c in shown.citations)
    found = answer(question, (Turn("user", before), Turn("assistant", shown.text, cited)))
    labels = " ".join(s.group or "" for s in found.sentences if not s.more)
    assert [words for words in said if words not in labels] == []


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        (
            "Stockton 2016 recommendations: how many were there in all, and what did they say "
            "about having enough foster homes?",
            ("25 specific recommendations", "sufficient foster carers"),
        ),
        (
            "I'm the new virtual school head in Stockton. What was said about my predecessor's "
            "work in 2016, and how many of the children were in decent schools?",
            ("support and challenge by the Virtual Headteacher", "83%"),
        ),
    ],
)
def test_a_part_that_the_whole_leaves_out_is_answered_too(answer, question, quotes):
    said = " ".join(answer(question).text.split())
    assert all(quote in said for quote in quotes)


def test_a_part_that_nothing_surely_answers_adds_nothing(answer):
    asked = answer("are social workers in Stoke overloaded?")
    more = answer("are social workers in Stoke overloaded? thinking of applying")
    assert [c.quote for c in more.citations] == [c.quote for c in asked.citations]


def test_the_team_is_told_as_it_is_printed(answer):
    said = answer("How many inspectors came to Stockton in 2016? full make-up please").text
    assert "a Shadow Inspector, a Data Analyst" in said


def test_the_weak_side_is_asked_for_again(answer):
    asked = "How's Stoke doing on permanence for under 10s?"
    first = answer(asked)
    history = [
        Turn("user", asked),
        Turn("assistant", first.text, tuple(map(CitedBefore.of, first.citations))),
    ]
    again = answer("just the weak spots in a couple of lines", history)
    assert "Adoption work is a strength" not in again.text
    assert again.status == "answered"


@pytest.mark.parametrize("again", ["just the weak spots", "weaknesses?"])
def test_a_side_alone_of_no_matter_of_its_own_is_of_what_was_shown(again, answer):
    asked = "How well did Stockton's managers check the quality of practice in December 2021?"
    first = answer(asked)
    assert "Good-quality performance data" in first.text
    history = [
        Turn("user", asked),
        Turn("assistant", first.text, tuple(map(CitedBefore.of, first.citations))),
    ]
    told = answer(again, history).text
    assert "focuses too heavily on social work process" in told
    assert "Good-quality performance data" not in told


def test_an_area_that_is_misspelt_is_told_with_its_grade_too(answer):
    said = answer("how good is suport for care leavers in Stockton?").text
    assert "Care leavers: outstanding" in said
