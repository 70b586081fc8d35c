"""What a citation of a written answer quotes, and what its sentence is checked with."""

import pytest

from assistant.evidence.quoting import with_what_it_leans_on
from assistant.llm.checks.support import chance
from assistant.llm.composing import _citation
from evals.reading import data
from evals.reading.study import _evidence

SAID = ("Work is done with some.", "However, this remains too inconsistent.", "Staff are glad.")
EVIDENCE = _evidence(
    data.Excerpt("e", "Leeds", "inspection report", "2024-05-01", "Findings", SAID)
)


class Needs:
    """Bears a claim out where the first sentence is cited."""

    def supports(self, claim, head, sentences, cited):
        return 0.9 if 0 in cited else 0.1


@pytest.mark.parametrize(("at", "quoted"), [(0, SAID[0]), (1, " ".join(SAID[:2])), (2, SAID[2])])
def test_a_citation_begins_with_what_its_sentence_leans_on(at, quoted):
    item = EVIDENCE[at]
    found = _citation(1, item, {})
    assert found.quote == quoted == item.passage.text[found.start : found.end]
    whole = with_what_it_leans_on(item.passage, item.sentence)
    assert " ".join(map(item.passage.text_of, whole)) == quoted


@pytest.mark.parametrize(("at", "likely"), [(0, 0.9), (1, 0.9), (2, 0.1)])
def test_what_leans_on_a_sentence_is_checked_with_it(at, likely):
    assert chance(Needs(), "It is not done with all.", [EVIDENCE[at]]) == likely
