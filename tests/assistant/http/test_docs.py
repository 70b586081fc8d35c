"""The examples of docs/other-tools.md, run as they stand against a real server."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.auth.scopes import SCOPES
from assistant.web.app import build_programs
from tests.programs import parts, running

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "other-tools.md").read_text("utf-8")
SCRIPTS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
SAID = (
    "1 000_715c783cab904e8f.txt",
    "stockton-on-tees-2019-inspection 2019",
    "answered",
    "middlesbrough-2021-07-assurance-visit only recalled",
    "Most social workers report that their caseloads are manageable.",
    "regulation 24",
    "Stockton-on-Tees",
    "Stockton-on-Tees",
)
HERE = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def url(seed_index):
    with running(build_programs(parts(seed_index))) as url:
        yield url


@pytest.mark.slow
@pytest.mark.parametrize(("script", "said"), [*zip(SCRIPTS, SAID, strict=True)])
def test_an_example_works(url, seed_index, script, said):
    script = script.replace(HERE, url).replace(".assistant/index", str(seed_index))
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    assert said in ran.stdout


def test_every_scope_is_explained():
    explained = TEXT.split("## Tokens")[1].split("## ")[0]
    assert [scope for scope in SCOPES if f"`{scope}`" not in explained] == []


def test_every_route_is_listed(seed_index):
    app = build_programs(parts(seed_index))
    for path in app.openapi()["paths"]:
        start = "/v1" if path.startswith("/v1/") else path.split("/{")[0]
        assert start in TEXT


def test_programs_know_no_command_line():
    for folder in ("http", "mcp", "adapters"):
        for path in (ROOT / "assistant" / folder).glob("*.py"):
            assert "assistant.cli" not in path.read_text("utf-8"), path.name
