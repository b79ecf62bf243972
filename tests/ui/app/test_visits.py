"""Is it known whose pages are open, by the websocket that each page has?"""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from ui.app import visitors
from ui.app.visits import VISITS, KnownVisitors

SECRET = visitors.new_secret()
VISITOR = visitors.visitor_of({visitors.COOKIE: SECRET})


class Page:
    """A page that is open until `close` is called."""

    def __init__(self, cookie: str) -> None:
        self._scope = {"type": "websocket", "headers": [(b"cookie", cookie.encode())], "path": "/"}
        self._closed: asyncio.Queue[Message] = asyncio.Queue()
        self._served = asyncio.Event()

    async def open(self) -> None:
        """As a browser does; served once this returns."""
        asked = KnownVisitors(self._serve)(self._scope, self._closed.get, self._closed.put)
        self._task = asyncio.create_task(asked)
        await self._served.wait()

    async def close(self) -> None:
        """As a browser does, or a network that fails."""
        await self._closed.put({"type": "websocket.disconnect"})
        await self._task

    async def _serve(self, _: Scope, receive: Receive, __: Send) -> None:
        """What serves a page's websocket, until the page is closed."""
        self._served.set()
        await receive()


def gone() -> bool:
    """Whether the visitor's absence counts."""
    return VISITOR in VISITS.gone(0)


def test_a_visitor_is_there_until_the_last_page_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there were; and coming back ends the absence."""
    monkeypatch.setenv("AECORE_MODE", "demo")

    async def visit() -> list[bool]:
        seen = []
        first, second = (Page(f"{visitors.COOKIE}={SECRET}") for _ in range(2))
        await first.open()
        await second.open()
        await first.close()
        seen.append(gone())
        await second.close()
        seen.append(gone())
        third = Page(f"a=b; {visitors.COOKIE}={SECRET}")
        await third.open()
        seen.append(gone())
        await third.close()
        return seen

    assert asyncio.run(visit()) == [False, True, False] and gone()
    VISITS.forget(VISITOR)


def test_who_has_no_secret_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without it, or with one that was never given, is served and not counted."""
    monkeypatch.setenv("AECORE_MODE", "demo")

    async def visit() -> None:
        for cookie in ("", f"{visitors.COOKIE}=short", f"{visitors.COOKIE}={'!' * 43}"):
            page = Page(cookie)
            await page.open()
            await page.close()

    before = VISITS.gone(0)
    asyncio.run(visit())
    assert VISITS.gone(0) == before
