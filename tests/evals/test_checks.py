"""Each check over an answer that does what it may not, and over one that does not."""

from dataclasses import replace

import pytest

from assistant.evidence.verbatim import fold
from evals.checks.__main__ import CHECKS, NAMES, findings, report
from evals.checks.seen import Seen, Shelf
from evals.held import raw_texts
from evals.run.record import Cited, Given, Line
from evals.types import Question
from index.types import (
    Block,
    BlockKind,
    Document,
    Grade,
    Identity,
    Issuer,
    Kind,
    Proven,
    ReportedJudgement,
    Span,
)
from tests.web_fakes import FakeStore

OWN = "Stoke-on-Trent · Ofsted focused visit, letter 8 Nov 2023"
COUNCIL = "Stoke-on-Trent · council report, 8 Nov 2023, telling of an inspection"
BLOCKS = (
    ("Findings", BlockKind.HEADING),
    ("Plans are good. However, some are late. This practice is old. Staff are kind.",
     BlockKind.PARAGRAPH),
    ("However, the team is small.", BlockKind.PARAGRAPH),
    ("It was judged inadequate in January 2020.", BlockKind.PARAGRAPH),
    ("Piccadilly Gate, Manchester", BlockKind.FURNITURE),
    ("The end is near.", BlockKind.PARAGRAPH),
)  # fmt: skip
TEXT = "\n".join(text for text, _ in BLOCKS)


def document(issuer=Issuer.OFSTED):
    blocks, at = [], 0
    for text, kind in BLOCKS:
        heading = () if kind is BlockKind.HEADING else ("Findings",)
        blocks.append(Block(kind, at, at + len(text), heading))
        at += len(text) + 1
    told = TEXT.index("It was judged")
    recalled = ReportedJudgement(
        "overall_effectiveness", Grade.INADEQUATE, "January 2020", Span(told, told + 41)
    )
    identity = Identity(
        "d1",
        ("a.txt",),
        Proven(issuer, Span(0, 1)),
        Proven(Kind.FOCUSED_VISIT, Span(0, 1)),
        authority=Proven("Stoke-on-Trent", Span(0, 1)),
        reported_judgements=(recalled,),
    )
    return Document(identity, TEXT, (0,), tuple(blocks), (), "1")


def cited(quote, number, **changed):
    start = TEXT.index(quote)
    whole = Cited(number, "d1", "a.txt", "Stoke-on-Trent", None, None, None, "", start,
                  start + len(quote), quote, True)  # fmt: skip
    return replace(whole, **changed)


def line(text, number, role="quote", group=OWN, more=False):
    return Line(text, role, (number,), True, group, more)


def found(lines, citations, issuer=Issuer.OFSTED):
    question = Question(id="q1", question="why?", category="c")
    answer = Given("answered", "", tuple(lines), tuple(citations))
    seen = Seen(question, answer, Shelf(FakeStore([document(issuer)])))
    return [(finding.check, finding.why) for check in CHECKS for finding in check(seen)]


def quoting(*quotes, group=OWN, issuer=Issuer.OFSTED):
    lines = [line(quote, n, group=group) for n, quote in enumerate(quotes, 1)]
    return found(lines, [cited(quote, n) for n, quote in enumerate(quotes, 1)], issuer)


def test_an_answer_that_does_nothing_wrong():
    assert quoting("Plans are good. However, some are late. This practice is old.") == []
    assert quoting("The end is near.") == []


@pytest.mark.parametrize(
    ("quotes", "check", "why"),
    [
        (["Plans are good."], "unturned", "it goes on: However, some are late."),
        (["This practice is old."], "unpointed", "before it stands: However, some are late."),
        (["Staff are kind."], NAMES[2], "it goes on: However, the team is small."),
        (["However, the team is small."], NAMES[4], "before it stands: Staff are kind."),
        (["The end is near.", "The end is near."], "repeated", "the same words twice"),
        (["The end is near.", "The end"], "repeated", "overlaps another quote"),
        (["Piccadilly Gate, Manchester"], "furniture", "holds an address or contact line"),
    ],
)
def test_what_is_found_in_quotes(quotes, check, why):
    assert (check, why) in quoting(*quotes)


def test_the_other_half_may_stand_beside_but_not_folded_away():
    halves = ["Plans are good.", "However, some are late. This practice is old."]
    assert quoting(*halves) == []
    lines = [line(halves[0], 1), line(halves[1], 2, more=True)]
    citations = [cited(quote, n) for n, quote in enumerate(halves, 1)]
    assert [check for check, _ in found(lines, citations)] == ["unturned"]


def test_quotes_that_are_not_what_stands_there():
    end = "The end is near."
    moved = cited(end, 1, start=TEXT.index(end) - 1, end=len(TEXT) - 1)
    assert found([line(end, 1)], [moved]) == [("inexact", "is not what stands at its place")]
    other = cited(end, 1, exact=False)
    assert found([line(end, 1)], [other]) == [("inexact", "is not in the file's own text")]
    assert ("inexact", "is none of the quotes that it cites") in found(
        [line("The end is far.", 1)], [cited(end, 1)]
    )
    gone = cited(end, 1, doc_id="other")
    assert ("inexact", "its document is not held") in found([line(end, 1)], [gone])


def test_joined_sentences():
    whole = TEXT[TEXT.index("It was judged") :]
    assert ("joined", "a heading, footnote or footer stands inside") in quoting(whole)
    both = line("Plans are good. Staff are kind.", 1)
    assert ("joined", "no place of the document holds it whole") in found(
        [both], [cited("Plans are good.", 1)]
    )


def test_second_hand_words_are_labelled():
    end = "The end is near."
    assert quoting(end, group=COUNCIL, issuer=Issuer.COUNCIL) == []
    assert quoting(end, issuer=Issuer.COUNCIL) == [
        ("second hand", "does not say whose words they are")
    ]
    frame = Line("Inspectors said this.", "frame", (), True, None, False)
    assert found([frame, line(end, 1, group=COUNCIL)], [cited(end, 1)], Issuer.PRESS) == [
        ("second hand", "stands under “Inspectors said this.”")
    ]
    said = line("Inspectors found the end near.", 1, "answer", COUNCIL)
    assert found([said], [cited(end, 1)], Issuer.PRESS) == [
        ("second hand", "gives them as the inspectors' words")
    ]


def test_a_recalled_grade_is_said_to_be_one():
    proof = cited("It was judged inadequate in January 2020.", 1)
    own = line("Inadequate", 1, "answer")
    assert [check for check, _ in found([own], [proof])] == ["recalled"]
    told = line("Inadequate, recalled from an earlier inspection", 1, "answer")
    assert found([told], [proof]) == []


def test_the_report_counts_every_check_and_shows_examples():
    question = Question(id="q1", question="why?", category="c")
    answer = Given("answered", "", (line("Plans are good.", 1),), (cited("Plans are good.", 1),))
    store = FakeStore([document()])

    class Run:
        suite = type("S", (), {"questions": (question,)})
        results = (type("R", (), {"id": "q1", "answer": answer}),)

    (one,) = findings(Run, store)
    lines = list(report([one], 3))
    assert [line.split(maxsplit=1)[1] for line in lines if line[4:5].isdigit()] == list(NAMES)
    assert lines[lines.index("    1  unturned") + 1] == "         q1 “why?”"


def test_a_hyphen_that_ends_a_line_of_a_pdf_stands_in_the_files_own_text(shared):
    read = raw_texts(shared / "letters")
    assert "16- to 17-year-olds, the same number" in fold(read("middlesbrough_2016-02-19.pdf"))
