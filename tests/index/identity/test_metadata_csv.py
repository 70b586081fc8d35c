"""metadata.csv in the forms in which spreadsheets save it."""

from datetime import date

import pytest

from index.building.plan import Quiet, scan
from index.errors import LoadError, UsageError
from index.identity.metadata_csv import put_row, sidecar_rows, unknown_columns
from index.identity.sidecar import Sidecar

ROWS = "Source;Authority;Visit start\na.txt;Kent;31/01/2022\n"


@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode("cp1252"),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("utf-16"),
        ROWS.replace(";", ",").encode(),
        ROWS.replace(";", "\t").encode(),
        ("sep=;\n" + ROWS).encode(),
        ROWS.replace("\n", "\r\n").encode(),
    ],
)
def test_every_form_gives_the_same_rows(tmp_path, data):
    (tmp_path / "metadata.csv").write_bytes(data)
    rows = sidecar_rows(tmp_path / "metadata.csv")
    assert rows == {"a.txt": {"source": "a.txt", "authority": "Kent", "visit_start": "31/01/2022"}}


@pytest.mark.parametrize("written", ["2022-01-31", "31/01/2022", "31 January 2022", "31.1.2022",
                                     "2022-01-31 00:00:00"])  # fmt: skip
def test_days_are_read_as_staff_write_them(written):
    assert Sidecar("a.txt", {"published": written}).date("published").value == date(2022, 1, 31)


@pytest.mark.parametrize("written", ["January 2022", "1 to 3 May 2022", "1 May 2022 or so", "x"])
def test_what_is_no_day_is_named(written):
    with pytest.raises(LoadError, match=f"gives published as “{written}”"):
        Sidecar("a.txt", {"published": written}).date("published")


def test_columns_that_mean_nothing_are_named(tmp_path):
    (tmp_path / "a.txt").write_text("A letter.", encoding="utf-8")
    path = tmp_path / "metadata.csv"
    path.write_text("source,autority\na.txt,Kent\n", encoding="utf-8")
    assert unknown_columns(path) == ["autority"]
    _, problems = scan([tmp_path], Quiet())
    (reason,) = [problem.reason for problem in problems]
    assert reason.startswith(f"{path}: the column 'autority' is not used; known are source, title,")
    assert ", overall_effectiveness, " in reason


def test_a_row_corrects_columns_that_there_are_alone():
    said = "a.txt: metadata.csv, column corrected: “autority” is no column; use title, issuer, "
    with pytest.raises(LoadError, match=said):
        Sidecar("a.txt", {"authority": "Kent", "corrected": "autority"})


@pytest.mark.parametrize("data", [b"file,authority\na,b\n", b"", b"\x00\x01\x02" * 99])
def test_what_is_no_such_table_is_one_error(tmp_path, data):
    (tmp_path / "metadata.csv").write_bytes(data)
    with pytest.raises(UsageError, match="it needs a header line with a column 'source'"):
        sidecar_rows(tmp_path / "metadata.csv")


def test_a_row_is_written_beside_the_others_and_taken_out_again(tmp_path):
    path = tmp_path / "metadata.csv"
    path.write_bytes(ROWS.encode("cp1252"))
    row = {"authority": "Leeds", "corrected": "authority"}
    put_row(path, "b, c.txt", row)
    before = {"source": "a.txt", "authority": "Kent", "visit_start": "31/01/2022"}
    assert sidecar_rows(path) == {"a.txt": before, "b, c.txt": {**row, "source": "b, c.txt"}}
    assert unknown_columns(path) == []
    put_row(path, "b, c.txt", {})
    assert sidecar_rows(path) == {"a.txt": before}
    assert [one.name for one in tmp_path.iterdir()] == ["metadata.csv"]
