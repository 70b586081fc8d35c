import numpy as np
import pytest

from evals.baseline import WORDS, Baseline, RawStore, baseline_of_folder
from evals.run.generate import Options, generate
from evals.scores import score


class Letters:
    """Embeds a text as its letter counts, so that nearness can be worked out by hand."""

    def embed_passages(self, texts, progress=None):
        rows = np.array([[t.count(c) for c in "abcdefgh"] for t in texts], dtype=np.float32)
        return rows / np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))

    embed_queries = embed_passages


def test_passages_are_150_words_and_slices_of_the_raw_text(parts):
    document = parts.store.document("id-stoke"[:7])
    from dataclasses import replace

    long = replace(document, text=" ".join(f"w{i}\n" for i in range(WORDS * 2 + 1)))
    found = RawStore((long,)).passages_of(long.doc_id)
    assert [len(p.text.split()) for p in found] == [WORDS, WORDS, 1]
    assert all(p.text == long.text[p.start : p.end] for p in found)


def test_hits_are_ordered_by_inner_product(parts):
    store = RawStore(tuple(parts.store.document(i.doc_id) for i in parts.store.identities()))
    hits = Baseline(store, Letters()).search("had a bad cab", k=2).hits
    query = Letters().embed_queries(["had a bad cab"])[0]
    texts = [p.text for i in store.identities() for p in store.passages_of(i.doc_id)]
    expected = sorted((Letters().embed_passages(texts) @ query).tolist(), reverse=True)
    assert [hit.score for hit in hits] == pytest.approx(expected[:2])
    assert [hit.rank for hit in hits] == [1, 2]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_real_baseline_on_the_sample_questions(shared, seeds, tmp_path):
    run = generate(
        shared / "questions" / "questions.jsonl", baseline_of_folder(seeds), tmp_path, Options()
    )
    scores = score(run)
    assert scores.figure("hit@5").interval.mean == pytest.approx(0.6, abs=0.1)
    assert scores.figure("mrr").interval.mean == pytest.approx(0.36, abs=0.1)
