from pathlib import Path

import pytest

from assistant.settings import Settings, read_settings
from index.errors import UsageError


def test_defaults_need_nothing_in_the_environment(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ASSISTANT_{name.upper()}", raising=False)
    settings = read_settings()
    assert settings.index == Path(".assistant/index")
    assert settings.embedder == "bge-small"
    assert settings.model is None
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)


def test_variables_win(monkeypatch):
    monkeypatch.setenv("ASSISTANT_INDEX", "/elsewhere")
    monkeypatch.setenv("ASSISTANT_MODEL", "ollama/tiny")
    monkeypatch.setenv("ASSISTANT_PORT", "0")
    settings = read_settings()
    assert settings.index == Path("/elsewhere")
    assert settings.model == "ollama/tiny"
    assert settings.port == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "70000"), ("PORT", "many"), ("TIMEOUT_S", "0"), ("RETRIES", "-1")],
)
def test_a_value_that_cannot_be_is_named_with_its_variable(monkeypatch, name, value):
    monkeypatch.setenv(f"ASSISTANT_{name}", value)
    with pytest.raises(UsageError, match=f"ASSISTANT_{name}"):
        read_settings()


def test_a_secret_is_never_shown(monkeypatch):
    monkeypatch.setenv("ASSISTANT_API_KEY", "sk-very-secret")
    settings = read_settings()
    assert settings.masked()["api_key"] == "***"
    assert "sk-very-secret" not in repr(settings) + str(settings.masked())


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:hunter2@host:8080/v1", "https://***@host:8080/v1"),
        ("https://hunter2@host/v1", "https://***@host/v1"),
        ("http://me:hunt@er2@host", "http://***@host"),
        ("https://host/v1?key=hunter2#top", "https://host/v1?***#top"),
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("https://me:hun/ter2?#@host/v1", "https://***@host/v1"),
    ],
)
def test_a_password_in_an_address_is_never_shown(monkeypatch, address, shown):
    monkeypatch.setenv("ASSISTANT_API_BASE", address)
    settings = read_settings()
    assert settings.masked()["api_base"] == shown
    assert settings.api_base == address


def test_an_unset_secret_is_empty(monkeypatch):
    monkeypatch.delenv("ASSISTANT_API_KEY", raising=False)
    assert read_settings().masked()["api_key"] == ""


def test_every_setting_is_described():
    assert [n for n, field in Settings.model_fields.items() if not field.description] == []
