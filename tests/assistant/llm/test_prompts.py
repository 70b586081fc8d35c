import subprocess
import sys
from pathlib import Path

import pytest

from assistant.llm import prompts
from assistant.llm.figures import covers, dates, figures
from assistant.llm.prompts import parse
from index.errors import UsageError

FILE = "---\nvariables: question, evidence\n---\nEvidence: $evidence\nAsked: $question ($$5)\n"


def test_values_go_in_literally_and_once():
    prompt = parse("p", FILE)
    said = prompt.render(question="{x} $evidence ${7*7} %s", evidence="$question")
    assert said == "Evidence: $question\nAsked: {x} $evidence ${7*7} %s ($5)"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (FILE.replace("$question", ""), "declares evidence, question but uses evidence"),
        (FILE.replace(", evidence", ""), "declares question but uses evidence, question"),
        (FILE.replace("$$5", "$5"), "a lone $"),
        ("no front matter", "must begin with a line 'variables: …'"),
    ],
)
def test_templates_that_disagree_with_their_declaration_are_refused(file, words):
    with pytest.raises(UsageError) as caught:
        parse("p", file)
    assert words in str(caught.value)


def test_values_must_be_the_variables():
    with pytest.raises(UsageError, match="takes evidence, question, but was given question"):
        parse("p", FILE).render(question="?")


def test_the_hash_covers_every_file(tmp_path: Path):
    folder = prompts.prompt_folder()
    for name in ("answer", "question", "repair"):
        (tmp_path / f"{name}.md").write_bytes((folder / f"{name}.md").read_bytes())
    seen = {prompts.load(tmp_path).sha256}
    assert seen == {prompts.load().sha256}
    for name in ("answer", "question", "repair"):
        with (tmp_path / f"{name}.md").open("a") as file:
            file.write("More.")
        seen.add(prompts.load(tmp_path).sha256)
    assert len(seen) == 4


def test_a_missing_file_is_one_sentence(tmp_path: Path):
    with pytest.raises(UsageError, match=r"answer\.md cannot be read"):
        prompts.load(tmp_path)


def test_importing_and_counting_need_neither_litellm_nor_the_network():
    code = (
        "import sys, assistant.llm.answerer, assistant.llm.litellm_generator as g;"
        "g.tokens.counter('openai/gpt-4o')('a <|endoftext|> b');"
        "sys.exit('litellm' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "days", "numbers"),
    [
        ("29 and 30 March 2022", {(2022, 3, 29), (2022, 3, 30)}, set()),
        ("4–5 October 2023", {(2023, 10, 4), (2023, 10, 5)}, set()),
        ("20 September to 1 October 2022", {(None, 9, 20), (2022, 10, 1)}, set()),
        ("31 Jan 2022, 31/01/2022, 2022-01-31", {(2022, 1, 31)}, set()),
        ("28 SEPTEMBER 2016; May 7th, 2017", {(2016, 9, 28), (2017, 5, 7)}, set()),
        ("since January 2020; in May", {(2020, 1, None), (None, 5, None)}, set()),
        ("children aged 16 may leave", set(), {"16"}),
        ("56 per cent, 56.0%, RI 58 56%", set(), {"56%", "58"}),
        ("£2.5 million, £2.5m, 1,200", set(), {"2500000", "1200"}),
        ("twenty-one of a hundred and four", set(), {"21", "104"}),
        ("the third, the 3rd, the 12th", set(), {"3rd", "12th"}),
        ("2021-22 and 2021/2022", set(), {"2021/22"}),
        ("one of the two, no one, half", set(), {"2", "half"}),
        ("in 2019", {(2019, None, None)}, set()),
        ("16- and 17-year-olds, regulation 24", set(), {"16", "17", "24"}),
    ],
)
def test_figures_and_dates_have_one_form(text, days, numbers):
    assert dates(text) == days
    assert figures(text) == numbers


def test_a_date_covers_what_says_less():
    known = frozenset({(2022, 5, 6)})
    assert covers(known, (2022, None, None))
    assert covers(known, (None, 5, 6))
    assert not covers(known, (2022, 5, 7))
    assert not covers(frozenset({(2022, None, None)}), (2022, 5, None))
