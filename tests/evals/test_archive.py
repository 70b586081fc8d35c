import json

from evals.archive import authorities_of, copy_others, naming


def test_the_seeds_own_authorities_are_left_out(tmp_path, seeds):
    for name in ("stoke-on-trent_2015-08-12", "leeds_2022-01-01"):
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "documents").mkdir()
    copy_others(tmp_path, tmp_path / "documents", authorities_of(seeds))
    copied = [path.name for path in (tmp_path / "documents").iterdir()]
    assert copied == ["leeds_2022-01-01.pdf"]


def test_only_questions_that_name_one_authority_and_have_gold_are_asked(tmp_path):
    records = [
        {"id": "named", "filters": {"authority": "Leeds"}, "gold_quotes": [{"quote": "q"}]},
        {"id": "two", "filters": {"authority": ["Leeds", "Hull"]}, "gold_quotes": [{}]},
        {"id": "none", "filters": {}, "gold_quotes": [{}]},
        {"id": "goldless", "filters": {"authority": "Leeds"}, "gold_quotes": []},
    ]
    suite = tmp_path / "suite.jsonl"
    suite.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    kept = naming([suite], tmp_path / "named.jsonl").read_text(encoding="utf-8")
    assert json.loads(kept)["id"] == "named"
