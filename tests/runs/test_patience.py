"""Does what is kept for good wait for a tracking server that is away for a while?"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from aecore.errors import StoreAwayError
from aecore.runs import RunStore
from aecore.runs.store import StoreLocation

REFUSED = 2
EXPERIMENT = {"experiment_id": "1", "name": "Autoencoder Lab", "lifecycle_stage": "active"}


class _Restarting(BaseHTTPRequestHandler):
    """A server that is being started again: it refuses some requests, and then answers."""

    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        is_up = type(self).asked > REFUSED
        self.send_response(200 if is_up else 503)
        self.end_headers()
        self.wfile.write(json.dumps({"experiment": EXPERIMENT}).encode() if is_up else b"")

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def location(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreLocation]:
    """A store on such a server, of which MLflow itself asks once."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    _Restarting.asked = 0
    with HTTPServer(("127.0.0.1", 0), _Restarting) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield StoreLocation(str(tmp_path), f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        serving.join()


def test_a_page_is_told_at_once(location: StoreLocation) -> None:
    """It asks again when it is drawn again."""
    with pytest.raises(StoreAwayError, match="does not answer"):
        RunStore.at(location).open()
    assert _Restarting.asked == 1


def test_a_job_waits_until_it_answers(location: StoreLocation) -> None:
    """A trained model is not lost because a server was started again at that moment."""
    RunStore.at(location, patience=60).open()
    assert _Restarting.asked > REFUSED


def test_patience_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody comes back, it is told."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with pytest.raises(StoreAwayError):
        RunStore.at(StoreLocation(str(tmp_path), "http://127.0.0.1:9"), patience=0.5).open()
