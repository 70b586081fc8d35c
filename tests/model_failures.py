"""Fail as model servers fail, in fifty ways, and see that each ends in time and in one sentence.

``python -m tests.model_failures INDEX [COUNT]`` runs all of them, or the first so many, and asks
another route of a served API meanwhile; it fails where one does not end in time or another route
waits for more than a second. ``tests/assistant/llm/test_reply.py`` holds what is said of each kind.
"""

import json
import sys
import threading
import time
from functools import partial
from pathlib import Path

import httpx

from assistant.llm.litellm_generator import LiteLLMGenerator
from assistant.ports import Message
from assistant.web.app import build_programs
from index.errors import GenerationFailed
from tests.bombs import BOMBS
from tests.fake_openai import FakeOpenAI, Script

TIMEOUT_S = 1.0
DEADLINE_S = 12.0
"""Seconds in which a reply must have ended with a timeout of one second, tries included."""
ASK = [Message("system", "Rules."), Message("user", "What was found?")]


def _event(**fields):
    return b"data: " + json.dumps(fields).encode() + b"\n\n"


def _delta(**fields):
    return _event(choices=[{"index": 0, "delta": fields, "finish_reason": None}])


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
_ELSEWHERE = b"HTTP/1.1 307 No\r\nLocation: /v1/chat/completions\r\nContent-Length: 0\r\n\r\n"
FAILURES = {
    **{f"HTTP {status}": Script(status=status)
       for status in (400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429, 500, 502, 503, 504)},
    "late": Script(pieces=["late"], pause_s=5),
    "trickles": Script(pieces=["x"] * 90, gap_s=0.2),
    "one letter and no more": Script(pieces=["x", "y"], gap_s=30),
    "broken off": Script(pieces=["Half a sen"], finish=None),
    "comments": Script(noise=b": keep-alive\n\n", gap_s=0.05),
    "nothing": Script(noise=b"", gap_s=0.05),
    "half a line": Script(noise=b"data: ", gap_s=0.05),
    "empty events": Script(noise=b"data: {}\n\n", gap_s=0.05),
    "empty words": Script(noise=_delta(content=""), gap_s=0.05),
    "null words": Script(noise=_delta(content=None), gap_s=0.05),
    "roles for ever": Script(noise=_delta(role="assistant"), gap_s=0.05),
    "thoughts for ever": Script(noise=_delta(reasoning_content="hm "), gap_s=0.05),
    "one line for ever": Script(noise=b"x" * 500_000),
    "words for ever": Script(noise=_delta(content="word ")),
    "no more choices": Script(noise=_event(choices=[]), gap_s=0.05),
    "a long reply": Script(pieces=["endless words "] * 5_000),
    "brackets": Script(pieces=["[" * 300_000]),
    "cut at its limit": Script(pieces=["On and on"], finish="length"),
    "filtered": Script(pieces=["On"], finish="content_filter"),
    "an empty body": Script(raw=b""),
    "a page": Script(raw=b"<html>502</html>"),
    "no JSON": Script(raw=b"data: {not json\n\n"),
    "no text": Script(raw=b"\xff\xfe\x00"),
    "deep JSON": Script(raw=b"data: " + b"[" * 100_000 + b"\n\n"),
    "an error event": Script(raw=_event(error={"message": "SECRET-BODY", "code": 500})),
    "words that are a number": Script(raw=_delta(content=5)),
    "choices that are text": Script(raw=_event(choices="none")),
    "resets at once": Script(wire=b""),
    "resets half-way": Script(wire=_HEAD + b"\r\n" + _delta(content="Half a sen")),
    "less than it announces": Script(wire=_HEAD + b"Content-Length: 9000\r\n\r\n" + _delta()),
    "a length that is none": Script(wire=_HEAD + b"Content-Length: -5\r\n\r\nx"),
    "sends on and on": Script(wire=_ELSEWHERE),
    "heads for ever": Script(wire=_HEAD, noise=b"X-More: x\r\n" * 100, gap_s=0.001),
    "one head for ever": Script(wire=_HEAD + b"X-More: ", noise=b"x" * 10_000, gap_s=0.001),
    **{f"packed as {coding}": Script(packed=(coding, bytes_)) for coding, bytes_ in BOMBS.items()},
    "an error that is packed": Script(status=500, packed=("gzip", BOMBS["gzip"])),
    "no HTTP": Script(wire=b"SSH-2.0-x\r\n"),
}  # fmt: skip
"""Scripts of a server, by what is wrong with it."""


def failed(script, timeout_s=TIMEOUT_S):
    """Ask a server that follows ``script``: what is said of it, and after how many seconds."""
    began, said = time.monotonic(), "(a reply)"
    with FakeOpenAI(script) as server:
        generator = LiteLLMGenerator(
            "openai/local", api_base=server.api_base, api_key="sk-secret", timeout_s=timeout_s,
            max_retries=2, backoff_s=0.01, max_reply_tokens=100,
        )  # fmt: skip
        try:
            list(generator.stream(ASK))
        except GenerationFailed as error:
            said = str(error)
    return said, time.monotonic() - began


def wrong(said, took):
    """What must not be so, empty for nothing."""
    if "SECRET-BODY" in said or "sk-secret" in said or "\n" in said:
        return "tells what is inside"
    return "takes too long" if took > DEADLINE_S else ""


def main(index, count=None):
    """Run so many over the API of an index, another route of which is asked meanwhile."""
    from tests.programs import parts, running

    faults, slowest, waits = {}, 0.0, []
    failed(FAILURES["an empty body"])  # what a client loads once is no time of the server's

    class Failing:
        """Answers with a model that fails as the question names."""

        def answer(self, ask):
            said, took = failed(FAILURES[ask.question])
            faults[ask.question] = wrong(said, took)
            raise GenerationFailed(said)

    with running(build_programs(parts(index, failing=Failing()))) as url:
        for name in list(FAILURES)[:count]:
            body = {"question": name, "model": "failing"}
            asking = partial(httpx.post, f"{url}/api/ask", json=body, timeout=300)
            asked = threading.Thread(target=asking)
            began = time.monotonic()
            asked.start()
            while asked.is_alive():
                sent = time.monotonic()
                assert httpx.get(f"{url}/api/documents", timeout=300).status_code == 200
                waits.append(time.monotonic() - sent)
                time.sleep(0.2)
            slowest = max(slowest, time.monotonic() - began)
    bad = [f"{name}: {fault}\n" for name, fault in faults.items() if fault]
    sys.stdout.write(
        f"{len(faults)} failures; slowest {slowest:.1f} s; others waited {max(waits):.2f} s at "
        f"most\n{''.join(bad)}"
    )
    return bool(bad) or max(waits) > 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
