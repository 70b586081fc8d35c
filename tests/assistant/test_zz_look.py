from tests.assistant.test_http import *


def test_a(http):
    open("/tmp/zz.out", "w").write(repr(sorted(http.get("/api/openapi.json").json()["paths"])))
