import logging
from datetime import datetime

import pytest

from assistant.service import audit
from assistant.service.audit import Audit, audit_files, keep_audit
from assistant.service.audit_log import read_audit
from index.errors import UsageError
from tests.web_fakes import HOSTILE


@pytest.fixture
def kept(tmp_path, monkeypatch):
    logger = logging.getLogger("assistant.audit")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "propagate", True)
    monkeypatch.setattr(logger, "level", logging.INFO)
    keep_audit(tmp_path)
    yield tmp_path
    logger.handlers[0].close()


def note(question, status="answered", text=True, who="O'Brien"):
    with Audit(text).noting(who, question) as outcome:
        outcome.status = status


@pytest.mark.parametrize(
    "question", ["How many?", HOSTILE, "a\n\u2028\x00b", 'it\'s "so"', "ends with \\", "Gŵyl 😀"]
)
def test_what_was_noted_is_read_back(kept, question):
    note(question, "not_held")
    Audit().note_document("ann", "added", "0" * 16)
    note(question, text=False)
    found = read_audit(kept)
    assert [(one.status, one.question) for one in found.records] == [
        ("not_held", question),
        ("answered", None),
    ]
    assert all(0 <= one.ms < 60_000 for one in found.records)
    assert abs((datetime.now().astimezone() - found.records[0].at).total_seconds()) < 60
    assert (found.lines, found.damaged, found.cut) == (3, 0, False)


def test_lines_of_files_that_were_set_aside_come_before_the_newest(kept, monkeypatch):
    handler, *_ = logging.getLogger("assistant.audit").handlers
    note("first")
    handler.doRollover()
    note("second")
    handler.doRollover()
    note("third")
    assert [path.name for path in audit_files(kept)][:2] == [audit.NAME, f"{audit.NAME}.1"]
    assert [one.question for one in read_audit(kept).records] == ["first", "second", "third"]


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-26 12:00:00,000 asked who='a' status=answered cit",
        "2026-13-26 12:00:00,000 asked who='a' status=answered cited=1 ms=5",
        "2026-11-26 12:00:00,000 asked who='a' status=answered cited=1 ms=5 question='\\x'",
        "2026-11-26 12:00:00,000 asked who='a' status=answered cited=1 ms=5 question='a'b'",
    ],
)
def test_a_damaged_line_is_counted(kept, line):
    with (kept / audit.NAME).open("a") as file:
        file.write(f"{line}\n")
    note("whole")
    found = read_audit(kept)
    assert ([one.question for one in found.records], found.damaged) == (["whole"], 1)


def test_a_folder_in_which_nothing_can_be_kept_names_its_setting(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match="with ASSISTANT_KEPT"):
        keep_audit(tmp_path / "file" / "kept")
