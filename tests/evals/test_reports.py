import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
import pytrec_eval

from evals.compare import compare
from evals.report.files import write_reports
from evals.report.markdown import readme_table
from evals.run.generate import Options, generate
from evals.scores import score


@pytest.fixture
def scores(suite, parts, tmp_path):
    return score(generate(suite, parts, tmp_path / "run", Options()))


@pytest.fixture
def written(scores, tmp_path):
    return write_reports(scores, tmp_path / "out", compare(scores, scores))


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.marked, self._in_mark = [], [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self._in_mark = tag == "mark"

    def handle_data(self, data):
        if self._in_mark:
            self.marked.append(data)
        self._in_mark = False


def test_the_page_is_self_contained_and_escapes_what_was_asked_and_said(written):
    text = written["html"].read_text()
    page = Tags(text)
    assert page.tags.count("script") == 1
    assert not [v for k, v in page.attributes if k in {"src", "href", "srcset"} or k[:2] == "on"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;b&gt;newest&lt;/b&gt;" in text
    assert not re.search(r"https?://(?!www\.w3\.org)", text)


def test_the_page_marks_the_gold_in_what_was_retrieved(written):
    marked = Tags(written["html"].read_text()).marked
    assert "Most social workers say that their caseloads are manageable." in marked


def test_every_question_has_its_category_and_outcome_to_filter_by(written, scores):
    found = re.findall(
        r'data-category="([^"]+)" data-outcome="([^"]+)"', written["html"].read_text()
    )
    assert found == [(s.judged.question.category, s.outcome.value) for s in scores.questions]


def test_trec_files_give_trec_eval_our_figures(written, scores):
    qrels, run = {}, {}
    for line in written["trec_qrels"].read_text().splitlines():
        topic, _, unit, grade = line.split()
        qrels.setdefault(topic, {})[unit] = int(grade)
    for line in written["trec_run"].read_text().splitlines():
        topic, _, unit, _, value, _ = line.split()
        run.setdefault(topic, {})[unit] = float(value)
    measures = {"recip_rank", "ndcg_cut_10", "success_5"}
    found = pytrec_eval.RelevanceEvaluator(qrels, measures).evaluate(run)
    for measure, name in (
        ("recip_rank", "mrr"),
        ("ndcg_cut_10", "ndcg@10"),
        ("success_5", "hit@5"),
    ):
        mean = sum(topic[measure] for topic in found.values()) / len(found)
        assert scores.figure(name).interval.mean == pytest.approx(mean, abs=1e-6)


def test_junit_counts_what_went_wrong_and_is_xml_whatever_was_asked(parts, write, tmp_path):
    path = write(
        {"id": "a", "question": "explode \x1b\x00 \ud800", "kind": "k"},
        {"id": "b", "question": "adoption", "kind": "k", "status": "invalid"},
        {"id": "c", "question": "adoption", "kind": "k"},
    )
    scores = score(generate(path, parts, tmp_path / "run", Options()))
    root = ET.fromstring(write_reports(scores, tmp_path / "out")["junit"].read_bytes())
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "1")
    assert [[child.tag for child in case] for case in root] == [["error"], ["failure"], []]


def test_the_readme_table_has_a_row_a_headline_metric(scores):
    lines = readme_table([("dev", scores), ("test | frozen", scores)]).splitlines()
    assert lines[0] == "| metric | dev | test \\| frozen |"
    hit = next(line for line in lines if line.startswith("| hit@5 "))
    assert hit.count("1.00 (1.00–1.00)") == 2


def test_markdown_holds_the_figures_and_the_verdict(written):
    text = written["markdown"].read_text()
    assert "| hit@5 | 1.000 |" in text
    assert text.rstrip().endswith("No regression.")
