"""A model that hangs holds up nothing but its own answer, and is left when nobody waits."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from assistant.service.cancellation import is_gone
from assistant.types import Answer, Status
from assistant.web.app import build_programs
from tests.programs import parts, running

MESSAGES = {"messages": [{"role": "user", "content": "hang"}]}


class Hanging:
    """Waits until it is let go, or nobody waits for it."""

    def __init__(self):
        self.let_go = threading.Event()
        self.left = threading.Semaphore(0)

    def answer(self, ask):
        return list(self.stream(ask))[-1]

    def stream(self, ask):
        if ask.question == "grows":
            yield Answer(ask.question, Status.ANSWERED, "a line\nand")
        until = time.monotonic() + 60
        while not self.let_go.wait(0.05) and time.monotonic() < until:
            if is_gone():
                self.left.release()
                break
        yield Answer(ask.question, Status.ANSWERED, "done")


@pytest.fixture
def hanging():
    return Hanging()


@pytest.fixture
def url(seed_index, hanging):
    with running(build_programs(parts(seed_index, hanging=hanging))) as url:
        yield url
        hanging.let_go.set()


def test_hanging_models_hold_up_nothing_else(url, hanging):
    with ThreadPoolExecutor(12) as pool:
        asked = [
            pool.submit(httpx.post, f"{url}/api/ask", json={"question": "hang"}, timeout=60)
            for _ in range(12)
        ]
        time.sleep(1)
        assert httpx.get(f"{url}/api/documents", timeout=20).status_code == 200
        quoted = {"question": "connected carers", "model": "extractive"}
        assert httpx.post(f"{url}/api/ask", json=quoted, timeout=20).status_code == 200
        hanging.let_go.set()
        assert {one.result().status_code for one in asked} == {200}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {"question": "hang"}),
        ("/api/ask", {"question": "hang", "stream": True}),
        ("/api/ask", {"question": "grows", "stream": True}),
        ("/v1/chat/completions", MESSAGES),
        ("/v1/chat/completions", {**MESSAGES, "stream": True}),
    ],
)
def test_a_caller_who_leaves_stops_the_model(url, hanging, path, body):
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url}{path}", json=body, timeout=1)
    assert hanging.left.acquire(timeout=10)
