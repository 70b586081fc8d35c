"""Connections of a real socket that send nothing or half are closed; who makes room, and when."""

import resource
import socket
import threading
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from assistant.http import connections
from assistant.http.body_limit import BodyLimit

SHORT_S = 0.3
POST = b"POST /taken HTTP/1.1\r\nHost: 127.0.0.1\r\n"
HALVES = {
    "silent": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ",
    "half a body": POST + b"Content-Length: 900\r\n\r\nname=ann",
    "half a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nname",
}


@contextmanager
def served():
    """A server whose patience is short; gives its place."""
    app = FastAPI()
    app.post("/taken")(lambda: None)
    app.add_middleware(BodyLimit, patience_s=SHORT_S)
    listener, ready = socket.create_server(("127.0.0.1", 0)), threading.Event()
    server = connections.server(app, ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        thread.join(30)


def test_connections_that_send_nothing_or_half_are_closed(monkeypatch):
    monkeypatch.setattr(connections, "HEAD_S", SHORT_S)
    monkeypatch.setattr(connections, "_REST_S", SHORT_S)
    with served() as place:
        began, held = time.monotonic(), {}
        for name, sent in HALVES.items():
            held[name] = socket.create_connection(place, timeout=9)
            held[name].sendall(sent)
        for name, one in held.items():
            with one:
                assert is_closed(one), name
        assert time.monotonic() - began < 9


def is_closed(connection):
    """Read until the other side ends; False where it does not."""
    try:
        while connection.recv(4_096):
            pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        pass
    return True


def held(name, began_s, has_request=False, has_body=True, closing=False):
    gone = []
    transport = SimpleNamespace(is_closing=lambda: closing, abort=lambda: gone.append(name))
    return SimpleNamespace(
        name=name, began_s=began_s, has_request=has_request, has_body=has_body,
        transport=transport, gone=gone,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("most", "gone"), [(6, []), (5, []), (4, ["silent, old"])], ids=["room", "full", "one too many"]
)
def test_the_oldest_silent_connection_makes_room(most, gone):
    all_ = [
        held("asks, oldest", 0, has_request=True),
        held("half", 1, has_request=True, has_body=False),
        held("silent, new", 3),
        held("silent, old", 2),
        held("asks", 4, has_request=True),
        held("closing", 0, closing=True),
    ]
    connections.make_room(all_, most)
    assert [name for one in all_ for name in one.gone] == gone


def test_half_sent_requests_make_room_next_and_then_the_newest():
    asks = [held(f"asks {n}", n, has_request=True) for n in (1, 3)]
    half = held("half", 2, has_request=True, has_body=False)
    connections.make_room([*asks, half], 2)
    assert half.gone == ["half"]
    connections.make_room(asks, 1)
    assert [one.gone for one in asks] == [[], ["asks 3"]]


@pytest.mark.parametrize(
    ("limits", "raised", "most"),
    [
        ((256, 1_024), (1_024, 1_024), 512),
        ((400, 400), None, 200),
        ((1_024, -1), (65_536, -1), 4_096),
    ],
)
def test_the_limit_of_open_files_is_raised_and_half_of_it_is_for_connections(
    monkeypatch, limits, raised, most
):
    said = []
    monkeypatch.setattr(resource, "getrlimit", lambda what: limits)
    monkeypatch.setattr(resource, "setrlimit", lambda what, to: said.append(to))
    assert connections.connection_class().most == most
    assert said == ([raised] if raised else [])
