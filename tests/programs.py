"""A real server over the seeds for programs that are not ours, and an answerer to script."""

import socket
import threading
import time
from contextlib import contextmanager
from functools import lru_cache

import httpx
import uvicorn

from assistant.compose import open_assistant
from assistant.service.programs import ProgramParts
from assistant.settings import Settings
from assistant.types import Answer, AnswerSentence, Role, Status
from index.errors import GenerationFailed

QUESTIONS = (
    "what did inspectors say about connected carers?",
    "Are social workers' caseloads manageable in Stoke?",
    "What needs to improve at Stockton?",
    "What was the rating?",
    "What needs to improve in Leeds?",
    "What was Stockton's children's services budget for 2021-22?",
    "Out of the 104 SIF inspections, how many authorities were good or better overall?",
    "When was the visit to Middlesbrough?",
    "Who led the focused visit to Stoke-on-Trent?",
    "What did the first Middlesbrough monitoring visit find?",
    "How was Stockton's leavers service graded in 2016?",
    "What do the letters say about supervision?",
    "Tell me about private fostering",
    "permanence planning in Stoke in 2023",
    "What did the latest Middlesbrough letter say about leaders?",
    "Is early help effective?",
    "How do I renew my passport?",
    "...",
    "<b>Stockton</b> & “quotes” – œ́ 日本",
    "Which judgement did adoption get in Stockton in 2016?",
)
FILTERED = {"authority": "Stockton", "kind": ["focused visit letter"], "from": "2021"}


@lru_cache
def opened(index):
    """An assistant over an index folder, its models loaded once."""
    return open_assistant(Settings(index=index))


def parts(index, limit=None, **answerers):
    made = opened(index)
    named = {name.replace("_", "/"): one for name, one in answerers.items()}
    held = {**named, "extractive": made.extractive}
    return ProgramParts(made.collection, made.retriever, held, limit)


@contextmanager
def running(app):
    """Serves ``app`` on a free port of this machine; gives the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, timeout_graceful_shutdown=3
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    assert httpx.get(f"{url}/healthz").status_code == 200
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join(10)


def without_time(answer):
    return {name: value for name, value in answer.items() if name != "elapsed_ms"}


class Scripted:
    """Gives growing answers of the texts it is told; "fail" fails, "wait" waits to be stopped."""

    def __init__(self):
        self.closed = threading.Event()

    def answer(self, ask):
        return list(self.stream(ask))[-1]

    def stream(self, ask):
        try:
            for text in ask.question.split("|"):
                if text == "fail":
                    raise GenerationFailed("The model gave up. Ask again.")
                if text == "crash":
                    raise RuntimeError("secret internals")
                if text == "wait":
                    for n in range(200):
                        time.sleep(0.05)
                        yield self._made(ask, f"line\n{n}")
                time.sleep(0.11)  # beyond the pace at which growing answers are let through
                yield self._made(ask, text)
        finally:
            self.closed.set()

    def _made(self, ask, text):
        sentence = AnswerSentence(text, Role.FRAME)
        return Answer(ask.question, Status.ANSWERED, text, (sentence,), model="scripted")
