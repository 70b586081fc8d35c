"""What an administrator's page is made of, over logs written here."""

import json
import logging
from datetime import UTC, datetime, timedelta

from assistant.service import audit
from assistant.web.admin import Administration, IndexFacts
from assistant.web.feedback import NAME
from evals.feedback import drafts

FACTS = IndexFacts(
    documents=5,
    passages=110,
    models=(("Embedder", "bge-small"), ("Language model", "none: answers are quotes")),
    changed=datetime(2026, 11, 20, 9, 30).astimezone(),
    place="/srv/secret/index",
    roots=("/srv/secret/letters",),
)


def administration(kept, text=True, may=None):
    everyone = may is None
    return Administration(
        lambda: FACTS, kept, drafts, may or (lambda who: True), for_all=everyone, text=text
    )


def asked(status="answered", ms=1000, question=None, days_ago=0, who="ann"):
    """A line of the audit's log, as ``assistant.service.audit`` writes it."""
    text = f" question={question!r}" if question else ""
    at = datetime.now() - timedelta(days_ago)
    record = logging.LogRecord("assistant.audit", logging.INFO, "", 0, "", (), None)
    record.created = at.timestamp()
    record.msg = f"asked who={who!r} status={status} cited=1 ms={ms}{text}"
    return logging.Formatter("%(asctime)s %(message)s").format(record)


def verdict(useful=True, question="q", days_ago=0, **more):
    """A line of what readers said."""
    at = (datetime.now(UTC) - timedelta(days_ago)).isoformat(timespec="seconds")
    return json.dumps({"at": at, "useful": useful, "question": question, "cited": [], **more})


def write(kept, questions=(), verdicts=()):
    kept.mkdir(exist_ok=True)
    (kept / audit.NAME).write_text("".join(f"{line}\n" for line in questions))
    (kept / NAME).write_text("".join(f"{line}\n" for line in verdicts))
