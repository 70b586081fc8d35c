from assistant.rendering.grammar import count, listed


def test_lists_and_counts_read_as_english():
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(["A", "B", "C"], "or") == "A, B or C"
    assert listed(["A"]) == "A"
    assert count(1, "authority", "authorities") == "1 authority"
    assert count(1200, "quote") == "1,200 quotes"
