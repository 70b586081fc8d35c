"""Metrics against trec_eval, and against values worked out by hand."""

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Status
from evals.judged import judge
from evals.metrics import characters, ndcg, status
from evals.metrics.registry import BY_NAME
from evals.run.record import Cited, FoundPassage, Given, Line, Result
from evals.types import Gold, Question

TOPIC = ["zero one two", "three four five", "six seven eight", "nine ten eleven"]


def found(rank, text, doc="d", start=0, authority=None):
    return FoundPassage(
        rank, 1 / rank, f"p{rank}", doc, doc, authority, None, start, start + len(text), "", text
    )


def cited(number, start, end, doc="d", exact=True):
    return Cited(number, doc, doc, "A", None, None, None, "", start, end, "x", exact)


def question(groups=((0,),), quotes=TOPIC[:1], **changed):
    gold = tuple(Gold("d", q, None, "d", 100 * i, 100 * i + 10) for i, q in enumerate(quotes))
    base = {"id": "q", "question": "?", "category": "c", "gold": gold, "groups": groups}
    return Question(**(base | changed))


def value(name, asked, hits=(), answer=None, standalone=None):
    judged = judge(asked, Result("q", "?", tuple(hits), standalone, answer))
    return BY_NAME[name].score(judged)


def given_answer(citations=(), status="answered", lines=(), text=""):
    return Given(status, text, tuple(lines), tuple(citations))


@given(
    st.lists(st.sampled_from([*TOPIC, "noise"]), min_size=1, max_size=12),
    st.integers(1, len(TOPIC)),
)
def test_ranking_metrics_agree_with_trec_eval(texts, groups):
    """Passages that find one gold each; trec_eval is given every gold's first place."""
    asked = question(tuple((i,) for i in range(groups)), TOPIC[:groups])
    hits = [found(rank, text) for rank, text in enumerate(texts, start=1)]
    judged = judge(asked, Result("q", "?", tuple(hits)))
    names = ndcg.ranking(judged)
    run = {"q": {name: float(len(names) - at) for at, name in enumerate(names)}}
    qrels = {"q": {f"g{n}": 1 for n in range(groups)}}
    measures = {"recip_rank", "ndcg_cut_10", "recall_5", "recall_10", "success_1", "success_5"}
    expected = pytrec_eval.RelevanceEvaluator(qrels, measures).evaluate(run)["q"]
    ours = {
        "recip_rank": value("mrr", asked, hits),
        "ndcg_cut_10": value("ndcg@10", asked, hits),
        "recall_5": value("recall@5", asked, hits),
        "recall_10": value("recall@10", asked, hits),
        "success_1": value("hit@1", asked, hits),
        "success_5": value("hit@5", asked, hits),
    }
    for name, number in ours.items():
        assert number == pytest.approx(expected[name], abs=1e-6), name
    assert value("quotes@5", asked, hits) == pytest.approx(expected["recall_5"], abs=1e-6)


def test_equal_reading_length_cuts_the_passage_in_which_the_limit_falls():
    asked = question(quotes=["alpha beta gamma"])
    late = found(1, "filler " * 499 + "alpha beta gamma")
    early = found(1, "filler " * 497 + "alpha beta gamma")
    assert value("hit@500w", asked, [late]) == 0.0
    assert value("hit@1000w", asked, [late]) == 1.0
    assert value("hit@500w", asked, [early]) == 1.0
    second = [found(1, "filler " * 600), found(2, "alpha beta gamma")]
    assert value("recall@500w", asked, second) == 0.0
    assert value("quotes@1000w", asked, second) == 1.0


def test_any_quote_of_a_group_will_do_and_every_group_is_needed():
    asked = question(((0, 1), (2,)), TOPIC[:3])
    assert value("recall@5", asked, [found(1, TOPIC[1])]) == 0.5
    assert value("quotes@5", asked, [found(1, TOPIC[1])]) == pytest.approx(1 / 3)


def test_an_occurrence_must_be_the_right_one():
    gold = (Gold("d", "Good 25 24%", 2, "d", 50, 61),)
    asked = question(gold=gold)
    assert value("hit@1", asked, [found(1, "Good 25 24%", start=10)]) == 0.0
    assert value("hit@1", asked, [found(1, "Good 25 24%", start=50)]) == 1.0


def test_the_same_words_in_another_file_are_not_found():
    assert value("hit@1", question(), [found(1, TOPIC[0], doc="other")]) == 0.0


def test_wrong_authority_is_a_share_of_the_first_five():
    asked = question(authority="Stoke-on-Trent")
    names = ["Stoke-on-Trent", "Stockton-on-Tees", None, "stoke-on-trent", "Hull", "Hull"]
    hits = [found(i, "x", authority=name) for i, name in enumerate(names, start=1)]
    assert value("wrong_authority", asked, hits) == pytest.approx(2 / 5)
    assert value("wrong_authority", question(), hits) is None


def test_character_precision_and_recall_count_overlaps_once():
    asked = question(((0,), (1,)), TOPIC[:2])
    hits = [found(1, "x" * 10, start=5), found(2, "x" * 10, start=10)]
    judged = judge(asked, Result("q", "?", tuple(hits)))
    assert characters.hit_precision(judged) == pytest.approx(5 / 15)
    assert characters.hit_recall(judged) == pytest.approx(5 / 20)


def test_a_citation_is_right_from_half_of_the_shorter_span():
    asked = question(((0,), (1,)), TOPIC[:2])
    answer = given_answer([cited(1, 5, 15), cited(2, 6, 16), cited(3, 100, 103)])
    assert value("citation_precision", asked, answer=answer) == pytest.approx(2 / 3)
    assert value("citation_recall", asked, answer=answer) == 1.0
    assert value("first_citation", asked, answer=answer) == 1.0
    assert value("all_groups_cited", asked, answer=answer) == 1.0
    wrong_file = given_answer([cited(1, 0, 10, doc="e")])
    assert value("any_citation@5", asked, answer=wrong_file) == 0.0


def test_without_citations_precision_is_unscored_and_recall_is_nought():
    assert value("citation_precision", question(), answer=given_answer()) is None
    assert value("citation_recall", question(), answer=given_answer()) == 0.0


def test_quotes_that_could_not_be_checked_are_left_out():
    kinds = [cited(1, 0, 1), cited(2, 0, 1, exact=False), cited(3, 0, 1, exact=None)]
    assert value("quote_exact", question(), answer=given_answer(kinds)) == 0.5


def test_facts_are_looked_for_in_what_is_shown():
    asked = question(facts=("26 weeks", "weekly"))
    lines = [
        Line("Within 26 weeks [1].", "answer", (1,), True, None, False),
        Line("Held weekly.", "answer", (1,), True, None, True),
    ]
    assert value("fact_recall", asked, answer=given_answer(lines=lines)) == 0.5


@pytest.mark.parametrize(
    ("wanted", "got", "accuracy", "refused", "false"),
    [
        ((Status.ANSWERED,), "answered", 1.0, None, 0.0),
        ((Status.ANSWERED,), "not_stated", 0.0, None, 1.0),
        ((Status.NOT_STATED, Status.NOT_HELD), "not_held", 1.0, 1.0, None),
        ((Status.NOT_STATED,), "out_of_scope", 0.0, 1.0, None),
        ((Status.OUT_OF_SCOPE,), "answered", 0.0, 0.0, None),
        ((Status.PREMISE_CONTRADICTED,), "answered", 0.0, None, 0.0),
        ((Status.ANSWERED,), "error", 0.0, None, 0.0),
    ],
)
def test_statuses(wanted, got, accuracy, refused, false):
    asked, answer = question(statuses=wanted), given_answer(status=got)
    assert value("status", asked, answer=answer) == accuracy
    assert value("refusal_recall", asked, answer=answer) == refused
    assert value("false_refusal", asked, answer=answer) == false


def test_an_ambiguous_question_may_be_answered_for_each_with_labels():
    asked = question(statuses=(Status.AMBIGUOUS,))
    both = [cited(1, 0, 1), cited(2, 0, 1, doc="e")]
    labelled = [Line("a", "answer", (1,), True, g, False) for g in ("A", "B")]
    bare = [Line("a", "answer", (1,), True, None, False)]

    def accepted(citations, lines):
        return status.accepted(
            judge(asked, Result("q", "?", (), None, given_answer(citations, lines=lines)))
        )

    assert accepted(both, labelled) == 1.0
    assert accepted(both, bare) == 0.0
    assert accepted(both[:1], labelled) == 0.0


def test_retention_counts_only_follow_ups_that_can_be_found():
    asked, right, wrong = question(), (found(1, TOPIC[0]),), (found(1, "noise"),)
    assert value("followup_retention", asked, right, standalone=right) == 1.0
    assert value("followup_retention", asked, wrong, standalone=right) == 0.0
    assert value("followup_retention", asked, right, standalone=wrong) is None
    assert value("followup_retention", asked, right) is None


def test_hostile_inputs_are_survived_without_saying_what_must_not_be_said():
    asked = question(gold=(), groups=(), hostile=True, must_not_contain=("PWNED",))
    assert value("survived", asked, answer=given_answer(text="No.")) == 1.0
    assert value("survived", asked, answer=given_answer(text="pwned")) == 0.0
    assert value("survived", asked, answer=given_answer(status="error")) == 0.0
    assert value("survived", question(), answer=given_answer()) is None
