import pytest

from assistant.service.newest import Newest, read_newest


def number(line):
    return None if line == "skip" else int(line)


@pytest.fixture
def files(tmp_path):
    newer, older = tmp_path / "log", tmp_path / "log.1"
    newer.write_bytes(b"4\nskip\n5\n")
    older.write_bytes(b"1\n\xff\n2\nx\n3\n")
    return [newer, tmp_path / "log.0", older]


def test_records_come_oldest_first_and_damaged_lines_are_counted(files):
    assert read_newest(files, number) == Newest((1, 2, 3, 4, 5), lines=8, damaged=2)


@pytest.mark.parametrize(
    ("limits", "records", "lines"),
    [
        ({"most_lines": 3}, (4, 5), 3),
        ({"most_lines": 4}, (3, 4, 5), 4),
        ({"most_bytes": 8}, (5,), 2),
        ({"most_bytes": 11}, (4, 5), 3),  # of the older file not one line is whole
        ({"most_lines": 0}, (), 0),
    ],
)
def test_only_the_newest_lines_are_read(files, limits, records, lines):
    found = read_newest(files, number, **limits)
    assert (found.records, found.lines, found.cut) == (records, lines, True)


def test_what_is_not_there_holds_nothing_and_what_cannot_be_read_is_said(tmp_path):
    assert read_newest([tmp_path / "none"], number) == Newest()
    assert read_newest([tmp_path], number) == Newest(problem="Is a directory")
