from dataclasses import replace

import pytest

from assistant.llm.checks.names import common_words, unproven
from tests.llm_evidence import STOCKTON, evidence

TOLD = (
    "PAs keep in touch through the C2C group, and one GP in Stockton-on-Tees has joined it, as "
    "Vicky Metheringham told inspectors."
)


def names(sentence):
    return unproven(sentence, [evidence(STOCKTON, TOLD)], common_words([TOLD]))


@pytest.mark.parametrize(
    "sentence",
    [
        "Each PA keeps in touch.",
        "GPs have joined.",
        "The C2C group is joined by a GP.",
        "Because Stockton-on-Tees has joined, a GP has.",
        "Since March a GP has joined.",
        "Yes. Advisers keep in touch.",
        "“Advisers” keep in touch.",
        "Vicky Metheringham told them.",
    ],
)
def test_what_is_no_new_name_passes(sentence):
    assert names(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "lacking"),
    [
        ("Each IRO keeps in touch.", ["IRO"]),
        ("The C3C group keeps in touch.", ["C3C"]),
        ("Jane Metheringham told them.", ["Jane"]),
        ("Yes. Jane Metheringham told them.", ["Jane"]),
        ("Advisers told Jane.", ["Jane"]),
        ("Because Kent has joined, a GP has.", ["Kent"]),
        ("Yes. IROs keep in touch.", ["IROs"]),
    ],
)
def test_a_new_name_is_told_wherever_it_stands(sentence, lacking):
    assert names(sentence) == lacking


def test_another_form_of_the_name_of_whom_the_evidence_is_about_is_no_new_name():
    told = "Management oversight has improved."
    nottingham = replace(STOCKTON, authority=replace(STOCKTON.authority, value="Nottingham"))
    cited = [evidence(nottingham, told)]
    assert unproven("At Nottingham City oversight improved.", cited, common_words([told])) == []
    assert unproven("At Derby City oversight improved.", cited, common_words([told]))
