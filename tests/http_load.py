"""Requests a second and p95 over HTTP, beside the bare retriever and answerer.

``python -m tests.http_load INDEX [SECONDS]``. Every question is asked both ways in turn, so
that whatever else the machine does slows both alike. The server is a process of its own, started
by the command that programs are served with. The client is the standard library's, on a connection
that stays open: what a heavier one costs (httpx about 1 ms) is not the server's.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from statistics import mean, median, quantiles
from threading import local
from urllib.parse import urlsplit

from assistant.cli.threads import one_thread_a_text

one_thread_a_text()  # as the server does; numpy reads it when it is loaded

from assistant.schema import answer_record, results_record  # noqa: E402
from assistant.types import Ask  # noqa: E402
from tests.programs import QUESTIONS, opened  # noqa: E402


def compare(name, bare, served, callers, seconds):
    """Print both and how much longer the served ones took."""
    until, pairs = time.perf_counter() + seconds, []

    def work(start):
        questions = cycle(QUESTIONS[start:] + QUESTIONS[:start])
        while time.perf_counter() < until:
            question = next(questions)
            pairs.append((taken(bare, question), taken(served, question)))

    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(work, range(0, 10 * callers, 10)))
    bares, serveds = zip(*pairs, strict=True)
    for how, times in (("bare", bares), ("HTTP", serveds)):
        p95 = quantiles(times, n=20)[-1]
        say(f"{name}, {how}, {callers} at once", callers / mean(times), median(times), p95)
    more = median(served - bare for bare, served in pairs)
    sys.stdout.write(f"  HTTP adds {1000 * more:.1f} ms to the median question, ")
    sys.stdout.write(f"{100 * (median(serveds) / median(bares) - 1):+.0f} % to the median, ")
    sys.stdout.write(f"{100 * (mean(serveds) / mean(bares) - 1):+.0f} % to all\n")


def taken(call, question):
    """Seconds that one question took."""
    began = time.perf_counter()
    call(question)
    return time.perf_counter() - began


def say(name, rate, *seconds):
    times = "".join(f"{1000 * one:>9.0f} ms" for one in seconds)
    sys.stdout.write(f"{name:<28}{rate:>8.1f}/s{times}\n")


class Client:
    """Asks the server; each thread over a connection of its own."""

    def __init__(self, url):
        self._place = urlsplit(url).netloc
        self._own = local()

    def ask(self, path, question):
        if not hasattr(self._own, "connection"):
            self._own.connection = HTTPConnection(self._place, timeout=60)
        body = json.dumps({"question": question})
        self._own.connection.request("POST", path, body, {"Content-Type": "application/json"})
        answer = self._own.connection.getresponse()
        said = answer.read()
        assert answer.status == 200, said


def main(index, seconds):
    made = opened(index)
    bare = {
        "search": lambda q: results_record(made.retriever.search(q, 10)),
        "ask": lambda q: answer_record(made.extractive.answer(Ask(q))),
    }
    command = [sys.executable, "-m", "assistant.cli", "mcp", "--http", "--port", "0"]
    with tempfile.TemporaryDirectory() as kept:
        how = {**os.environ, "ASSISTANT_PER_MINUTE": "0", "ASSISTANT_KEPT": kept}
        server = subprocess.Popen(
            [*command, "--index", str(index)], stdout=subprocess.PIPE, text=True, env=how
        )
        try:
            client = Client(re.search(r"http://\S+?/", server.stdout.readline())[0])
            sys.stdout.write(f"{'':<28}{'rate':>10}{'median':>12}{'p95':>12}\n")
            for name, call in bare.items():
                for callers in (1, 2):
                    served = partial(client.ask, f"/api/{name}")
                    compare(name, call, served, callers, seconds)
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 20)
