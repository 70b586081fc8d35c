"""The page's HTML templates, with every value escaped by default."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from assistant.rendering import dates, names
from assistant.rendering.grammar import count, listed
from assistant.rendering.references import formal_reference
from assistant.web.plain_text import quote_as_text

SIGN_OUT: ContextVar[bool] = ContextVar("sign_out", default=False)
"""Whether whoever makes this request can sign out here; every page then has a link to it."""


_ROOT_PATH = "root_path"


def serve_below(path: str) -> None:
    """Let the links of every page of this process begin with ``path``, empty for none."""
    _environment().globals[_ROOT_PATH] = path


def rooted(address: str) -> str:
    """Return an address of ours ("/collection") as a browser must ask for it."""
    return f"{_environment().globals.get(_ROOT_PATH, '')}{address}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("assistant.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("speaker", "dated", "visit", "title", "letter_name", "source_name", "place"):
        environment.filters[name] = getattr(names, name)
    environment.filters["formal"] = formal_reference
    environment.filters["cited_quote"] = lambda one: quote_as_text(one.quote, (one,))
    environment.filters["day"] = dates.day
    environment.tests["words_of"] = lambda text, one: " ".join(one.quote.split()) in text
    environment.filters["listed"] = listed
    environment.globals["count"] = count
    environment.globals["can_sign_out"] = SIGN_OUT.get
    environment.globals["root"] = lambda: rooted("")
    return environment


def render(template: str, **values: object) -> Markup:
    """Fill ``template`` (a file name under ``templates/``); text in ``values`` is escaped."""
    return Markup(_environment().get_template(template).render(**values))
