"""The checks over every sentence of the seeds: what copies passes, what is changed does not."""

import random
import re
from pathlib import Path

import pytest

from assistant.llm.markers import Drafted
from assistant.llm.support import Checker
from index.sentences import split
from index.types import Evidence, Identity
from tests.llm_evidence import ARTICLE, COUNCIL, MIDDLESBROUGH, STOCKTON, STOKE, evidence

WHO: tuple[Identity, ...] = (STOCKTON, ARTICLE, COUNCIL, STOKE, MIDDLESBROUGH)
FLIPS = [
    (r"\bis\b", "is not"),
    (r"\bare\b", "are not"),
    (r"\bhave\b", "have not"),
    (r"\bnot ", ""),
    (r"\bmost\b", "all"),
    (r"\bsome\b", "all"),
    (r"\bgood\b", "inadequate"),
    (r"\bimproved\b", "deteriorated"),
    (r"\beffective\b", "ineffective"),
    (r"\bwell\b", "poorly"),
    (r"\bmany\b", "few"),
    (r"\bswiftly\b", "slowly"),
    (r"\bStockton\b", "Stoke"),
    (r"\bMiddlesbrough\b", "Stockton"),
]


@pytest.fixture(scope="module")
def held(seeds: Path) -> list[Evidence]:
    found: list[Evidence] = []
    for who, path in zip(WHO, sorted(seeds.glob("*.txt")), strict=True):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            text = " ".join(block.split())
            for start, end in split(text):
                sentence = text[start:end].lstrip("-■ ")
                if len(sentence.split()) >= 8 and sentence.endswith("."):
                    found.append(evidence(who, sentence, start=1000 * len(found)))
    return found


def supported(shown: list[Evidence], text: str, number: int) -> bool:
    return Checker(shown).check(Drafted(text, (number,))).supported


def test_a_copied_sentence_is_supported_by_its_source(held):
    refused = [item.text for item in held if not supported([item], item.text, 1)]
    # Both say what Ofsted said without saying that an article, or a council, tells of it.
    assert [text[:38] for text in refused] == [
        "There has been a decline in the overal",
        "These best practice services can be pu",
    ]


def test_a_copied_sentence_is_not_supported_by_another_letter(held):
    chance = random.Random(7)
    for item in held:
        others = [
            other
            for other in held
            if other.identity is not item.identity and other.text != item.text
        ]
        shown = [item, *chance.sample(others, 9)]
        assert not supported(shown, item.text, chance.randint(2, 10))


@pytest.mark.parametrize(("word", "other"), FLIPS)
def test_a_copied_sentence_with_one_word_changed_is_not_supported(held, word, other):
    changed = [
        (item, text)
        for item in held
        if (text := re.sub(word, other, item.text, count=1)) != item.text
    ]
    assert changed
    assert [text for item, text in changed if supported([item], text, 1)] == []
