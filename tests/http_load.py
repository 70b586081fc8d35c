"""Requests a second and p95 over HTTP, beside the bare retriever and answerer.

``python -m tests.http_load INDEX [SECONDS]``. Every question is asked both ways in turn, so
that whatever else the machine does slows both alike. The server is a process of its own.
"""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from statistics import mean, median, quantiles

import httpx

from assistant.record import answer_record
from assistant.types import Ask
from assistant.web.app import build_programs, serve
from index.record import results_record
from tests.programs import QUESTIONS, opened, parts


def compare(name, bare, served, callers, seconds):
    """Print both and how much longer the served ones took."""
    until, took = time.perf_counter() + seconds, {"bare": [], "HTTP": []}

    def work(start):
        questions = cycle(QUESTIONS[start:] + QUESTIONS[:start])
        while time.perf_counter() < until:
            question = next(questions)
            for how, call in (("bare", bare), ("HTTP", served)):
                began = time.perf_counter()
                call(question)
                took[how].append(time.perf_counter() - began)

    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(work, range(0, 10 * callers, 10)))
    for how, times in took.items():
        p95 = quantiles(times, n=20)[-1]
        say(f"{name}, {how}, {callers} at once", callers / mean(times), median(times), p95)
    more = [h - b for b, h in zip(took["bare"], took["HTTP"], strict=False)]
    sys.stdout.write(f"  HTTP adds {1000 * median(more):.1f} ms to the median question, ")
    sys.stdout.write(f"{100 * (mean(took['HTTP']) / mean(took['bare']) - 1):+.0f} % to all\n")


def say(name, rate, *seconds):
    times = "".join(f"{1000 * one:>9.0f} ms" for one in seconds)
    sys.stdout.write(f"{name:<28}{rate:>8.1f}/s{times}\n")


def main(index, seconds):
    made = opened(index)
    bare = {
        "search": lambda q: results_record(made.retriever.search(q, 10)),
        "ask": lambda q: answer_record(made.extractive.answer(Ask(q))),
    }
    command = [sys.executable, "-m", "tests.http_load", str(index), "serve"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    sys.stdout.write(f"{'':<28}{'rate':>10}{'median':>12}{'p95':>12}\n")
    try:
        with httpx.Client(base_url=server.stdout.readline().strip(), timeout=60) as client:
            for name, call in bare.items():

                def served(question, path=f"/api/{name}"):
                    assert client.post(path, json={"question": question}).status_code == 200

                for callers in (1, 2):
                    compare(name, call, served, callers, seconds)
    finally:
        server.terminate()
        server.wait(10)


def announce(url):
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[2:] == ["serve"]:
        serve(build_programs(parts(Path(sys.argv[1]))), port=0, ready=announce)
    else:
        main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 20)
