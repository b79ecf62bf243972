"""Headers: what every answer of the server tells the browser not to do."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
PAGE = Path(streamlit.__file__).parent / "static" / "index.html"


def _digests_of_inline_scripts() -> list[str]:
    """The scripts inside Streamlit's page, which a policy names by their SHA-256."""
    scripts = INLINE_SCRIPT.findall(PAGE.read_text(encoding="utf-8"))
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


# What a page may load and do; tests/browser fail at the first violation that Chromium reports.
POLICY = {
    "default-src": ["'self'"],
    # Streamlit makes a blob of a component's script; only a script of the page can make one.
    # Plotly's maps in WebGL are compiled while they are drawn.
    "script-src": ["'self'", "blob:", "'unsafe-eval'", *_digests_of_inline_scripts()],
    # Streamlit's look is written into the page by its scripts.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
HEADERS = {
    # A file is what it is sent as, also one that a visitor has uploaded.
    "X-Content-Type-Options": "nosniff",
    # No other site shows the app in a frame of its own and has clicks made in it.
    "X-Frame-Options": "SAMEORIGIN",
    # An address holds an experiment; links to elsewhere do not pass it on.
    "Referrer-Policy": "same-origin",
    # No page of another site embeds what is kept here, or holds on to a window of the app.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "; ".join(
        f"{what} {' '.join(sources)}" for what, sources in POLICY.items()
    ),
}


class SafeHeaders:
    """Adds `HEADERS` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
