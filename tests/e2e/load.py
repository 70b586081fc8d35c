"""Asks many questions at once and prints what each reader waited: ``load.py ADDRESS [READERS]``.

Speaks the page's own addresses, as the browser does: the question is shown, then answered.
"""

import asyncio
import json
import statistics
import sys
import time
import uuid

import httpx

QUESTIONS = (
    "what did inspectors say about connected carers?",
    "What does Stoke-on-Trent need to improve?",
    "Are caseloads manageable in Middlesbrough?",
    "Who inspected Stockton-on-Tees in 2021?",
)


async def reader(client: httpx.AsyncClient, number: int) -> tuple[float, float, bool]:
    """Seconds until the question was shown and until it was answered, and whether it was ours."""
    question = f"{QUESTIONS[number % len(QUESTIONS)]} (reader {number})"
    session = uuid.uuid4().hex[:11]
    began_s = time.perf_counter()
    body = {"data": [question, None], "fn_index": 0, "session_hash": session}
    shown = await client.post("/gradio_api/run/predict", json=body)
    first_s = time.perf_counter() - began_s
    body = {"data": [None, "quotes", [], [], "", ""], "fn_index": 1, "session_hash": session}
    (await client.post("/gradio_api/queue/join", json=body)).raise_for_status()
    last = await completed(client, session)
    ours = f"(reader {number})" in shown.text and f"(reader {number})" in last
    return first_s, time.perf_counter() - began_s, ours and "data-done" in last


async def completed(client: httpx.AsyncClient, session: str) -> str:
    """Everything the server sent until the answer was complete."""
    seen = []
    address = f"/gradio_api/queue/data?session_hash={session}"
    async with client.stream("GET", address) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                seen.append(line)
                if json.loads(line[5:]).get("msg") == "process_completed":
                    break
    return "\n".join(seen)


async def main(address: str, readers: int) -> None:
    limits = httpx.Limits(max_connections=4 * readers)
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
        waits = await asyncio.gather(*(reader(client, n) for n in range(readers)))
    first, whole, ours = zip(*waits, strict=True)
    sys.stdout.write(
        f"{readers} readers: shown after {statistics.median(first):.2f} s (slowest "
        f"{max(first):.2f}), answered after {statistics.median(whole):.2f} s (slowest "
        f"{max(whole):.2f}), {sum(ours)} got their own answer\n"
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 32))
