"""Schemathesis: requests made from the OpenAPI description, right and wrong ones alike."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.web.app import build_programs
from tests.programs import Scripted, parts, running

EXAMPLES = 10
REFUSED_THOUGH_WELL_FORMED = "positive_data_acceptance"
"""An authority that does not exist, or a date like 2021-02-31, fits the description."""


@pytest.mark.slow
def test_every_response_is_as_described(seed_index, tmp_path):
    options = ["--checks", "all", "--exclude-checks", REFUSED_THOUGH_WELL_FORMED]
    how = [*options, "--seed", "1", "-n", str(EXAMPLES), "--no-color"]
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", *how]
    with running(build_programs(parts(seed_index, scripted=Scripted()))) as url:
        ran = subprocess.run(
            [*command, f"{url}/api/openapi.json"], cwd=tmp_path, capture_output=True, text=True
        )
    assert ran.returncode == 0, ran.stdout[-6000:]
    tested = re.search(r"Tested: (\d+)", ran.stdout)
    assert tested is not None
    assert int(tested[1]) >= 14
