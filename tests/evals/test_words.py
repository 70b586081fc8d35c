from hypothesis import given
from hypothesis import strategies as st

from evals.words import contains_run, fold, words


def test_words_ignore_case_punctuation_and_white_space():
    assert words("Children’s  plans:\n83% — DONE") == ("children", "s", "plans", "83", "done")


def test_seventy_per_cent_in_one_run_is_enough_and_less_is_not():
    quote = words("a b c d e f g h i j")
    assert contains_run(quote, words("x c d e f g h i y"))
    assert not contains_run(quote, words("a b c d e f x g h i j"))


def test_an_empty_quote_is_never_found():
    assert not contains_run((), words("anything"))


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=9), st.lists(st.sampled_from("abc")))
def test_the_rule_equals_its_definition(quote, passage):
    longest = max(
        (
            size
            for i in range(len(quote))
            for size in range(len(quote) - i + 1)
            for j in range(len(passage) - size + 1)
            if quote[i : i + size] == passage[j : j + size]
        ),
        default=0,
    )
    assert contains_run(quote, passage) == (10 * longest >= 7 * len(quote))


def test_folding_changes_white_space_quote_marks_and_dashes_only():
    assert fold("“It’s”\n 4–5") == '"It\'s" 4-5'
    assert fold("not good") != fold("good")
