import asyncio

from assistant.auth.trusted_proxies import Forwarded

TOLD = [
    (b"host", b"10.0.0.7:7860"),
    (b"x-forwarded-for", b"192.0.2.9, 203.0.113.5"),
    (b"x-forwarded-proto", b"https"),
    (b"x-forwarded-host", b"evil.example, letters.example"),
    (b"forwarded", b"for=192.0.2.9"),
]


def seen(peer, *proxies):
    scopes = []

    async def app(scope, receive, send):
        scopes.append(scope)

    scope = {"type": "http", "scheme": "http", "client": (peer, 1), "headers": list(TOLD)}
    asyncio.run(Forwarded(app, proxies)(scope, None, None))
    return scopes[0]


def test_a_trusted_proxys_word_is_taken():
    scope = seen("10.0.0.1", "10.0.0.1")
    assert scope["scheme"] == "https"
    assert scope["client"][0] == "203.0.113.5"
    assert scope["headers"] == [(b"host", b"letters.example")]
    assert scope["assistant_peer"] == "10.0.0.1"


def test_nobody_elses_is():
    scope = seen("203.0.113.5", "10.0.0.1")
    assert (scope["scheme"], scope["client"][0]) == ("http", "203.0.113.5")
    assert scope["headers"] == [(b"host", b"10.0.0.7:7860")]
