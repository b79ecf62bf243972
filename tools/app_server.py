"""The real app, started, watched and stopped from outside."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
STOP_SECONDS = 10
POLL_SECONDS = 0.02


@dataclass(frozen=True)
class AppServer:
    """A running app.

    Attributes:
        url: its address.
        home: the folder of its runs.
        log: the file with all that it printed.
        process: the server's own process; job workers are its descendants.
    """

    url: str
    home: Path
    log: Path
    process: psutil.Popen

    def printed(self) -> str:
        """What the server and its workers have printed so far."""
        return self.log.read_text(errors="replace")

    def descendants(self) -> list[psutil.Process]:
        """The processes that the server has started, workers among them."""
        return self.process.children(recursive=True)


@contextmanager
def serving(
    home: Path,
    script: Path = ROOT / "app.py",
    variables: Mapping[str, str] | None = None,
    folder: Path = ROOT,
) -> Iterator[AppServer]:
    """The app on a free port of this machine, its runs in `home`; stopped at the end.

    Args:
        variables: of the environment, beside those of this process.
        folder: where it is started, which has Streamlit's configuration.

    Raises:
        RuntimeError: it did not answer in a minute; the message holds what it printed.
    """
    home.mkdir(parents=True, exist_ok=True)
    log, port = home.with_name(f"{home.name}.log"), _free_port()
    with log.open("wb") as output:
        process = psutil.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *_options(port)],
            cwd=folder,
            env={**os.environ, "AECORE_HOME": str(home), **(variables or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = AppServer(f"http://127.0.0.1:{port}", home, log, process)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        _stop(server)


def tensorflow_libraries(process: psutil.Process) -> set[str]:
    """TensorFlow's shared libraries that a process has loaded, by file name."""
    mapped = {Path(entry.path).name for entry in process.memory_maps()}
    return {name for name in mapped if "tensorflow" in name}


def _options(port: int) -> list[str]:
    chosen = {"port": port, "headless": "true", "fileWatcherType": "none"}
    return [f"--server.{name}={value}" for name, value in chosen.items()]


def _wait_until_healthy(server: AppServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        with suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5).close()
            return
        time.sleep(POLL_SECONDS)
    raise RuntimeError(f"The app did not start. It printed:\n{server.printed()}")


def _stop(server: AppServer) -> None:
    """End the server and whatever of its workers outlives it."""
    if not server.process.is_running():
        return
    family = [server.process, *server.descendants()]
    server.process.terminate()
    _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
