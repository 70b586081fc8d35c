"""A proxy that serves an application below a path, and nothing beside it."""

ROOT = "/letters"


class Stripping:
    """ASGI middleware: takes the path off, and answers 404 to whatever does not begin with it."""

    def __init__(self, app):
        self._app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            path = scope["path"]
            below = path.startswith(f"{ROOT}/")
            path = path.removeprefix(ROOT) if below else "/not-below"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)
