import re
from pathlib import Path

import pytest

from assistant.evidence.verbatim import contains, fold, locate
from index.passages.sentences import split

FLIPS = {
    "is": "is not", "are": "are not", "have": "have not", "has": "has not", "was": "was not",
    "good": "inadequate", "strong": "weak", "most": "some", "some": "most", "all": "no",
    "not": "now", "more": "less", "well": "poorly", "and": "or", "their": "the", "for": "from",
}  # fmt: skip


def texts(seeds: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]


def true_sentences(seeds: Path) -> list[tuple[str, str]]:
    return [
        (text, text[start:end])
        for text in texts(seeds)
        for start, end in split(text)
        if len(text[start:end].split()) >= 8
    ]


def test_true_sentences_are_found_where_they_stand(seeds):
    pairs = true_sentences(seeds)
    assert len(pairs) > 250
    for text, sentence in pairs:
        assert [text[a:b] for a, b in locate(text, sentence)][:1] == [sentence]


def test_reset_typography_is_still_found(seeds):
    for text, sentence in true_sentences(seeds):
        reset = sentence.translate(str.maketrans({"’": "'", "–": "-", '"': "“"}))
        assert contains(text, "  " + reset.replace(" ", "\n ") + "\t")


def test_of_300_sentences_with_one_flipped_word_none_is_found(seeds):
    flipped = [
        (text, changed)
        for text, sentence in true_sentences(seeds)
        for word, other in FLIPS.items()
        if (changed := re.sub(rf"\b{word}\b", other, sentence, count=1)) != sentence
    ][:300]
    assert len(flipped) == 300
    assert [changed for text, changed in flipped if contains(text, changed)] == []


@pytest.mark.parametrize(
    ("haystack", "quote", "found"),
    [
        ("judged inadequate", "adequate", False),
        ("judged inadequate", "judged in", False),
        ("about 2.5% of", "5%", False),
        ("about 1,204 of", "204", False),
        ("in 2016.", "2016", True),
        ("carers’ needs – all", "carers' needs - all", True),
        ("in 2015─16", "in 2015–16", True),
        ("so-called", "so‑called", True),
        ("Good", "good", False),
        ("is good.", "is good,", False),
        ("a.b", "a+b", False),
        ("anything", "", False),
        ("the \ufb01nal o\ufb00er", "final offer", True),
        ("the final offer", "\ufb01nal o\ufb00er", True),
        ("child\u00adren are safe", "children are safe", True),
        ("children are safe", "chil\u200bdren are safe", True),
        ("Good", "Ｇｏｏｄ", True),
        ("94³ of them", "943 of them", False),
        ("94³ of them", "94 of them", False),
        ("cafe\u0301", "cafe", False),
        ("cafe\u0301 closed", "café closed", True),
        ("anything", " \n", False),
    ],
)
def test_boundaries_case_and_punctuation(haystack, quote, found):
    assert contains(haystack, quote) is found


def test_every_place_is_given_with_offsets_of_the_text_as_it_is():
    text = "RI  58 56% then RI\n58 56% then RI 58 56.5%"
    assert [text[a:b] for a, b in locate(text, "RI 58 56%")] == ["RI  58 56%", "RI\n58 56%"]


def test_places_are_those_of_the_letters_as_they_stand():
    text = "an o\ufb03ce, chil\u00addren\u00ad, and cafe\u0301s; an o\ufb03ce"
    for quote, found in (
        ("office", ["o\ufb03ce", "o\ufb03ce"]),
        ("children", ["chil\u00addren\u00ad"]),
        ("cafés", ["cafe\u0301s"]),
    ):
        assert [text[a:b] for a, b in locate(text, quote)] == found


def test_fold_changes_nothing_else():
    assert fold("  “A’s\u00a0b” —\n c…1,2  ") == '"A\'s b" - c…1,2'
