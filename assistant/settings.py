"""Every setting, read from the environment in this one place; and the folders that ship with us.

Builds nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import UsageError

_LOGIN = re.compile(r"(?<=://).*@")
_QUERY = re.compile(r"(?<=://)([^?#]*)\?[^#]+")


class Settings(BaseSettings):
    """What can be set, as environment variables with the prefix ``ASSISTANT_``."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, extra="ignore")

    index: Path = Field(Path(".assistant/index"), description="the index folder")
    store: Literal["folder", "milvus"] = Field(
        "folder", description="where the index is: 'folder' (above) or 'milvus' (below)"
    )
    milvus_uri: SecretStr | None = Field(
        None, description="address of a Milvus server, or a '.db' file for milvus-lite"
    )
    embedder: str = Field(
        "bge-small",
        description="'bge-small' or 'minilm' (both packaged), a folder, or a hub name",
    )
    model: str | None = Field(
        None, description="language model for written answers, any litellm string; unset: none"
    )
    api_base: str | None = Field(None, description="address of an OpenAI-compatible server")
    api_key: SecretStr | None = Field(None, description="key for the language model")
    context_tokens: int | None = Field(
        None, gt=500, description="the model's context in tokens, where litellm does not know it"
    )
    timeout_s: float = Field(60.0, gt=0, description="seconds to wait for the language model")
    retries: int = Field(2, ge=0, le=10, description="tries again after a busy or failing model")
    reply_tokens: int = Field(700, gt=50, description="most tokens of a written answer")
    failed: Literal["struck", "hidden"] = Field(
        "struck", description="a written sentence that fails its check: 'struck' or 'hidden'"
    )
    host: str = Field("127.0.0.1", description="address that the web chat listens on")
    port: int = Field(7860, ge=0, le=65535, description="port of the web chat, 0 for any")
    tokens: Path | None = Field(
        None, description="file of the tokens that other programs must send; unset: none needed"
    )
    per_minute: int = Field(
        60, ge=0, description="questions a person or program may ask in a minute, 0 for any number"
    )
    accounts: Path | None = Field(
        None, description="file of the accounts that may sign in to the web chat; unset: no login"
    )
    proxy_header: str | None = Field(
        None, description="header in which a trusted proxy names who is signed in; unset: none"
    )
    proxies: str = Field("", description="addresses of the trusted proxies, separated by commas")
    names: str = Field(
        "", description="host names that the web chat is reached by, separated by commas"
    )
    root_path: str = Field(
        "",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="path below which a proxy serves the web chat, such as '/letters'",
    )
    kept: Path = Field(
        Path(".assistant/kept"),
        description="folder of conversations, readers' verdicts and the audit lines",
    )
    keep_days: int = Field(
        30, ge=0, description="days that a conversation is kept, 0 for not at all"
    )
    audit_text: bool = Field(False, description="whether audit lines hold the question's text")

    def masked(self) -> dict[str, str]:
        """Return every setting as text; secrets, and what an address holds of them, as ``***``."""
        return {name: _shown(value) for name, value in self}


def read_settings() -> Settings:
    """Return the settings in force.

    Raises:
        UsageError: a variable holds a value that cannot be.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"ASSISTANT_{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False)
        )
        raise UsageError(f"a setting cannot be used: {faults}") from error


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return "***"
    return _QUERY.sub(r"\1?***", _LOGIN.sub("***@", str(value)))


def prompt_folder() -> Path:
    """Return the prompt templates."""
    return _folder("prompts")


def seeds_folder() -> Path:
    """Return the documents that an index is built from where none are named."""
    return _folder("seeds")


def _folder(name: str) -> Path:
    """Return a folder of the installed package, else of the checkout."""
    package = Path(__file__).parent
    packaged = package / "data" / name
    return packaged if packaged.is_dir() else package.parent / name
