"""The import rules of the layout, by walking syntax trees; and what importing costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import index

ROOT = Path(__file__).parents[1]
PACKAGES = ("index", "assistant", "evals")
MODELS = {"sentence_transformers", "onnxruntime", "tokenizers"}
SLOW = {"torch", "transformers", "faiss", "litellm", "gradio", "tiktoken", *MODELS}
EDGES = {"cli", "web", "http", "mcp", "adapters"}
BORROWED = {"cli": EDGES, "web": {"http"}, "http": {"mcp"}}
"""Edges that another stands on: commands start servers, the page's server carries programs too."""
PRINTERS = ("assistant/cli", "assistant/web/app.py", "evals/cli", "evals/report/terminal.py")


def sources():
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def imports(path, top_level_only=False):
    """Dotted names of what a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tops(path, **how):
    return {name.split(".")[0] for name in imports(path, **how)}


def importers(library):
    return [name_of(path) for path in sources() if library in tops(path)]


def test_no_relative_imports():
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        levels = [node.level for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not any(levels), name_of(path)


def test_index_knows_neither_answers_nor_evals():
    for path in sources():
        if name_of(path).startswith("index/"):
            assert tops(path).isdisjoint({"assistant", "evals"}), name_of(path)


def test_edges_are_imported_by_no_one_but_edges_that_stand_on_them():
    for path in sources():
        folder = name_of(path).split("/")
        if folder[0] == "assistant":
            edges = {name.split(".")[1] for name in imports(path) if name.startswith("assistant.")}
            own = BORROWED.get(folder[1], set()) | {folder[1]}
            assert (edges & EDGES) <= own, name_of(path)


@pytest.mark.parametrize(
    ("half", "whole"),
    [
        ("index", {"ports", "errors", "compose", "index"}),
        ("assistant", {"types", "ports", "errors", "schema", "settings", "compose"}),
    ],
)
def test_no_module_stands_without_a_home(half, whole):
    assert {path.stem for path in (ROOT / half).glob("*.py")} == {"__init__", *whole}


def test_only_the_command_line_runs_evals():
    found = [name for name in importers("evals") if name.startswith("assistant/")]
    assert all(name.startswith("assistant/cli") for name in found), found


@pytest.mark.parametrize(
    "name",
    [
        *(f"index/types/{name}.py" for name in ("__init__", "document", "identity", "query")),
        "index/ports.py",
        "index/errors.py",
        "assistant/types.py",
        "assistant/ports.py",
        "assistant/errors.py",
    ],
)
def test_types_and_errors_rest_on_nothing_else(name):
    allowed = {
        "numpy",
        "index.types",
        "index.errors",
        "index.ports",
        "assistant.types",
        "assistant.ports",
    }
    for module in imports(ROOT / name):
        top = module.split(".")[0]
        known = top in sys.stdlib_module_names or top == "numpy"
        assert known or any(module == a or module.startswith(f"{a}.") for a in allowed), module


def test_types_are_imported_from_their_package():
    for path in sources():
        if not name_of(path).startswith("index/types/"):
            assert not [n for n in imports(path) if n.startswith("index.types.") and n.islower()]


@pytest.mark.parametrize("library", sorted(MODELS))
def test_model_libraries_stay_with_the_models(library):
    # evals/reading trains the reader's weights, in its own environment; the product runs them
    # through index/models.
    found = importers(library)
    assert all(name.startswith(("index/models/", "evals/reading/")) for name in found), found


@pytest.mark.parametrize("library", ["faiss", "tiktoken", "litellm"])
def test_one_module_a_library(library):
    assert len(importers(library)) <= 1, importers(library)


def test_gradio_stays_in_the_web_page():
    found = importers("gradio")
    assert all(name.startswith("assistant/web/") for name in found), found


def test_only_settings_read_the_environment():
    for path in sources():
        if name_of(path) == "assistant/settings.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                assert _sets(tree, node), f"{name_of(path)}:{node.lineno} reads the environment"


def _sets(tree, environ):
    """Whether ``os.environ`` is only written to: setdefault, update, or an item assigned."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.value is environ:
            return node.attr in ("setdefault", "update")
        if isinstance(node, ast.Subscript) and node.value is environ:
            return isinstance(node.ctx, ast.Store)
    return False


def test_only_edges_print():
    for path in sources():
        if name_of(path).startswith(PRINTERS) or "__main__" in path.read_text(encoding="utf-8"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            prints = isinstance(called, ast.Name) and called.id == "print"
            assert not prints, f"{name_of(path)}:{node.lineno} prints"


def test_nothing_is_pickled():
    for path in sources():
        assert tops(path).isdisjoint({"pickle", "dill", "joblib", "shelve"}), name_of(path)


def test_public_names_exist():
    assert sorted(index.__all__) == [
        "Document",
        "Filters",
        "Hit",
        "Identity",
        "Index",
        "Passage",
        "Query",
        "Results",
    ]
    for name in index.__all__:
        assert getattr(index, name).__doc__


@pytest.mark.parametrize("module", ["index", "assistant.settings"])
def test_importing_loads_no_model_library(module):
    code = (
        f"import time; begun = time.process_time(); import {module}, sys;"
        "print(time.process_time() - begun, *sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    cpu_s, *loaded = ran.stdout.split()
    assert {name.split(".")[0] for name in loaded}.isdisjoint(SLOW)
    assert float(cpu_s) < 0.5, "it loads something heavy"


def test_a_search_needs_no_torch():
    code = (
        "import sys, index.compose, index.retrieval.retriever; from index import models;"
        "models.embedder('bge-small'), models.token_encoder(), models.trained_reader();"
        "print('torch' in sys.modules, 'sentence_transformers' in sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == ["False", "False"]
