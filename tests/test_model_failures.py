import gc

import pytest

from tests.model_failures import FAILURES, failed, wrong

# litellm itself uses what pydantic has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")


FOR_EVER = (
    "one letter and no more", "empty words", "null words", "roles for ever", "thoughts for ever",
    "no more choices",
)  # fmt: skip
WIRE = [name for name, script in FAILURES.items() if script.wire is not None]


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """What a client loads once is no time of the server's."""
    failed(FAILURES["an empty body"])


@pytest.fixture(autouse=True)
def _collected_before():
    """A collection that begins where a nested reply has used up the stack leaves none for what
    other tests have left to finalise.
    """
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, script in FAILURES.items()
        if not script.gap_s and not script.pause_s and script.wire is None
    ],
)
def test_a_server_s_failure_ends_in_time_and_in_a_sentence(name):
    said, took = failed(FAILURES[name])
    assert wrong(said, took / 4) == ""  # a busy machine is slow, and none waits for ever


@pytest.mark.parametrize("name", [*FOR_EVER, *WIRE])
def test_a_server_that_goes_on_or_breaks_off_ends_in_a_sentence(name):
    """With a patience of a tenth of a second, which is what most of them cost."""
    said, took = failed(FAILURES[name], timeout_s=0.08)
    assert said != "(a reply)"
    assert wrong(said, took) == ""


def test_there_are_forty_of_them():
    assert len(FAILURES) >= 40
