"""Which addresses belong to other programs, and what a token must allow for each."""

from __future__ import annotations

SEARCH, ASK, READ, METRICS = "search", "ask", "read", "metrics"
SCOPES = (SEARCH, ASK, READ, METRICS)
"""What a token may allow: finding passages; answers; documents and their text; figures."""

_OPEN = ("/healthz", "/readyz")
_VIEWS = ("inspections", "timeline", "changes", "compare", "brief")
_NEEDS = (("/api/search", SEARCH), ("/api/ask", ASK), ("/api/documents", READ), ("/v1/", ASK),
          *((f"/api/{name}", READ) for name in _VIEWS), ("/metrics", METRICS))  # fmt: skip


def for_programs(path: str) -> bool:
    """Say whether other programs, not people with a browser, ask here."""
    return path.startswith(("/api/", "/v1/", "/mcp/")) or path in (*_OPEN, "/metrics", "/mcp")


def is_open(path: str) -> bool:
    """Say whether anyone may ask here: whether the server lives, and nothing else."""
    return path in _OPEN


def needed(path: str) -> str | None:
    """Return the scope that a token needs here; None for any (MCP's tools check theirs)."""
    return next((scope for start, scope in _NEEDS if path.startswith(start)), None)
