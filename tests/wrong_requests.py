"""Ask every route wrongly, in sixty ways, as clumsy programs and those that look for a hole do.

``python -m tests.wrong_requests INDEX`` asks all; none may end in a fault of the server's.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import httpx

from assistant.web.app import build_programs

BODIES = (
    b"", b"null", b"5", b'"x"', b"[]", b"{}", b"{", b"[" * 50_000, b"\xff\xfe", b"\x00", b"NaN",
    b'{"question": {}}', b'{"question": null}', b'{"question": NaN}', b'{"question": ["x"]}',
    b'{"question": "x", "k": "ten"}', b'{"question": "x", "k": -1}', b'{"question": "x", "k": 9e9}',
    b'{"question": "x", "k": Infinity}',
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
    """Every method and path there is, by the server's own description; and MCP's."""
    described = client.get("/api/openapi.json").json()["paths"]
    found = [
        (method.upper(), path.replace("{doc_id}", "x").replace("{name}", "x"))
        for path, methods in described.items()
        for method in methods
    ]
    return [*found, ("POST", "/mcp")]


def asked(client, every=1):
    """Ask all routes wrongly; returns how many requests ended how, and those that must not."""
    outcomes, bad = Counter(), []
    for method, path in routes(client):
        for how, query, headers, body in list(wrong(method))[::every]:
            sent = client.build_request(how, f"{path}?{query}", headers=headers, content=body)
            answer = client.send(sent)
            outcomes[answer.status_code // 100] += 1
            if answer.status_code >= 500 or "Traceback" in answer.text:
                bad.append((answer.status_code, how, path, query[:40], headers, body[:80]))
    return outcomes, bad


if __name__ == "__main__":
    from tests.programs import Scripted, parts, running

    app = build_programs(parts(Path(sys.argv[1]), scripted=Scripted()))
    with running(app) as url, httpx.Client(base_url=url, timeout=300) as client:
        outcomes, bad = asked(client)
    said = {f"{kind}xx": number for kind, number in sorted(outcomes.items())}
    sys.stdout.write(json.dumps(said) + "\n" + "".join(f"{one}\n" for one in bad))
    sys.exit(bool(bad))
