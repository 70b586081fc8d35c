import subprocess
import sys
from pathlib import Path

import pytest

from assistant.llm import prompts
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
