"""Serves the page with an administrator's over logs of a month: ``serve_admin.py PORT [empty]``."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.service.audit import Audit, keep_audit
from assistant.web.app import build_app, serve
from assistant.web.parts import WebParts
from index.store.manifest import Problem
from tests.admin_place import administration, asked, verdict, write
from tests.e2e.serve_fake import announce
from tests.web_fakes import HOSTILE, FakeAnswerer, seed_store

QUESTIONS = [
    *(
        asked(ms=400 + 90 * n, days_ago=29 - n % 30, question="Are caseloads manageable?")
        for n in range(90)
    ),
    asked("not_stated", question="What is the budget of Stockton?", days_ago=2),
    asked("failed", question=HOSTILE),
    asked("partial", 14_000),
    asked("searched", 40),
    "what a full disk left of a li",
]
VERDICTS = [
    verdict(days_ago=3),
    verdict(False, "How many inspectors came to Stoke?", reason="Something is missing"),
]

if __name__ == "__main__":
    empty = "empty" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        kept, store = Path(folder), seed_store()
        if not empty:
            write(kept, QUESTIONS, VERDICTS)
        keep_audit(kept)
        left_out = (Problem("scanned.pdf", "it holds no text: it may be a scan"),)
        parts = WebParts(
            answerer=FakeAnswerer(store),
            store=store,
            problems=lambda: () if empty else left_out,
            audit=Audit(text=True),
            administration=administration(kept, text=not empty),
        )
        serve(build_app(parts), port=int(sys.argv[1]), ready=announce)
