from dataclasses import replace

import pytest

from assistant.llm.checks import Checks
from assistant.llm.checks.counts import cited, lengths
from index.types import BlockKind
from tests.llm_evidence import STOCKTON, TO_IMPROVE, evidence


class Trusting:
    """Finds every claim borne out, so that the literal checks alone decide."""

    def supports(self, claim, head, sentences, cited):
        return 0.9


def faults(text, *told):
    shown = [evidence(STOCKTON, said, start=100 * n) for n, said in enumerate(told)]
    return Checks(shown, Trusting()).literal(text, shown)


WEAK = "Supervision is too infrequent, audits are superficial and visits are late."


@pytest.mark.parametrize(
    ("listed", "how_many"),
    [
        ("supervision", []),
        ("supervision and audits.", [2]),
        ("the quality of plans and of audits, and supervision", [2]),
        ("audits, plans and supervision", [3]),
        ("audits, plans, and the quality and timeliness of visits", [3]),
        ("audits; plans and reviews; and supervision", [3]),
        ("plans, reviews, visits or audits", [4]),
        ("the quality of plans and reviews and supervision", [2, 3]),
    ],
)
def test_a_list_is_as_long_as_its_commas_and_joints_say(listed, how_many):
    assert list(lengths(listed)) == how_many


@pytest.mark.parametrize(
    "text",
    [
        "Two: supervision and audits.",
        "Two. They are supervision and audits.",
        "Three weaknesses were named: supervision, audits and visits.",
        "3 things: supervision, audits and visits.",
        "Two matters – supervision and audits – were weak.",
        "Two matters (supervision and audits) were weak.",
    ],
)
def test_a_sentence_may_count_what_it_lists_itself(text):
    assert faults(text, WEAK) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Three: supervision and audits.", "3"),
        ("Two: supervision, audits and visits.", "2"),
        ("Four weaknesses were named: supervision, audits and visits.", "4"),
        ("Two were named, all within six weeks: supervision and audits.", "2"),
        ("Two: supervision.", "2"),
        ("Two weaknesses were named.", "2"),
    ],
)
def test_a_wrong_count_of_a_list_fails(text, figure):
    assert f'gives "{figure}", which the evidence does not' in faults(text, WEAK)


def test_a_bare_count_of_the_wrong_length_fails_whatever_the_evidence_prints_or_is_cited():
    wrong = ['counts "3", and lists another number']
    visits = "Inspectors made three visits."
    assert faults("Three: supervision and audits.", WEAK, visits) == wrong
    assert faults("Three areas: supervision and audits.", WEAK, WEAK, WEAK) == wrong
    assert faults("Three: so many visits were made.", visits) == []
    assert faults("Three visits: plans and audits were read.", visits, visits) == []


def test_a_list_is_no_proof_against_what_the_evidence_counts():
    told = "Inspectors named four main areas: supervision, audits, visits and plans."
    text = "Two areas were named: supervision and audits."
    assert faults(text, told) == ['gives "2", which the evidence does not']
    assert faults(text.replace("areas", "matters"), told) == []


@pytest.mark.parametrize(
    ("text", "failing"),
    [
        ("Eight came: six of Her Majesty's Inspectors and two Ofsted Inspectors.", []),
        (
            "Nine inspectors came then: six of Her Majesty's Inspectors and two Ofsted Inspectors.",
            ["9"],
        ),
        (
            "Eight inspectors came then: five of Her Majesty's Inspectors and three others.",
            ["3", "5", "8"],
        ),
        ("Two kinds of inspectors came.", []),
        ("Three kinds of inspectors came.", ["3"]),
    ],
)
def test_figures_that_are_listed_add_up_and_both_are_two(text, failing):
    told = "Both kinds came, six of Her Majesty's Inspectors and two Ofsted Inspectors."
    assert faults(text, told) == [f'gives "{n}", which the evidence does not' for n in failing]


def test_both_count_two():
    assert faults("The two systems overlap.", "Both systems overlap.") == []
    assert faults("The three systems overlap.", "Both systems overlap.") != []


def test_items_are_counted_and_what_announces_them_is_not():
    lead = evidence(STOCKTON, "These areas need to improve:", TO_IMPROVE)
    items = [
        replace(item, sentence=replace(item.sentence, kind=BlockKind.ITEM, block=block))
        for block, item in (
            (1, evidence(STOCKTON, "Supervision.", TO_IMPROVE, 1100)),
            (2, evidence(STOCKTON, "Audits.", TO_IMPROVE, 1200)),
            (2, evidence(STOCKTON, "These are superficial.", TO_IMPROVE, 1210)),
        )
    ]
    assert cited([lead, *items]) == {"2"}
    assert cited([lead]) == set()
    checks = Checks([lead, *items], Trusting())
    assert checks.literal("Two areas need to improve.", [lead, *items]) == []
    assert checks.literal("Four areas need to improve.", [lead, *items]) == [
        'gives "4", which the evidence does not'
    ]
