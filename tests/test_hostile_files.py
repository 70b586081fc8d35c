from tests.hostile_files import DAMAGES, bases, damaged, read


def test_damaged_files_are_read_or_refused_and_the_next_is_read(tmp_path):
    outcomes, bad, _ = read(damaged(len(DAMAGES) * len(bases())), tmp_path)
    assert bad == []
    assert outcomes["read"] > 5
    assert outcomes["refused"] > 5
