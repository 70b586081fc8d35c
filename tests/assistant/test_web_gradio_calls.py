import asyncio
import json

import httpx
import pytest

from assistant.web.gradio_calls import GradioCalls

INPUTS = {0: 2, 1: 1}
JOIN = "/gradio_api/queue/join"


class Recorder:
    """Stands for Gradio; remembers which sessions it was asked for."""

    def __init__(self):
        self.sessions = []

    async def __call__(self, scope, receive, send):
        body = (await receive()).get("body", b"") if scope["method"] == "POST" else b""
        asked = json.loads(body)["session_hash"] if body else scope["query_string"].decode()
        if "heartbeat" in scope["path"]:
            asked = scope["path"].rpartition("/")[2]
        self.sessions.append(asked.removeprefix("session_hash="))
        status = 500 if b"crash" in body else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send(
            {"type": "http.response.body", "body": b"secret internals" if status == 500 else b""}
        )


def calls(app, *requests, who=""):
    async def signed(scope, receive, send):
        await app({**scope, "assistant_user": who}, receive, send)

    async def run():
        transport = httpx.ASGITransport(signed)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await client.request(method, path, **more) for method, path, more in requests]

    return asyncio.run(run())


def join(**call):
    body = {"fn_index": 0, "data": [None, "x"], "session_hash": "h4sh", **call}
    return ("POST", JOIN, {"content": json.dumps(body)})


def test_a_session_is_the_readers_own_wherever_it_is_named():
    gradio = Recorder()
    app = GradioCalls(gradio, INPUTS)
    requests = (
        join(),
        ("GET", "/gradio_api/queue/data", {"params": {"session_hash": "h4sh"}}),
        ("GET", "/gradio_api/heartbeat/h4sh", {}),
        ("POST", "/gradio_api/cancel", {"json": {"session_hash": "h4sh", "event_id": "e"}}),
    )
    calls(app, *requests, who="ann")
    calls(app, *requests, who="bob")
    ann, bob = set(gradio.sessions[:4]), set(gradio.sessions[4:])
    assert len(ann) == len(bob) == 1
    assert ann != bob
    assert "h4sh" not in ann | bob


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"5",
        b"{",
        b"[" * 99_999,
        b'{"fn_index": 0, "data": [NaN, 1], "session_hash": "h"}',
        b'{"fn_index": 99, "data": [], "session_hash": "h"}',
        b'{"fn_index": true, "data": [1], "session_hash": "h"}',
        b'{"fn_index": 0, "data": [1], "session_hash": "h"}',
        b'{"fn_index": 0, "data": null, "session_hash": "h"}',
        b'{"fn_index": 0, "data": [1, 2], "session_hash": 5}',
        b'{"fn_index": 0, "data": [1, "crash"], "session_hash": "h"}',
    ],
)
def test_what_is_no_call_of_the_page_is_told_so(body):
    for path in (JOIN, "/gradio_api/run/predict"):
        (answer,) = calls(GradioCalls(Recorder(), INPUTS), ("POST", path, {"content": body}))
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert "secret" not in answer.text
