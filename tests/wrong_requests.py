"""Ask every route wrongly, in sixty ways, as clumsy programs and those that look for a hole do.

``python -m tests.wrong_requests INDEX [EVERY]`` asks all routes, those of programs over an index
and those of the page over the fakes, or every so many; none may end in a fault of the server's.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import httpx
from starlette.testclient import TestClient

from assistant.auth.rate_limit import RateLimit
from assistant.web.answer_stream import answer_routes
from assistant.web.app import build_pages, build_programs
from assistant.web.conversations import Conversations
from assistant.web.feedback import NAME, Feedback
from assistant.web.open_pages import OpenPages
from assistant.web.question_routes import event_routes
from tests.adding_place import Place
from tests.admin_place import administration
from tests.web_fakes import corpus

PAGE = b'{"page": "' + b"p" * 32 + b'", '
"""What a page calls itself, at the beginning of what it sends."""

BODIES = (
    b"", b"null", b"5", b'"x"', b"[]", b"{}", b"{", b"[" * 50_000, b"\xff\xfe", b"\x00", b"NaN",
    b'{"question": {}}', b'{"question": null}', b'{"question": NaN}', b'{"question": ["x"]}',
    b'{"question": "x", "k": "ten"}', b'{"question": "x", "k": -1}', b'{"question": "x", "k": 9e9}',
    b'{"question": "x", "k": Infinity}',
    PAGE + b'"question": 1e999}', PAGE + b'"question": -1' + b"0" * 400 + b".0}", b"[-1e999]",
    '{"question": Infinity, "ids": [NaN]}'.encode("utf-16"), PAGE + b'"question": "\\ud800"}',
    b'{"id": "\\ud800", "ids": ["\\ud800", 5], "exchange": {"a": "\\ud800"}, "useful": true}',
    PAGE + b'"question": "x", "before": "[[[[", "mode": "\\u0000", "choice": "{"}',
    b'{"useful": true, "exchange": {"question": "x", "answer": {"citations": [5]}}}',
    b'{"id": "x", "title": "x", "at": "1e9", "text": "[{}]"}',
    b'{"question": "x", "stream": "yes"}',
    b'{"question": "x", "filters": []}', b'{"question": "x", "filters": {"from": 5}}',
    b'{"question": "x", "filters": {"authority": [null]}}', b'{"question": "x", "more": 1}',
    b'{"question": "x", "history": "x"}', b'{"question": "x", "history": [[]]}',
    b'{"question": "x", "history": [{"role": "user", "content": "x", "query": 5}]}',
    b'{"question": "x", "model": 5}', b'{"question": "x", "model": "none"}',
    b'{"messages": 5}', b'{"messages": []}', b'{"messages": [{"role": "king", "content": "x"}]}',
    b'{"messages": [{"role": "assistant", "content": "x"}]}', b'{"messages": [null]}',
    b'{"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}',
    b'{"messages": [{"role": "user", "content": "x"}], "n": 9}',
    b'{"authorities": 5}', b'{"authorities": []}', b'{"authorities": ["Atlantis", "Leeds"]}',
    b'{"authorities": ["Leeds"], "topic": ""}', b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "none"}}',
    b'{"jsonrpc": "2.0", "id": {}, "method": 5}',
)  # fmt: skip
QUERIES = (
    "k=ten", "start=-1", "start=x", "end=1e9", "from=soon", "to=2021-13", "kind=poem",
    "authority=Atlantis", "authority=", "authority=%00", "authority=%ff", "name=", "name=none",
    "a=1&a=2", "?" * 500,
)  # fmt: skip
HEADERS = (
    {"content-type": "text/plain"}, {"content-type": "application/json; charset=none"},
    {"content-type": "multipart/form-data"}, {"accept": "image/png"}, {"accept": "x"},
    {"content-encoding": "gzip"}, {"range": "bytes=9-1"}, {"x-forwarded-for": "x"},
    {"last-event-id": "1"}, {"expect": "x"}, {"mcp-session-id": "none"}, {"upgrade": "websocket"},
    {"cookie": "a=" + "b" * 4_000},
)  # fmt: skip
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONE")


def wrong(method):
    """What is sent to one route: method, query, headers, body; more than sixty."""
    typed = {"content-type": "application/json"}
    yield from ((method, "", typed, body) for body in BODIES)
    yield from ((method, query, {}, b"") for query in QUERIES)
    yield from ((method, "", headers, b'{"question": 5}') for headers in HEADERS)
    yield from ((other, "", {}, b"") for other in METHODS)


def routes(client):
    """Every method and path that programs use, by the server's own description; and MCP's."""
    described = client.get("/api/openapi.json").json()["paths"]
    found = [
        (method.upper(), path.replace("{doc_id}", "x").replace("{name}", "x"))
        for path, methods in described.items()
        for method in methods
    ]
    return [*found, ("POST", "/mcp")]


def page(folder):
    """The page with every part it may have, over the fakes and without a login."""
    parts, pages = Place(folder).parts, OpenPages()
    parts = replace(
        parts, limit=RateLimit(0), corpus=lambda: corpus(parts.store),
        conversations=Conversations(folder / "c.sqlite"), feedback=Feedback(folder / NAME),
        administration=administration(folder),
    )  # fmt: skip
    app = build_pages(parts)
    app.include_router(answer_routes(parts, pages))
    app.include_router(event_routes(parts, pages))
    return app


def page_routes(app):
    """Every method and path of the page, with something in the place of its parameters."""
    found = set()
    for route in _leaves(app.routes):
        path = re.sub(r"\{[^}]*\}", "x", route.path)
        found |= {(method, path) for method in route.methods}
    return sorted(found)


def _leaves(routes):
    for route in routes:
        if inner := getattr(route, "original_router", None):
            yield from _leaves(inner.routes)
        elif getattr(route, "methods", None):
            yield route


def asked(client, routes, every=1):
    """Ask these routes wrongly; returns how many requests ended how, and those that must not."""
    outcomes, bad = Counter(), []
    for method, path in routes:
        for how, query, headers, body in list(wrong(method))[::every]:
            sent = client.build_request(how, f"{path}?{query}", headers=headers, content=body)
            answer = client.send(sent, follow_redirects=False)
            outcomes[answer.status_code // 100] += 1
            if answer.status_code >= 500 or "Traceback" in answer.text:
                bad.append((answer.status_code, how, path, query[:40], headers, body[:80]))
    return outcomes, bad


if __name__ == "__main__":
    from tests.programs import Scripted, parts, running

    app = build_programs(parts(Path(sys.argv[1]), scripted=Scripted()))
    every = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with running(app) as url, httpx.Client(base_url=url, timeout=300) as client:
        outcomes, bad = asked(client, routes(client), every)
    with tempfile.TemporaryDirectory() as folder:
        app = page(Path(folder))
        client = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)
        more, worse = asked(client, page_routes(app), every)
    outcomes, bad = outcomes + more, bad + worse
    said = {f"{kind}xx": number for kind, number in sorted(outcomes.items())}
    sys.stdout.write(json.dumps(said) + "\n" + "".join(f"{one}\n" for one in bad))
    sys.exit(bool(bad))
