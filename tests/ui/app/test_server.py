"""What do the server's answers carry, and what has it read before the first of them?"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from starlette.types import Message, Receive, Scope, Send
from streamlit.web.server.app_discovery import discover_asgi_app

from tools.app_server import ROOT
from ui.app.server import HEADERS, SafeHeaders

# What the first visit imports of ours, or of Streamlit's largest table, after the server is up.
FIRST_VISIT = """
import asyncio, sys
import app
from ui.app import server

async def up():
    async with server.lifespan(app.app):
        return

asyncio.run(up())
before = set(sys.modules)
from streamlit.testing.v1 import AppTest
tab = AppTest.from_file(app.__file__, default_timeout=60).run()
assert not tab.exception and tab.title
late = [name for name in set(sys.modules) - before if name.split(".")[0] in ("ui", "aecore")]
print(sorted(late), "streamlit.emojis" in before, "tensorflow" in sys.modules)
"""


def test_streamlit_run_serves_what_app_py_makes() -> None:
    """Without it, nobody would have the headers, and the first visitor would do the reading."""
    assert discover_asgi_app(ROOT / "app.py").import_string == "app:app"


def test_every_answer_carries_the_headers() -> None:
    """Also one that has headers of its own, which stay."""
    sent: list[Message] = []

    async def inner(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b"1")]})
        await send({"type": "http.response.body", "body": b"x"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(SafeHeaders(inner)({"type": "http"}, receive, send))

    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert headers == {"etag": "1"} | {name.lower(): value for name, value in HEADERS.items()}
    assert sent[1]["body"] == b"x"


def test_the_first_visit_finds_everything_imported(tmp_path: Path) -> None:
    """Nothing of ours is left to import, and TensorFlow is not among it."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST_VISIT],
        cwd=ROOT,
        env={**os.environ, "AECORE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[] True False"
