import re
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from assistant.types import Answer, AnswerSentence, Ask, Citation, Role, Status
from assistant.web.answer_view import exchange_html, sources_html
from assistant.web.plain_text import answer_as_text
from assistant.web.session import Exchange
from index.types import Mention, Query
from tests.web_fakes import FakeAnswerer, identity, seed_store

QUESTION = "what did inspectors say about connected carers?"
HOSTILE = "<script>owned=1</script><img src=x onerror='owned=1'>\"'&{{7*7}}${7*7}</template>"


@pytest.fixture(scope="module")
def answer():
    store = seed_store()
    return FakeAnswerer(store).answer(Ask(QUESTION))


def soup(exchange):
    return BeautifulSoup(exchange_html(exchange), "lxml")


def test_quotes_stand_under_their_letter_each_with_its_named_source(answer):
    page = soup(Exchange(1, answer.question, answer, done=True))
    labels = [h.get_text() for h in page.select(".letter-group h3")]
    assert labels == [
        "Stoke-on-Trent · Ofsted focused visit letter, 8 Nov 2023",
        "Middlesbrough · Ofsted monitoring visit letter, 6 May 2022",
        "Stockton-on-Tees · Ofsted focused visit letter, 31 Jan 2022",
        "Stockton-on-Tees · council report, 28 Sep 2016",
        "Stockton-on-Tees · news article telling of an Ofsted inspection, undated",
    ]
    links = page.select("a.cite")
    assert [link["data-number"] for link in links] == [str(c.number) for c in answer.citations]
    first, cited = links[0], answer.citations[0]
    assert first["aria-label"] == "Source 1: Stoke-on-Trent focused visit, 8 November 2023"
    assert first["href"] == (
        f"/letter/{cited.identity.doc_id}?start={cited.start}&end={cited.end}#quote"
    )


def test_the_list_of_sources_names_each_letter_once(answer):
    page = BeautifulSoup(sources_html((Exchange(1, "q", answer, done=True),)), "lxml")
    titles = [p.get_text() for p in page.select(".source-title")]
    assert titles == [
        "Stoke-on-Trent focused visit, 8 November 2023",
        "Middlesbrough monitoring visit, 6 May 2022",
        "Stockton-on-Tees focused visit, 31 January 2022",
        "Stockton-on-Tees council report, 28 September 2016",
        "Stockton-on-Tees news article, undated",
    ]


def test_hostile_text_is_only_ever_text():
    who = identity(source=HOSTILE, title=HOSTILE, authority=HOSTILE)
    citation = Citation(1, who, None, None, HOSTILE, 0, 9, HOSTILE)
    sentences = (
        AnswerSentence(HOSTILE, Role.QUOTE, (1,), group=HOSTILE),
        AnswerSentence(HOSTILE, Role.ANSWER, (1,), supported=False),
    )
    answer = Answer(
        HOSTILE,
        Status.PARTIAL,
        HOSTILE,
        sentences,
        (citation,),
        choices=(HOSTILE,),
        notes=(HOSTILE,),
        model=HOSTILE,
        query=Query(HOSTILE, HOSTILE, HOSTILE, authorities=(Mention(HOSTILE, HOSTILE),)),
    )
    exchange = Exchange(1, HOSTILE, answer, problem=HOSTILE, done=True)
    page = BeautifulSoup(exchange_html(exchange) + sources_html((exchange,)), "html.parser")
    assert page.select("script, img") == []
    assert [t for t in page.find_all(True) if any(a.startswith("on") for a in t.attrs)] == []
    assert HOSTILE in page.select_one("blockquote").get_text()


def test_what_is_missing_is_said_before_the_part_that_is_not():
    where = Citation(1, identity(published=date(2022, 1, 31)), None, None, "", 0, 5, "Words")
    answer = Answer(
        "q",
        Status.PARTIAL,
        "",
        (AnswerSentence("Words", Role.QUOTE, (1,)),),
        (where,),
        notes=("Part of this is not in the documents: Leeds.", "Newest document held: one."),
    )
    box = soup(Exchange(1, "q", answer, done=True)).select_one(".outcome")
    assert box.select_one(".outcome-label").get_text() == (
        "Part of this is not in the documents: Leeds."
    )
    assert [p.get_text() for p in box.select(".notes p")] == ["Newest document held: one."]
    assert box.select("blockquote") == []
    assert box.find_next("blockquote").q.get_text() == "Words"


def test_an_unsupported_sentence_is_marked_in_words():
    sentences = (AnswerSentence("All is well.", Role.ANSWER, (), supported=False),)
    answer = Answer("q", Status.ANSWERED, "", sentences, model="some/model")
    page = soup(Exchange(1, "q", answer, done=True))
    assert page.select_one("p.unsupported .doubt").get_text() == "not found in the letters"
    assert "some/model" in page.select_one(".written").get_text()


def test_folded_quotes_wait_in_details():
    sentences = (
        AnswerSentence("Shown.", Role.QUOTE, (), group="L"),
        AnswerSentence("Folded.", Role.QUOTE, (), group="L", more=True),
    )
    page = soup(Exchange(1, "q", Answer("q", Status.ANSWERED, "", sentences), done=True))
    assert page.select_one("details summary").get_text() == "1 more quote"
    assert "Folded." in page.select_one("details blockquote").get_text()


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ANSWERED])
def test_every_other_outcome_is_a_box_with_a_label(status):
    box = soup(Exchange(1, "q", Answer("q", status, ""), done=True)).select_one(".outcome")
    assert box["class"] == ["outcome", f"outcome-{status}"]
    assert box.select_one(".outcome-label").get_text()


def test_an_answer_has_no_outcome_box(answer):
    assert soup(Exchange(1, "q", answer, done=True)).select(".outcome") == []


def test_nearest_places_say_that_they_do_not_answer():
    store = seed_store()
    refusal = FakeAnswerer(store).answer(Ask("budget"))
    page = soup(Exchange(1, "budget", refusal, done=True))
    heading = page.select_one(".nearest h3").get_text()
    assert heading == "Nearest places in the documents. These do not answer your question."
    assert page.select("a.cite") == []
    near, button = page.select_one(".nearest blockquote p"), page.select_one(".nearest button")
    assert button["data-copy-text"].startswith(f"“{near.get_text()}” (Ofsted, Focused visit to ")


def test_an_answer_is_announced_once_with_what_it_holds(answer):
    growing = soup(Exchange(1, "q", answer)).article["data-announce"]
    done = soup(Exchange(1, "q", answer, done=True)).article["data-announce"]
    assert growing == "Looking in the documents."
    assert done == f"Answer ready: {len(answer.citations)} quotes from 5 documents."


def test_words_of_the_trade_never_appear(answer):
    store = seed_store()
    for made in (answer, FakeAnswerer(store).answer(Ask("budget"))):
        exchange = Exchange(1, "q", made, done=True)
        text = soup(exchange).get_text() + sources_html((exchange,))
        assert not re.search(r"\b(hit|hits|passage|score|fingerprint|chunk)\b", text, re.I)


def test_a_quote_that_means_nothing_alone_gets_its_heading():
    answer = FakeAnswerer(seed_store()).answer(Ask(QUESTION))
    row = replace(answer.citations[0], heading="Adoption · Judgement | Count | %")
    question = replace(answer.citations[1], heading="What needs to improve?")
    answer = replace(answer, citations=(row, question, *answer.citations[2:]))
    leads = [e.get_text() for e in soup(Exchange(1, "q", answer, done=True)).select(".lead")]
    assert leads == ["Adoption · Judgement | Count | %:", "What needs to improve:"]


def test_letters_of_which_all_is_folded_stand_together_at_the_end(answer):
    older = [replace(s, more=n >= 2) for n, s in enumerate(answer.sentences)]
    answer = replace(answer, sentences=tuple(older))
    page = soup(Exchange(1, "q", answer, done=True))
    (beside,) = page.select("details.beside")
    labels = {s.group for s in older[2:]} - {s.group for s in older[:2]}
    assert {h.get_text() for h in beside.select("h3")} == labels
    assert f"from {len(labels)} other documents" in beside.summary.get_text()
    shown = [h.get_text() for h in page.select(".letter-group h3") if not h.find_parent("details")]
    assert not labels & {*shown}


def test_a_letter_has_one_heading_whatever_is_folded_between_its_quotes(answer):
    quotes = [s for s in answer.sentences if s.group]
    first = quotes[0]
    second = next(s for s in quotes if s.group != first.group)
    third = replace(second, group=first.group)
    answer = replace(answer, sentences=(first, replace(second, more=True), third))
    page = soup(Exchange(1, "q", answer, done=True))
    assert [h.get_text() for h in page.select("h3")][:2] == [first.group, second.group]
    assert len(page.select(".letter-group")) == 2


def test_a_follow_up_says_how_it_was_read():
    answer = Answer("and in 2023?", Status.ANSWERED, "", standalone="Stoke caseloads in 2023?")
    page = soup(Exchange(2, "and in 2023?", answer, done=True))
    assert "Stoke caseloads in 2023?" in page.select_one(".chips").get_text()


def test_every_quote_is_copied_with_its_formal_reference(answer):
    quotes = soup(Exchange(1, "q", answer, done=True)).select(".letter-group blockquote")
    first = quotes[0].select_one("button[data-copy-text]")
    assert first["aria-label"] == "Copy quote 1 with its reference"
    assert first["data-copy-text"] == (
        f"“{answer.citations[0].quote}” "
        "(Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November 2023)"
    )
    assert all(quote.select_one("button[data-copy-text]") for quote in quotes)


def test_the_copied_text_carries_marks_notes_and_references(answer):
    text = answer_as_text(answer)
    assert text.startswith("Question: what did inspectors say about connected carers?")
    assert "through adoption.” [1]" in text
    assert (
        "[1] Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November 2023; "
        "Ofsted’s own letter; Stoke-on-Trent; 003_60fb85a75bd1459e.txt; document" in text
    )
    assert answer.notes[0] in text


@pytest.mark.parametrize("question", ["long words " * 150, "a line\n" * 90, "x" * 1_900])
def test_a_long_question_is_folded_and_nothing_of_it_is_lost(question):
    page = soup(Exchange(1, question, problem="p", done=True))
    heading = page.h2.get_text().removeprefix("You asked: ").removesuffix(" …")
    rest = page.select_one("details.question-rest p").get_text().removeprefix("… ")
    assert len(heading) <= 240
    assert heading.count("\n") < 6
    assert "".join((heading + rest).split()) == "".join(question.split())


def test_a_short_question_stands_whole():
    page = soup(Exchange(1, "short\nand plain", problem="p", done=True))
    assert page.h2.get_text() == "You asked: short\nand plain"
    assert page.select("details") == []


def test_on_paper_each_number_has_its_reference(answer):
    first = answer.citations[0]
    told = AnswerSentence("In many cases.", Role.ANSWER, (first.number,))
    sentences = [told, *(s for s in answer.sentences if first.number not in s.citations)]
    page = soup(Exchange(1, "q", replace(answer, sentences=tuple(sentences)), done=True))
    lines = [item.get_text() for item in page.select(".on-paper li")]
    assert lines[0] == (
        "[1] Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November 2023: "
        f"“{' '.join(first.quote.split())}”"
    )
    assert [line.split(" ")[0] for line in lines] == [f"[{c.number}]" for c in answer.citations]
    assert not [line for line in lines[1:] if "“" in line]


def test_what_is_not_held_is_said_once():
    lead = AnswerSentence("We hold nothing about Leeds.", Role.FRAME)
    answer = Answer("q", Status.NOT_HELD, lead.text, (lead,), notes=("We hold 5 documents.",))
    box = soup(Exchange(1, "q", answer, done=True)).select_one(".outcome")
    assert [p.get_text() for p in box.select("p")] == [lead.text, "We hold 5 documents."]
    assert lead.text in answer_as_text(answer)
