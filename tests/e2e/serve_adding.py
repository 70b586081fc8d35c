"""Serves a small index that the page may add to, over stand-in models: ``serve_adding.py PORT``."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.web.app import build_app, serve
from tests.adding_place import Place
from tests.e2e.serve_fake import announce

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        serve(build_app(Place(Path(folder)).parts), port=int(sys.argv[1]), ready=announce)
