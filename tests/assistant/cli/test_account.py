import io
import os

import pytest

from assistant.auth.accounts import ADD, MANAGE, Accounts

PASSWORD = "correct horse battery"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ASSISTANT_ACCOUNTS", str(tmp_path / "accounts"))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    return tmp_path


def test_accounts_are_added_listed_and_removed(run, settings):
    assert run("account", "add", "ann").code == 0
    assert Accounts(settings / "accounts").check("ann", PASSWORD)
    assert PASSWORD not in (settings / "accounts").read_text()
    assert run("account", "list", "--json").out == '[\n "ann"\n]\n'
    assert run("account", "remove", "ann").code == 0
    gone = run("account", "remove", "ann")
    assert (gone.code, "no account 'ann'" in gone.err) == (2, True)


def test_an_account_is_allowed_to_add_documents_and_forbidden_again(run, settings, monkeypatch):
    accounts = settings / "accounts"
    run("account", "add", "ann")
    held = Accounts(accounts)
    mark = held.mark("ann")
    assert not held.may("ann", ADD)
    assert run("account", "allow", "ann").code == 0
    assert (held.may("ann", ADD), held.mark("ann")) == (True, mark)
    assert run("account", "list").out.split()[-3:] == ["ann", "yes", "no"]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert run("account", "add", "ann").code == 0  # another password, the same right
    assert held.may("ann", ADD)
    assert run("account", "forbid", "ann").code == 0
    assert not held.may("ann", ADD)
    assert run("account", "allow", "bob").code == 2


def test_the_right_to_the_administrator_s_page_is_one_of_its_own(run, settings):
    run("account", "add", "ann")
    held = Accounts(settings / "accounts")
    assert run("account", "allow", "ann").code == 0
    assert run("account", "allow", "ann", "--manage").code == 0
    assert (held.may("ann", ADD), held.may("ann", MANAGE)) == (True, True)
    assert run("account", "list").out.split()[-3:] == ["ann", "yes", "yes"]
    assert run("account", "forbid", "ann").code == 0
    assert (held.may("ann", ADD), held.may("ann", MANAGE)) == (False, True)
    assert run("account", "forbid", "ann", "--manage").code == 0
    assert (settings / "accounts").read_text().count(":") == 1


def test_the_file_of_accounts_must_be_named(run, settings, monkeypatch):
    monkeypatch.delenv("ASSISTANT_ACCOUNTS")
    refused = run("account", "list")
    assert (refused.code, "ASSISTANT_ACCOUNTS" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"ASSISTANT_ACCOUNTS": None}, "Make an account with 'assistant account add NAME'"),
        ({}, "holds no account"),
        ({"ASSISTANT_PROXY_HEADER": "X-User"}, "not both"),
        (
            {"ASSISTANT_ACCOUNTS": None, "ASSISTANT_PROXY_HEADER": "X-User"},
            "needs ASSISTANT_PROXIES",
        ),
    ],
)
def test_others_are_not_served_without_a_whole_login(run, settings, monkeypatch, variables, said):
    for name, value in variables.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    refused = run("chat", "--host", "0.0.0.0")
    assert refused.code == 2
    assert said in refused.err
    assert refused.err.count("\n") == 1
