"""Data sets to try inspections with: one to download slowly, a slow one, and two that fail."""

from __future__ import annotations

import hashlib
import http.server
import threading
from contextlib import suppress

import numpy as np
from distributed import Client, SubprocessCluster

from aecore.data import downloading
from aecore.data.dataset import Dataset, DatasetSpec, Download, Facts
from aecore.data.sources import DATASETS
from tests.waiting import be_slow

CHUNK = bytes(downloading.CHUNK_BYTES)
SIZE = 32 * len(CHUNK)


class SlowServer(http.server.ThreadingHTTPServer):
    """Answers every request with chunks: two at once, the others only once it is hurried."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), SlowHandler)
        self.hurried = threading.Event()
        self.asked = 0

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class SlowHandler(http.server.BaseHTTPRequestHandler):
    """One answer of the slow server."""

    server: SlowServer

    def do_GET(self) -> None:
        self.server.asked += 1
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.end_headers()
        # The client hangs up once it has been told to stop.
        with suppress(ConnectionError):
            for number in range(SIZE // len(CHUNK)):
                if number >= 2:
                    self.server.hurried.wait(0.2)
                self.wfile.write(CHUNK)

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


def add_toys(url: str) -> None:
    """Let a worker know a data set to download, a slow one, and some that cannot be read."""
    content = CHUNK * (SIZE // len(CHUNK))
    file = Download(f"{url}/toy", f"sha256:{hashlib.sha256(content).hexdigest()}", SIZE)
    facts = Facts(4, (2,), "table")
    for name, load, files in (
        ("toy", read_toy, (file,)),
        ("slow", read_slowly, ()),
        ("too-large", read_too_much, ()),
        ("broken", read_nothing, ()),
    ):
        DATASETS[name] = DatasetSpec(name, "Toy", "A toy.", facts, load, "here", files=files)


def read_toy() -> Dataset:
    """Four rows, once the file is here."""
    size = downloading.path_of(DATASETS["toy"].files[0], "Toy").stat().st_size
    return Dataset(np.full((4, 2), size), None, "table", feature_names=("a", "b"))


def read_slowly() -> Dataset:
    """Four rows, after a while."""
    be_slow(1)
    return Dataset(np.zeros((4, 2)), None, "table", feature_names=("a", "b"))


def read_too_much() -> Dataset:
    """More than any machine's memory."""
    return Dataset(np.zeros((2**20, 2**30)), None, "table")


def read_nothing() -> Dataset:
    """An error that nobody foresaw."""
    raise RuntimeError("a programming error")


def make_toys_known(cluster: SubprocessCluster, server: SlowServer) -> None:
    """Let the worker of a cluster know the toys, with this server's address."""
    with Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
        client.run(add_toys, server.url)
