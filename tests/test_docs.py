"""What the documents about the code name is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOG = (ROOT / "evals/LOG.md").read_text(encoding="utf-8")
IDS = re.compile(r"LOG\.md\W*(#[a-z-]+-?\d*(?:, #[a-z-]+-?\d*)*)")


def cited_ids():
    for top in ("index", "assistant", "evals", "docs", "tests", "README.md"):
        paths = sorted((ROOT / top).rglob("*")) if (ROOT / top).is_dir() else [ROOT / top]
        for path in (path for path in paths if path.suffix in (".py", ".md")):
            for match in IDS.finditer(path.read_text(encoding="utf-8")):
                yield from ((path.name, cited) for cited in match.group(1).split(", "))


def test_every_entry_of_the_log_has_an_id_of_its_own():
    headings = [line for line in LOG.splitlines() if line.startswith("## ")]
    ids = [re.search(r"`(#[a-z-]+-\d+)`$", heading) for heading in headings]
    assert all(ids), [heading for heading, found in zip(headings, ids, strict=True) if not found]
    assert len({found.group(1) for found in ids}) == len(ids)


def test_every_cited_entry_of_the_log_is_there():
    cited = list(cited_ids())
    assert len(cited) > 10
    written = set(re.findall(r"`(#[a-z-]+(?:-\d+)?)`", LOG))
    assert not [where for where in cited if where[1] not in written]
