"""Serves the page over the shipped documents and the real answerer: ``serve_real.py PORT``."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("OMP_NUM_THREADS", "1")  # as ``assistant chat`` does

from assistant.auth.rate_limit import RateLimit
from assistant.compose import serving_assistant, warm
from assistant.facts.edges import open_corpus
from assistant.service.audit import Audit
from assistant.service.index_writer import index_writer
from assistant.settings import Settings, seeds_folder
from assistant.web.app import build_app, serve
from assistant.web.batches import open_adding
from assistant.web.parts import WebParts
from index.compose import builder
from tests.e2e.serve_fake import announce

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        builder(index).build([seeds_folder()])
        settings = Settings(index=index, model=None)
        made = serving_assistant(settings)
        warm(made.extractive)
        parts = WebParts(
            made.extractive,
            made.collection,
            turns=made.turns,
            limit=RateLimit(0),
            corpus=lambda: open_corpus(made.collection),
            count=made.count,
            adding=open_adding(settings, index_writer(settings, made), None, Audit()),
        )
        serve(build_app(parts), port=int(sys.argv[1]), ready=announce)
