"""A grade that a person gave beside a report is told as such, wherever a grade is told."""

import pytest

from assistant.facts import Corpus
from assistant.facts.brief import brief
from assistant.facts.changes import changes
from assistant.facts.compare import compare
from assistant.facts.counts import counted
from assistant.facts.grades import graded
from assistant.facts.timeline import timeline
from assistant.facts.view import CORRECTED
from index import models
from index.identity.metadata_csv import put_row
from index.query.understand import understand
from index.store.collection import Collection
from tests.fakes import builder

FRONT = """Inspection of {place} local authority children’s services
Inspection dates: {days}
Lead inspector: Claire Beckingham, HMI

Judgement Grade
The impact of leaders on social work practice with children and families Good
The experiences and progress of children who need help and protection Good
The experiences and progress of children in care Good
Overall effectiveness Inadequate

The service has many strengths. Social workers know their children well.
"""
REPORTS = {
    "old.txt": FRONT.format(place="Leeds", days="5 December to 16 December 2016"),
    "new.txt": FRONT.format(place="Leeds", days="6 December to 17 December 2021"),
    "kent.txt": FRONT.format(place="Kent", days="6 December to 17 December 2021"),
}
ROW = {"overall_effectiveness": "outstanding", "care_leavers": "good",
       "corrected": "overall_effectiveness care_leavers"}  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("given")
    files = folder / "files"
    files.mkdir()
    for name, text in REPORTS.items():
        (files / name).write_text(text, encoding="utf-8")
    put_row(files / "metadata.csv", "new.txt", ROW)
    builder(folder / "index").build([files])
    return Corpus(Collection(folder / "index"), models.trained_reader())


def texts(view):
    cells = [cell.text for table in view.tables for row in table.rows for cell in row]
    return "\n".join([*cells, *(one.text for one in view.draft.sentences)])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda corpus: timeline("Leeds", corpus), "outstanding (given by hand)"),
        (lambda corpus: timeline("Leeds", corpus), "Care leavers: good (given by hand)"),
        (lambda corpus: changes("Leeds", corpus), "outstanding (given by hand)"),
        (lambda corpus: compare(["Leeds", "Kent"], corpus), "outstanding (6 to 17 December 2021, "
                                                            "given by hand)"),
        (lambda corpus: compare(["Leeds", "Kent"], corpus), "Care leavers: good (given by hand)"),
        (lambda corpus: brief("Leeds", corpus), "outstanding (given by hand)"),
    ],
    ids=["timeline", "added", "changes", "compare", "others", "brief"],
)  # fmt: skip
def test_every_view_says_so_and_what_it_means(corpus, make, said):
    view = make(corpus)
    assert said in texts(view)
    assert CORRECTED in view.notes


@pytest.mark.parametrize(
    ("answers", "question", "said"),
    [
        (graded, "What overall grade was Leeds given in 2021?", "outstanding (given by hand)"),
        (graded, "What grade did Leeds get for care leavers in 2021?", "good (given by hand)"),
        (counted, "Which councils were rated outstanding overall?", "outstanding (given by hand)"),
    ],
)
def test_answers_say_so(corpus, answers, question, said):
    query = understand(question, corpus.collection.identities())
    answer = answers(query, corpus)
    assert said in "\n".join(one.text for one in answer.draft.sentences)
