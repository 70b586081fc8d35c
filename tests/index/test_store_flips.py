"""One bit of an index flipped: what is read is what was built, or an error of ours says so."""

from tests.flips import built, run


def test_no_flip_gives_another_text_or_an_error_that_is_not_ours(tmp_path):
    outcomes, bad = run(300, 1, built(tmp_path))
    assert bad == []
    assert outcomes["told"] > 100
