"""What do the server's answers carry, and what has it read before the first of them?"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.app_discovery import discover_asgi_app

from aecore.data.limits import limits
from aecore.evaluation.samples import MAX_SAMPLES
from tools.app_server import ROOT
from ui.app.headers import HEADERS, SafeHeaders
from ui.app.server import accept_uploads
from ui.figures.pictures import MAX_SPRITE_SIDE

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
    assert "on_script_error=last_resort.tell" in (ROOT / "app.py").read_text("utf-8")


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


@pytest.fixture
def upload_option() -> Iterator[None]:
    """Streamlit's own limit as it was, after the test."""
    before = config.get_option("server.maxUploadSize")
    yield
    config.set_option("server.maxUploadSize", before)
    limits.cache_clear()


@pytest.mark.parametrize(("given", "megabytes"), [(None, 200), (50 * 2**20 + 1, 51), ("x", 7)])
def test_streamlit_takes_files_as_large_as_the_limits_allow(
    upload_option: None, monkeypatch: pytest.MonkeyPatch, given: object, megabytes: int
) -> None:
    """One number, which a variable may set; one that is no number changes nothing here."""
    config.set_option("server.maxUploadSize", 7)
    if given is not None:
        monkeypatch.setenv("AECORE_MAX_UPLOAD_BYTES", str(given))
    limits.cache_clear()

    accept_uploads()

    assert config.get_option("server.maxUploadSize") == megabytes


def test_pictures_of_all_samples_fit_in_a_message() -> None:
    """Noise in colour, which PNG cannot make smaller, in base64, with a tenth left for the rest."""
    own = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["server"]
    sheet = MAX_SAMPLES * 2 * MAX_SPRITE_SIDE**2 * 3

    assert sheet * 4 / 3 < 0.9 * own["maxMessageSize"] * 10**6
    assert "maxUploadSize" not in own
