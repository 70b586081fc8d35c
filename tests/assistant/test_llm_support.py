import pytest

from assistant.llm.markers import Drafted
from assistant.llm.support import Checker
from tests.llm_evidence import ARTICLE, CARERS, MIDDLESBROUGH, STOCKTON, evidence

CHECKER = Checker(CARERS)

TRUE = [
    ("Stockton needs to improve the timeliness and quality of assessments of regulation 24 "
     "carers.", 1),
    ("In Stockton-on-Tees the timeliness of assessing Regulation 24 carers was an area to improve "
     "(31 January 2022).", 1),
    ("In Middlesbrough, a small number of children were placed with family members who had not "
     "been formally assessed or approved as connected foster carers.", 2),
    ("Middlesbrough had a small number of children placed with family who were not formally "
     "approved as connected foster carers, the letter of May 2022 says.", 2),
    ("Stoke-on-Trent: more children achieve security and stability through permanence, including "
     "with connected carers.", 3),
    ("According to the news article, practice in Stockton had not improved and procedures "
     "remained unclear.", 4),
    ("The council report says that only 27 of the 104 inspections gave a Good or Better overall "
     "judgement.", 5),
    ("Only 3 local authorities had received an outstanding judgement for care leavers.", 5),
    ("Stoke was judged to require improvement to be good, “requires improvement to be good” in "
     "the letter's words, in October 2022.", 6),
    ("In Stockton, assessments of connected carers' suitability were not always completed before "
     "children were placed.", 7),
    ("The council was told that it should satisfy itself that all placements with connected "
     "persons are appropriate.", 8),
    ("This was the 3rd monitoring visit to Middlesbrough since it was judged inadequate in "
     "January 2020.", 9),
    ("Stockton's children's services “have received significant financial investment”.", 10),
    ("The focused visit of 7 and 8 December 2021 noted significant financial investment in "
     "Stockton.", 10),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), TRUE)
def test_true_sentences_are_supported(text, number):
    verdict = CHECKER.check(Drafted(text, (number,)))
    assert verdict.failures == ()
    assert verdict.cited == (number,)


FALSE = [
    # another authority's finding, as a small model wrote it
    ("In Stockton, a small number of children are placed with family members who have not been "
     "formally assessed and approved as connected foster carers.", 1, "has the words of [2]"),
    ("A small number of children are placed with family members who have not been formally "
     "assessed.", 1, "says more"),
    ("Middlesbrough needs to improve the timeliness and quality of the assessment of regulation "
     "24 carers.", 1, 'names "Middlesbrough"'),
    ("Leeds has received significant financial investment for children's services.", 10,
     'names "Leeds"'),
    ("Louise Hollick found significant financial investment in children's services.", 10,
     'names "Louise"'),
    ("Hollick found that children's services have received significant financial investment.", 10,
     'names "Hollick"'),
    # figures, dates, grades
    ("The timeliness and quality of the assessment of regulation 42 carers needs to improve.", 1,
     'gives "42"'),
    ("Only 72 local authorities have received a Good or Better overall judgement.", 5,
     'gives "72"'),
    ("Only four local authorities have received an outstanding judgement for care leavers.", 5,
     'gives "4"'),
    ("Only 27% of local authorities have received a Good or Better overall judgement.", 5,
     'gives "27%"'),
    ("This was the fourth monitoring visit since Middlesbrough was judged inadequate in January "
     "2020.", 9, 'gives "4th"'),
    ("This was the third monitoring visit since Middlesbrough was judged inadequate in January "
     "2019.", 9, 'gives "January 2019"'),
    ("In March 2022 Stockton's children's services received significant financial investment.",
     10, 'gives "March 2022"'),
    ("This was the third monitoring visit since Middlesbrough was judged good in January 2020.",
     9, 'says "good"'),
    ("Since the last inspection in October 2022 Stoke, judged good for overall effectiveness, has "
     "maintained a focus on permanence.", 6, 'says "good"'),
    # quotations
    ("Stockton's services “have received substantial financial investment”.", 10, "quotes"),
    ("Stockton's services 'received significant investment' in finance.", 10, "quotes"),
    # negation, opposites, quantity, duty
    ("In Stockton, assessments of connected carers' suitability were always completed before "
     "children were placed.", 7, "leaves out a denial"),
    ("Children's services in Stockton have not received significant financial investment.", 10,
     "denies something"),
    ("In Middlesbrough children placed with family members have been formally assessed and "
     "approved as connected foster carers.", 2, "leaves out a denial"),
    ("The article says that practice has improved and procedures have remained unclear.", 4,
     "leaves out a denial"),
    ("The article says that practice has not improved and procedures have remained clear.", 4,
     "opposite"),
    ("In Stoke fewer children are achieving security and stability through permanence.", 3,
     "opposite"),
    ("In Stoke all children are achieving security and stability through permanence.", 3,
     'says "all"'),
    ("All placements with connected persons and private fostering are appropriate.", 8,
     "should be done"),
    ("The timeliness and quality of the assessment of regulation 24 carers is strong.", 1,
     "should be done or improved"),
    # an idea of the model's own
    ("Stockton's children's services have received significant financial investment, and leaders "
     "plan to open three new residential homes.", 10, "which its evidence does not"),
    ("Carers feel proud of the difference that they make.", 3, "says more"),
    # whose words
    ("Inspectors found that practice in Stockton has not improved and procedures have remained "
     "unclear.", 4, "inspectors' words"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "why"), FALSE)
def test_false_sentences_are_not_supported(text, number, why):
    verdict = CHECKER.check(Drafted(text, (number,)))
    assert why in "; ".join(verdict.failures)


def test_unknown_markers_never_become_citations():
    text = "Stockton's children's services have received significant financial investment."
    assert CHECKER.check(Drafted(text, (99,))).cited == ()
    assert CHECKER.check(Drafted(text, (99,))).failures == ("cites [99], which is no evidence",)
    assert CHECKER.check(Drafted(text, ())).failures == ("cites nothing, which is no evidence",)
    assert CHECKER.check(Drafted(text, (0, 10, 99))).cited == (10,)


def test_citing_two_authorities_does_not_lend_one_the_others_finding():
    text = "In Stockton, a small number of children are placed with family members."
    verdict = CHECKER.check(Drafted(text, (1, 2)))
    assert not verdict.supported
    assert verdict.cited == (1,)


def test_idle_citations_are_dropped():
    text = "Stockton's children's services have received significant financial investment."
    assert CHECKER.check(Drafted(text, (9, 10))).cited == (10,)


def test_a_quotation_may_run_over_two_neighbouring_sentences():
    first = evidence(STOCKTON, "Visits are regular.", start=100)
    second = evidence(STOCKTON, "They are purposeful.", start=120)
    checker = Checker([second, first])
    draft = Drafted('Of Stockton: "Visits are regular. They are purposeful."', (1, 2))
    assert checker.check(draft).failures == ()
    far = Checker([second, evidence(STOCKTON, "Visits are regular.", start=50)])
    assert not far.check(draft).supported


def test_second_hand_words_need_their_speaker():
    item = evidence(ARTICLE, "Inspectors found strong services for disabled children.")
    text = "Inspectors found strong services for disabled children"
    assert not Checker([item]).check(Drafted(f"{text}.", (1,))).supported
    assert Checker([item]).check(Drafted(f"{text}, says the article.", (1,))).supported


def test_acronyms_may_be_made_from_the_evidence():
    item = evidence(STOCKTON, "Independent reviewing officers visit children before reviews.")
    assert Checker([item]).check(Drafted("IROs visit children before reviews.", (1,))).supported
    assert (
        not Checker([item]).check(Drafted("LADOs visit children before reviews.", (1,))).supported
    )


def test_frames_claim_nothing():
    assert CHECKER.is_frame("Inspectors found the following:")
    assert CHECKER.is_frame("In Stoke-on-Trent, the letter says:")
    assert not CHECKER.is_frame("Inspectors found that children are unsafe:")
    assert not CHECKER.is_frame("In Stoke-on-Trent, the letter says.")


LETTER = [
    ("Caseloads have continued to reduce and are manageable for most social workers.",
     "In Middlesbrough, caseloads had continued to fall and were manageable for most social "
     "workers (May 2022)."),
    ("Challenges in the turnover of social workers remain, and these are affecting care planning "
     "for some children, leading to drift and delay.",
     "Staff turnover remained a challenge in Middlesbrough and was affecting care planning for "
     "some children, leading to drift and delay."),
    ("The quality assurance programme is strong and is enabling leaders and managers to have a "
     "clear and detailed eye on the quality of practice as well as performance.",
     "Middlesbrough's quality assurance programme was strong, giving leaders and managers a clear "
     "and detailed view of the quality of practice and performance."),
    ("This letter summarises the findings of the monitoring visit to Middlesbrough children's "
     "services on 29 and 30 March 2022.",
     "The monitoring visit took place on 29–30 March 2022."),
    ("There is an improved oversight of children's care planning by independent reviewing "
     "officers (IROs).",
     "IROs in Middlesbrough have improved their oversight of children's care planning."),
    ("Her Majesty's Inspectors for this visit were Louise Hollick and Nick Stacey.",
     "The visit to Middlesbrough was carried out by Her Majesty's Inspectors Louise Hollick and "
     "Nick Stacey."),
]  # fmt: skip


@pytest.mark.parametrize(("told", "said"), LETTER)
def test_plain_rewordings_are_supported(told, said):
    assert Checker([evidence(MIDDLESBROUGH, told)]).check(Drafted(said, (1,))).failures == ()


def test_every_seed_sentence_supports_itself():
    for number, item in enumerate(CARERS, start=1):
        failures = CHECKER.check(Drafted(item.text, (number,))).failures
        improves = "states as fact what the evidence says should be done or improved"
        assert failures in {(), (improves,)}
        assert (failures == (improves,)) == (number == 1)
