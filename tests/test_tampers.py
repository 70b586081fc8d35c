from tests.tampers import passed


def test_no_tampered_answer_passes_for_true():
    names, count = passed()
    assert names == []
    assert count >= 80
