import json
import urllib.error
import urllib.request

import pytest

from evals.replies.recorded import Replies, line, load, record
from evals.replies.server import Playback, serving

PROMPT = "<evidence>\nA · letter\n[1] One.\n[2] Two.\n</evidence>\n\n<question>\nWhat?\n</question>"
OTHER = PROMPT.replace("[1] One.\n[2] Two.", "[1] Zero.\n[2] Two.\n[3] One.")
LESS = PROMPT.replace("\n[2] Two.", "")


def test_a_reply_is_played_for_its_prompt_and_carried_over_by_what_it_cites():
    replies = Replies([record(PROMPT, "ANSWERED\nIt is one and two [1][2].")])
    assert replies.reply(PROMPT) == "ANSWERED\nIt is one and two [1][2]."
    assert replies.reply(OTHER) == "ANSWERED\nIt is one and two [3][2]."
    assert replies.reply(LESS) is None
    assert replies.reply(PROMPT.replace("What?", "Why?")) is None


def test_a_refusal_is_carried_over_only_where_nothing_new_is_shown():
    replies = Replies([record(PROMPT, "NOT STATED")])
    assert replies.reply(LESS) == "NOT STATED"
    assert replies.reply(OTHER) is None


def test_records_are_read_back_as_written(tmp_path):
    one = record(PROMPT, "It’s one [1].")
    (tmp_path / "a.jsonl").write_text(line(one) + "\n", encoding="utf-8")
    assert load(tmp_path) == [one]
    (tmp_path / "b.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.jsonl, line 1"):
        load(tmp_path)


def test_the_replies_that_ship_cite_only_what_was_shown():
    records = load()
    assert len({one.prompt for one in records}) == len(records) >= 60


def test_the_server_streams_what_is_recorded_and_keeps_what_is_not():
    playback = Playback(Replies([record(PROMPT, "ANSWERED\nOne [1].")]))
    unknown = PROMPT.replace("What?", "Why?")
    with serving(playback) as address:
        events = _asked(address, PROMPT).split("\n\n")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            _asked(address, unknown)
    pieces = [json.loads(e.removeprefix("data: ")) for e in events if e and "[DONE]" not in e]
    said = [piece["choices"][0]["delta"].get("content", "") for piece in pieces]
    assert "".join(said) == "ANSWERED\nOne [1]."
    assert (playback.played, playback.missing) == ([PROMPT], [unknown])


def _asked(address, prompt):
    body = {"model": "recorded", "messages": [{"role": "user", "content": prompt}]}
    request = urllib.request.Request(f"{address}/chat/completions", json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read().decode()
