"""A server that is asked to end: no process and no file of it is left."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser

from tests.waiting import until
from tools.app_server import serving

END_SECONDS = 30
# The scheduler, the worker's keeper with its tracker, and the worker.
PROCESSES = 4


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT], ids=lambda signal: signal.name)
def test_it_leaves_nothing(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: signal.Signals
) -> None:
    """Neither keys nor what workers generate, while a page is open and the worker warms up."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with monkeypatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        with serving(tmp_path / "runs") as server:
            page = browser.new_page()
            page.goto(server.url)
            until(lambda: len(server.descendants()) >= PROCESSES, 60)
            assert list(temporary.rglob("*.pem"))
            family = [server.process, *server.descendants()]

            server.process.send_signal(asked)

            _, alive = psutil.wait_procs(family, timeout=END_SECONDS)
            page.close()
    assert alive == []
    assert list(temporary.rglob("*")) == []
    assert not (tmp_path / "runs" / "servers").exists()
