"""True sentences are verified, changed ones are not: over the seeds, and over real letters."""

import sys

from evals.checks.verified import measure, sentences


def test_a_page_number_and_a_running_line_do_not_part_a_sentence(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("One two three four five six seven is eight.\n\nNot this.\n\nNine 1,000 of 9.")
    assert [(one.text, one.crossing) for one in sentences(path)] == [
        ("One two three four five six seven is eight.", False)
    ]
    figures = measure([path], true=5, flipped=5)
    assert (figures.true, figures.missed, figures.flipped, figures.passed) == (1, (), 1, ())


def test_true_sentences_of_the_seeds_are_verified_and_changed_ones_are_not(seeds):
    figures = measure(sorted(seeds.glob("*.txt")), true=200, flipped=150)
    assert (figures.true, figures.flipped) == (200, 150)
    assert figures.share >= 0.995
    assert figures.passed == ()


def test_500_true_sentences_over_page_ends_too_and_300_changed_ones(seeds, shared, capsys):
    letters = sorted((shared / "letters").glob("*.pdf"))
    figures = measure([*letters, *sorted(seeds.glob("*.txt"))])
    with capsys.disabled():
        sys.stdout.write(f"\n{figures.line()}\n")
    assert (figures.true, figures.flipped) == (500, 300)
    assert figures.crossing >= 100
    assert figures.share >= 0.995
    assert figures.passed == ()
