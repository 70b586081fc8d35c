"""The command line as a whole: exit codes, streams, help."""

import json
import os
import subprocess
import sys
import time

import pytest

from assistant.cli import main
from index.store import manifest
from tests.fakes import corpus


def assistant(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=120,
        **options,
    )


def test_help_names_every_command_and_loads_no_library():
    script = (
        "import sys; from assistant.cli import main; code = main(['--help']); "
        "heavy = {'torch', 'faiss', 'numpy', 'onnxruntime', 'gradio', 'litellm', 'rich', "
        "'pydantic_settings', 'fastapi', 'evals', 'bs4', 'docx'} & set(sys.modules); "
        "print(sorted(heavy), code, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stderr == "[] 0\n"
    commands = ["index", "documents", "show", "search", "find", "ask", "chat", "eval", "config"]
    assert [name for name in commands if f"  {name} " not in ran.stdout] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "x", "--nonsense"], "assistant search: No such option: --nonsense"),
        (["find"], "Missing argument 'PHRASE'"),
        (["nonsense"], "No such command 'nonsense'"),
        (["search", "x", "--k", "0"], "--k"),
        (["search", "x", "--k", "101"], "--k"),
        (["search"], "give either a QUESTION or --batch FILE"),
        (["ask", "x", "--batch", "y"], "give either a QUESTION or --batch FILE"),
        (["ask", "--batch", "missing.jsonl"], "missing.jsonl cannot be read: No such file"),
        (["ask", "x", "--history", "missing.json"], "missing.json cannot be read: No such file"),
        (["search", "x", "--from", "2021-13-01"], "--from '2021-13-01' is no date"),
        (["find", "x", "--to", "31/12/2021"], "--to '31/12/2021' is no date"),
        (["documents", "--from", "2022", "--to", "2021"], "--from 2022 is later than --to 2021"),
        (["search", "x", "--authority", "Narnia"], "'Narnia' is no English local authority"),
        (["ask", "x", "--kind", "poem"], "'poem' is no kind: choose from inspection report"),
        (["documents", "--issuer", "me"], "'me' is no issuer: choose from ofsted"),
        (["index", "build", "missing-folder"], "missing-folder does not exist"),
        (["chat", "--host", "0.0.0.0"], "--host 0.0.0.0"),
    ],
)
def test_usage_errors_exit_with_2_and_one_line(
    run, seed_index, monkeypatch, tmp_path, arguments, said
):
    target = tmp_path / "new" if arguments[0] == "index" else seed_index
    monkeypatch.setenv("ASSISTANT_INDEX", str(target))
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.err
    assert "\n" not in ran.err.split("Looking at", 1)[0].rstrip("\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "x"],
        ["ask", "x", "--json"],
        ["find", "x"],
        ["documents"],
        ["show", "x"],
        ["index", "status"],
        ["index", "verify"],
        ["index", "remove", "x"],
    ],
)
def test_a_missing_index_is_one_line_that_says_what_to_do(run, tmp_path, arguments):
    ran = run(*arguments, "--index", tmp_path / "none")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"assistant: there is no index in {tmp_path / 'none'}: run 'assistant index build', or "
        "name another folder with --index\n"
    )


def test_a_broken_setting_is_usage(run, monkeypatch):
    monkeypatch.setenv("ASSISTANT_PORT", "many")
    ran = run("config")
    assert ran.code == 2
    assert "ASSISTANT_PORT" in ran.err


def test_config_masks_secrets(run, monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_API_KEY", "sk-very-secret")
    shown = run("config", "--index", tmp_path, "--json").json
    assert shown["api_key"] == "***"
    assert shown["index"] == str(tmp_path)
    text, table = run("config").out, run("config", "--csv").out
    assert "sk-very-secret" not in text + table
    assert "ASSISTANT_API_KEY" in text
    assert table.splitlines()[0] == "setting,value,what it is"


def test_a_defect_is_one_line_and_debug_shows_where(run, monkeypatch):
    def fail():
        raise RuntimeError("odd\nthing \x1b[31m")

    monkeypatch.setattr("assistant.settings.read_settings", fail)
    ran = run("config")
    assert ran.code == 1
    said = "assistant: RuntimeError: odd thing \ufffd[31m (this is a defect; --debug shows where)\n"
    assert ran.err == said
    debugged = run("--debug", "config")
    assert "Traceback" in debugged.err
    assert debugged.err.endswith(said)


def test_an_interruption_is_quiet(run, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.settings.read_settings", interrupt)
    ran = run("config")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_a_reader_that_leaves_is_no_error(seed_index):
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "show", "000_715c783cab904e8f.txt"],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "ASSISTANT_INDEX": str(seed_index)},
        check=False,
    )
    os.close(write)
    assert ran.returncode == 0
    assert b"Broken" not in ran.stderr


def test_any_terminal_encoding_will_do(seed_index):
    options = {"env": {**os.environ, "PYTHONIOENCODING": "ascii"}}
    ran = assistant("find", "“connected” 1", "--index", seed_index, **options)
    assert ran.returncode == 0
    assert rb"\u201c" in ran.stdout


def test_an_argument_that_is_no_text_survives(seed_index):
    ran = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "find", b"caf\xe9", "--json"],
        capture_output=True,
        env={**os.environ, "ASSISTANT_INDEX": str(seed_index)},
        check=True,
    )
    assert json.loads(ran.stdout.decode("ascii"))["phrase"] == "caf\udce9"


def test_eval_is_handed_on(run, tmp_path):
    helped = run("eval", "--help")
    assert helped.code == 0
    assert "compare" in helped.out
    ran = run("eval", "compare", tmp_path / "a", tmp_path / "b")
    assert ran.code == 1
    assert ran.err.startswith("assistant: ")
    assert run("eval", "nonsense").code == 2


def test_main_takes_the_processes_own_arguments(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["assistant", "config", "--json"])
    assert main() == 0
    assert "index" in json.loads(capsys.readouterr().out)


def test_chat_serves_and_ends_on_ctrl_c(seed_index):
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "chat", "--port", "0", "--index", str(seed_index)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    line = process.stdout.readline()
    time.sleep(1)
    process.send_signal(2)
    _, err = process.communicate(timeout=60)
    assert line.startswith("Open http://127.0.0.1:"), err
    assert process.returncode == 0
    assert "opening the index and the models:" in err
    assert err.endswith("stopped\n")


def test_chat_follows_a_folder_from_an_index_that_it_makes_of_it(tmp_path):
    letters, index = corpus(tmp_path / "letters", [0]), tmp_path / "index"
    asked = ["chat", "--port", "0", "--watch", str(letters), "--index", str(index)]
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", *asked],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().startswith("Open http://127.0.0.1:")
    corpus(letters, [3])
    deadline = time.monotonic() + 60
    while len(manifest.read(index).documents) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    process.send_signal(2)
    _, err = process.communicate(timeout=60)
    assert sorted(one.sources[0] for one in manifest.read(index).documents.values()) == [
        "letter-000.txt",
        "letter-003.txt",
    ]
    assert f"building it from {letters}" in err
    assert err.endswith("stopped\n")


def test_a_folder_to_be_followed_must_be_there(run, tmp_path):
    ran = run("chat", "--watch", tmp_path / "none", "--index", tmp_path / "index")
    assert (ran.code, ran.out) == (2, "")
    assert "none does not exist: name a folder of documents" in ran.err
    assert not (tmp_path / "index").exists()


def test_a_folder_that_cannot_be_made_is_usage(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    ran = run("index", "build", "--index", tmp_path / "file" / "index")
    assert (ran.code, ran.out) == (2, "")
    assert str(tmp_path / "file" / "index") in ran.err
    assert "--index or ASSISTANT_INDEX" in ran.err
