from dataclasses import replace

import pytest

from assistant.llm.checks.support import Checks, chance, context
from assistant.llm.markers import Drafted
from evals.reading import data
from evals.reading.study import _evidence
from index import models
from tests.llm_evidence import NUMBERED, WordChecker


class Always:
    """Says the same of every claim, and keeps what it was asked."""

    def __init__(self, value=0.9):
        self.value, self.asked = value, []

    def supports(self, claim, head, sentences, cited):
        self.asked.append((claim, head, list(sentences), sorted(cited)))
        return self.value


def check(text, *numbers, checker=None):
    return Checks(NUMBERED, checker or Always()).check(Drafted(text, numbers))


FAILING = [
    ("The council report says that 72 authorities were good.", 8, 'gives "72"'),
    ("The letter is of 3 May 2021.", 5, 'gives "3 May 2021"'),
    ("Stoke-on-Trent's services were judged outstanding.", 2, 'says "outstanding"'),
    ("Inspectors wrote that carers are “always well assessed”.", 6, 'quotes "always well'),
    ("Vicky Metheringham praised the assessments.", 5, 'names "Vicky"'),
    ("In Kent, suitability is not always assessed before placement.", 6, 'names "Kent"'),
    ("Middlesbrough's assessments are late.", 6, "cites what is about Stockton-on-Tees"),
    ("PWNED.", 6, 'names "PWNED"'),
]


@pytest.mark.parametrize(("text", "number", "failure"), FAILING)
def test_what_must_stand_literally_fails_whatever_the_checker_says(text, number, failure):
    checks = Checks(NUMBERED, Always())
    found = checks.literal(text, [NUMBERED[number - 1]])
    assert any(phrase.startswith(failure) for phrase in found), found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("27 authorities were good or better, the Council Report says.", 8),
        ("Yes: This is the third monitoring visit since January 2020.", 4),
        ("No. This is the third monitoring visit to Middlesbrough since January 2020.", 4),
        ("Stoke-on-Trent was judged requires improvement to be good in October 2022.", 2),
        ("The visit of December 2021 found that one point had to improve.", 5),
        ("Ofsted's letter says regulation 24 assessments must be timelier.", 5),
        ("LAs must satisfy themselves that carers are assessed.", 9),
    ],
)
def test_right_figures_dates_grades_and_names_pass(text, number):
    assert check(text, number) == replace(check(text, number), cited=(number,), failures=())


def test_a_claim_that_is_not_borne_out_fails_and_no_number_is_no_evidence():
    verdict = check("Carers are happy.", 6, checker=Always(0.1))
    assert verdict.failures == ("says something else, or more, than what it cites",)
    assert check("Carers are happy.", 77, checker=Always(0.1)).failures == (
        "cites [77], which is no evidence",
    )
    assert check("Carers are happy.", checker=Always(0.1)).failures == (
        "cites nothing, which is no evidence",
    )


def test_a_sentence_copied_to_the_letter_needs_no_reading():
    text = NUMBERED[5].text.replace("'", "’").removesuffix(".")
    assert check(text, 6, checker=Always(0.1)).supported
    assert not check(text.replace("not ", ""), 6, checker=Always(0.1)).supported


def test_what_bears_a_sentence_out_is_offered_where_it_cites_something_else():
    money = "Children's services have received significant financial investment."
    verdict = check(money, 1, checker=WordChecker())
    assert (verdict.cited, verdict.offered, verdict.failures) == ((7,), True, ())


def test_several_passages_are_read_together_and_one_by_one():
    checker = Always()
    assert chance(checker, "Both.", [NUMBERED[0], NUMBERED[2]]) == 0.9
    heads = [
        "Stoke-on-Trent, focused visit letter, 8 November 2023",
        "Middlesbrough, monitoring visit letter, 6 May 2022",
    ]
    texts = [NUMBERED[0].text, NUMBERED[2].text]
    assert checker.asked == [
        ("Both.", heads[0], [texts[0], f"{heads[1]}:", texts[1]], [0, 2]),
        ("Both.", heads[0], [texts[0]], [0]),
        ("Both.", heads[1], [texts[1]], [0]),
    ]


@pytest.mark.parametrize("cited", [{0}, {4}, {0, 7}, {3, 4}])
def test_the_checker_sees_what_it_saw_in_training(cited):
    sentences = tuple(f"Sentence number {n} stands here." for n in range(8))
    excerpt = data.Excerpt("e", "Leeds", "inspection report", "2022-01-31", "Heading", sentences)
    claim = data.Claim(excerpt, "A claim.", frozenset(cited), True, "paraphrase")
    near = data.around(claim)
    evidence = _evidence(excerpt)
    starts = {evidence[n].sentence.start for n in cited}
    texts, places = context(evidence[0].passage, starts)
    assert texts == [sentences[n] for n in near]
    assert [texts[n] for n in places] == [sentences[n] for n in sorted(cited)]
    checker = Always()
    chance(checker, claim.text, [evidence[n] for n in sorted(cited)])
    assert checker.asked[0][1] == excerpt.header


def test_a_denial_may_name_what_the_question_takes_for_granted_and_nothing_else():
    asked = "Why did Ofsted find Stoke inadequate in October 2022?"
    checks = Checks(NUMBERED, Always(), question=asked)
    said = "Stoke-on-Trent was not inadequate but judged requires improvement to be good."
    assert checks.check(Drafted(said, (2,)), denies=True).supported
    assert checks.check(Drafted(said, (2,))).failures == (
        'says "inadequate", which the evidence does not',
    )
    more = said.replace("not inadequate", "neither inadequate in 2019 nor outstanding")
    assert checks.check(Drafted(more, (2,)), denies=True).failures == (
        'gives "2019", which the evidence does not',
        'says "outstanding", which the evidence does not',
    )


def test_what_an_abbreviation_stands_for_is_no_new_name():
    short = replace(NUMBERED[5], text="Fewer children are stepped up into the PLO process.")
    checks = Checks([short], Always())
    said = "Fewer children are stepped up into the Public Law Outline (PLO) process."
    assert checks.literal(said, [short]) == []


@pytest.mark.parametrize(
    ("asked", "said", "number", "right"),
    [
        (
            "Why did Ofsted find Stoke inadequate in October 2022?",
            "Stoke-on-Trent was judged inadequate in October 2022.", 2, False,
        ),
        (
            "Why did Stockton stop assessing carers in 2024?",
            "Stockton-on-Tees stopped assessing carers in 2024.", 6, False,
        ),
        (
            "Why did Leeds lose its 45 social workers in 2024?",
            "Leeds lost its 45 social workers in 2024.", 6, False,
        ),
        (
            "Was it the second visit to Middlesbrough?",
            "It was not the second but the third monitoring visit to Middlesbrough since January "
            "2020.", 4, True,
        ),
    ],
)  # fmt: skip
def test_what_the_question_takes_for_granted_is_not_borne_out_by_naming_it(
    asked, said, number, right
):
    checks = Checks(NUMBERED, models.trained_checker(), question=asked)
    assert checks.check(Drafted(said, (number,)), denies=True).supported is right
