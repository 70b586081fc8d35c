import hashlib
import json
import re
from pathlib import Path

import pytest

from index.errors import ModelUnavailable
from index.models import checker, heads, packaged, question_encoder, reader, weights

ROOT = Path(__file__).parents[2]
LOADED = {"model.onnx", "model.safetensors", "tokenizer.json"}


@pytest.fixture
def folder(tmp_path):
    """A copy of the smallest model of the table: our own projection."""
    source = ROOT / "index/data/colbert_projection.npy"
    (tmp_path / source.name).write_bytes(source.read_bytes())
    return tmp_path


def checked(folder):
    weights.check.cache_clear()
    weights.check(weights.PROJECTION, folder, folder / "cache" / "weights.json")


def test_every_weight_file_is_what_the_table_says():
    ours = {
        weights.PROJECTION: ROOT / "index/data",
        reader.NAME: reader.FOLDER,
        checker.NAME: checker.FOLDER,
        heads.NAME: heads.FILE.parent,
        question_encoder.NAME: question_encoder.FOLDER,
    }
    for row in weights.table():
        inside = ours[row.model] if row.model in ours else packaged.folder(row.model)
        data = (inside / row.file).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (row.size, row.sha256), row


def test_every_file_that_is_loaded_is_in_the_table():
    for name in packaged.NAMES:
        held = {p.name for p in packaged.folder(name).iterdir() if p.name in LOADED}
        assert held == {r.file for r in weights.table() if r.model == name} & LOADED


def test_the_document_and_the_docstring_show_the_same_table():
    page = (ROOT / "docs/supply-chain.md").read_text("utf-8")
    for row in weights.table():
        assert f"| `{row.file}` | `{row.sha256}` | {row.size:,} |" in page, row
        assert f"| {row.model} | {row.package or 'this project'} | {row.upstream} |" in page
    said = re.findall(r"^\| (\S+) \| (\S+) (\S+) \| ([^,]+), .* \| (\S+) \|$",
                      packaged.__doc__, re.MULTILINE)  # fmt: skip
    assert {(n, f"{p}=={v}", u, li) for n, p, v, u, li in said} == {
        (r.model, r.package, r.upstream, r.licence)
        for r in weights.table()
        if r.model in packaged.NAMES
    }


def test_another_file_is_refused_by_name_with_both_checksums(folder):
    path = folder / "colbert_projection.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    (row,) = (row for row in weights.table() if row.model == weights.PROJECTION)
    with pytest.raises(ModelUnavailable) as raised:
        checked(folder)
    for said in (str(path), found, row.sha256, "pip install --force-reinstall"):
        assert said in str(raised.value)


def test_a_missing_file_is_named(folder):
    (folder / "colbert_projection.npy").unlink()
    with pytest.raises(ModelUnavailable, match=r"colbert_projection.npy is missing: put it back"):
        checked(folder)


def test_a_file_is_hashed_once_and_again_when_it_changes(folder, monkeypatch):
    hashed, hash_one = [], weights._hash
    monkeypatch.setattr(weights, "_hash", lambda *a: (hashed.append(a[1].name), hash_one(*a)))
    checked(folder)
    checked(folder)
    assert hashed == ["colbert_projection.npy"]
    path = folder / "colbert_projection.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelUnavailable):
        checked(folder)
    with pytest.raises(ModelUnavailable):
        checked(folder)
    assert len(hashed) == 3


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}'])
def test_a_damaged_memory_is_no_obstacle(folder, content):
    (folder / "cache").mkdir()
    (folder / "cache" / "weights.json").write_bytes(content)
    checked(folder)
    held = json.loads((folder / "cache" / "weights.json").read_bytes())
    assert str(folder / "colbert_projection.npy") in held


def test_where_nothing_can_be_remembered_it_is_hashed_all_the_same(folder):
    (folder / "cache").write_bytes(b"a file where the folder should be")
    checked(folder)
