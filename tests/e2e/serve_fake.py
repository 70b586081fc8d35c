"""Serves the page over the fakes: ``serve_fake.py PORT [llm] [hostile] [login] [below]``."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.auth.accounts import Accounts, add_account
from assistant.auth.rate_limit import RateLimit
from assistant.web.app import build_app, serve
from assistant.web.conversations import Conversations
from assistant.web.feedback import NAME, Feedback
from assistant.web.login import PasswordAuth
from assistant.web.parts import WebParts
from index.store.manifest import Problem
from tests.stripping import ROOT, Stripping
from tests.web_fakes import FakeAnswerer, corpus, hostile_store, seed_store


def announce(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    store = hostile_store() if "hostile" in sys.argv else seed_store()
    llm = FakeAnswerer(store, 0.4, "fake/model") if "llm" in sys.argv else None
    kept = Path(tempfile.mkdtemp())
    login = "login" in sys.argv
    parts = WebParts(
        answerer=FakeAnswerer(store, 0.05),
        store=store,
        llm_answerer=llm,
        model_name="fake/model" if llm else None,
        model_place="http://127.0.0.1:1" if llm else None,
        conversations=Conversations(kept / "conversations.sqlite") if login else None,
        sign_out=login,
        feedback=Feedback(kept / NAME),
        problems=lambda: (Problem("scanned.pdf", "it holds no text: it may be a scan"),),
        limit=RateLimit(0),
        corpus=lambda: corpus(store),
    )
    auth = None
    if login:
        users = kept / "users"
        for name in ("ann", "bob"):
            add_account(users, name, "correct horse")
        auth = PasswordAuth(Accounts(users))
    below = "below" in sys.argv
    app = build_app(parts, auth, root=ROOT if below else "")
    if below:
        app.add_middleware(Stripping)
    serve(app, port=int(sys.argv[1]), ready=announce)
