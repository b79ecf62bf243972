"""Visits: a browser is given its secret, and it is known whose pages are open."""

from __future__ import annotations

import threading
import time
from collections import Counter

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aecore.access import chosen_mode
from aecore.errors import AccessError
from ui.app import visitors

# Browsers keep a cookie no longer.
KEPT_SECONDS = 400 * 24 * 60 * 60
NOT_MODIFIED = 304
BY_TLS = ("https", "wss")


class Visits:
    """Which visitors have a page open, and since when others have none; for many threads."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._left: dict[str, float] = {}
        self._lock = threading.Lock()

    def come(self, visitor: str) -> None:
        """A page of the visitor's was opened."""
        with self._lock:
            self._open[visitor] += 1
            self._left.pop(visitor, None)

    def leave(self, visitor: str) -> None:
        """A page of the visitor's was closed."""
        with self._lock:
            self._open[visitor] -= 1
            if self._open[visitor] <= 0:
                del self._open[visitor]
                self._left[visitor] = time.monotonic()

    def note(self, visitor: str) -> None:
        """Something is kept of this visitor; without a page open, their absence counts from now."""
        with self._lock:
            if visitor not in self._open:
                self._left.setdefault(visitor, time.monotonic())

    def gone(self, seconds: float) -> list[str]:
        """The visitors who have had no page open for so long."""
        before = time.monotonic() - seconds
        with self._lock:
            return [visitor for visitor, left in self._left.items() if left <= before]

    def forget(self, visitor: str) -> None:
        """Nothing is kept of this visitor any more."""
        with self._lock:
            self._left.pop(visitor, None)


VISITS = Visits()


class KnownVisitors:
    """Gives each browser its secret with its first page, and notes when its pages come and go.

    The secret is a cookie that no script can read, and that no other site can have sent along but
    by a link.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a browser without a secret gets one with the page."""
        if scope["type"] == "lifespan" or not _tells_apart():
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._watch(scope, receive, send)
        else:
            await self._app(scope, receive, _giving_secret(scope, send))

    async def _watch(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = visitors.visitor_of(HTTPConnection(scope).cookies)
        if not visitor:
            await self._app(scope, receive, send)
            return
        VISITS.come(visitor)
        try:
            await self._app(scope, receive, send)
        finally:
            VISITS.leave(visitor)


def _giving_secret(scope: Scope, send: Send) -> Send:
    request = HTTPConnection(scope)
    # Behind a proxy, it alone knows; who forges this changes nothing but their own cookie.
    told = request.headers.get("x-forwarded-proto", request.url.scheme)
    secure = told.partition(",")[0].strip() in BY_TLS
    if visitors.has_secret(request.cookies, secure=secure):
        return send
    wants_page = "text/html" in request.headers.get("accept", "")

    async def with_secret(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            is_page = headers.get("content-type", "").startswith("text/html")
            # A page that the browser has already is sent without its type.
            if is_page or (message["status"] == NOT_MODIFIED and wants_page):
                headers.append("set-cookie", _cookie(secure=secure))
        await send(message)

    return with_secret


def _cookie(*, secure: bool) -> str:
    name = visitors.SECURE_COOKIE if secure else visitors.COOKIE
    parts = [f"{name}={visitors.new_secret()}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if secure:
        parts.append("Secure")
    if chosen_mode().forgets_after is None:
        parts.append(f"Max-Age={KEPT_SECONDS}")
    return "; ".join(parts)


def _tells_apart() -> bool:
    try:
        return chosen_mode().tells_apart
    except AccessError:
        # The page says that there is no such mode.
        return False
