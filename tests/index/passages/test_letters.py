import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages.letters import placed_letters, plain_letters


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("e\ufb03cient \ufb02ow, o\ufb00er, \ufb01nd", "efficient flow, offer, find"),
        ("child\u00adren", "children"),
        ("chil\u200bdren\ufeff", "children"),
        ("\u202echildren\u2066", "children"),
        ("Ｇｏｏｄ　９４％", "Good 94%"),
        ("\U0001d5dc\U0001d5fb 𝟗𝟒", "In 94"),
        ("cafe\u0301", "café"),
        ("94³, H₂O, ½, ①, ㎏", "94³, H₂O, ½, ①, ㎏"),
        ("… “quoted” – it’s", "… “quoted” – it’s"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_letters_are_as_they_are_typed_and_nothing_else_changes(text, typed):
    assert plain_letters(text) == typed


@given(st.text())
def test_each_character_knows_its_place(text):
    typed, places = placed_letters(text)
    assert len(places) == len(typed) + 1
    assert list(places) == sorted(places)
    assert places[-1] == len(text)
    for character, place in zip(typed, places, strict=False):
        own = unicodedata.normalize("NFKC", text[place:])
        assert character in own or character in text[place:]


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    once = plain_letters(text)
    assert plain_letters(once) == once
