"""All metrics, in the order in which they are reported."""

from __future__ import annotations

from evals.metrics import (
    authority,
    characters,
    citations,
    cost,
    followup,
    hit,
    mrr,
    ndcg,
    quotes,
    recall,
    required_facts,
    safety,
    status,
)
from evals.metrics.metric import Metric

RETRIEVAL = (
    Metric("hit@1", "gold in the first passage", hit.hit_at(1)),
    Metric("hit@5", "gold in the first 5 passages", hit.hit_at(5), gate=True),
    Metric("hit@10", "gold in the first 10 passages", hit.hit_at(10)),
    Metric("hit@500w", "gold in the first 500 words shown", hit.hit_within(500)),
    Metric("hit@1000w", "gold in the first 1,000 words shown", hit.hit_within(1000)),
    Metric("mrr", "mean reciprocal rank", mrr.reciprocal_rank, gate=True),
    Metric("ndcg@10", "nDCG of gold groups at 10", ndcg.ndcg),
    Metric("recall@5", "gold groups in the first 5 passages", recall.groups_at(5), gate=True),
    Metric("recall@10", "gold groups in the first 10 passages", recall.groups_at(10)),
    Metric("recall@500w", "gold groups in 500 words", recall.groups_within(500)),
    Metric("recall@1000w", "gold groups in 1,000 words", recall.groups_within(1000)),
    Metric("quotes@5", "gold quotes in the first 5 passages", recall.quotes_at(5)),
    Metric("quotes@10", "gold quotes in the first 10 passages", recall.quotes_at(10)),
    Metric("quotes@500w", "gold quotes in 500 words", recall.quotes_within(500)),
    Metric("quotes@1000w", "gold quotes in 1,000 words", recall.quotes_within(1000)),
    Metric(
        "wrong_authority",
        "first 5 passages from another authority",
        authority.wrong_authority,
        "lower",
        gate=True,
    ),
    Metric("char_precision@5", "characters of 5 passages that are gold", characters.hit_precision),
    Metric("char_recall@5", "gold characters in 5 passages", characters.hit_recall),
    Metric("followup_retention", "follow-ups still found in conversation", followup.retention),
)

ANSWERS = (
    Metric("status", "acceptable status", status.accepted, gate=True),
    Metric("refusal_recall", "refused when it must be", status.refusal_recall, gate=True),
    Metric(
        "false_refusal", "refused when it must not be", status.false_refusal, "lower", gate=True
    ),
    Metric("citation_precision", "citations that are right", citations.precision, gate=True),
    Metric("citation_recall", "gold groups cited", citations.recall, gate=True),
    Metric("first_citation", "first citation right", citations.first_right),
    Metric("any_citation@5", "gold in the first 5 citations", citations.any_in_first, gate=True),
    Metric("all_groups_cited", "every gold group cited", citations.all_groups),
    Metric("cited_char_precision", "cited characters that are gold", characters.citation_precision),
    Metric("cited_char_recall", "gold characters cited", characters.citation_recall),
    Metric("quote_exact", "quotes exactly as in the file", quotes.exactness, gate=True),
    Metric("fact_recall", "required facts stated", required_facts.fact_recall, gate=True),
    Metric("survived", "hostile inputs survived", safety.survived, gate=True),
    Metric("answer_words", "words shown an answer", required_facts.answer_words, None, share=False),
    Metric("tokens", "tokens a question", cost.tokens, None, share=False),
    Metric("cost_usd", "US dollars a question", cost.cost_usd, None, share=False),
)

ALL = RETRIEVAL + ANSWERS

BY_NAME = {metric.name: metric for metric in ALL}
