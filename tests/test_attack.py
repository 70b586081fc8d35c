import pytest

from tests.attack import HALF, attacked, served, waited


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("attacked"), files=400) as place:
        yield place


@pytest.mark.parametrize(("begun", "count"), [([b""], 500), (HALF, 200)], ids=["silent", "half"])
def test_connections_that_send_nothing_or_half_end_no_server(server, begun, count):
    """More of them than the process may open files; somebody else is served meanwhile."""
    assert attacked(server, begun, count) < 10
    assert waited(server) < 10
