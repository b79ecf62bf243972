"""Is the cluster on this machine closed to everyone else?"""

from __future__ import annotations

import contextlib
import http.client
from pathlib import Path

import distributed
import pytest

from aecore.jobs import JobEngine
from aecore.jobs.cluster import temporary_security, worker_environment
from tests.jobs.conftest import processes, worker_process


def test_keys_of_a_cluster_are_for_this_user_alone(tmp_path: Path) -> None:
    """Files that nobody else can read, and a different key each time."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        temporary_security(folder)

    files = [*first.iterdir(), *second.iterdir()]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert len({file.read_bytes() for file in files}) == 4


def test_whoever_has_no_key_is_refused(engine: JobEngine) -> None:
    """A plain connection, and one with keys of its own."""
    [secure] = {
        argument
        for process in processes()
        for argument in process.cmdline()
        if argument.startswith("tls://")
    }
    attempts = [
        (secure.replace("tls://", "tcp://"), None),
        (secure, distributed.Security.temporary()),
    ]
    for address, security in attempts:
        with pytest.raises(OSError):
            distributed.Client(address, security=security, timeout=3, set_as_default=False)
    assert engine.state == "ready"


def test_no_process_of_the_cluster_listens_beyond_this_machine(engine: JobEngine) -> None:
    """Every port is on the loopback address, and what speaks HTTP has nothing to say."""
    listening = {
        connection.laddr
        for process in processes()
        for connection in process.net_connections(kind="tcp")
        if connection.status == "LISTEN"
    }
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert not [address.port for address in listening if _tells_something(address.port)]


def _tells_something(port: int) -> bool:
    """Whether a request for Dask's own pages is answered."""
    for page in ("/info/main/workers.html", "/json/identity.json", "/metrics", "/health"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        with (
            contextlib.closing(connection),
            contextlib.suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", page)
            if connection.getresponse().status == 200:
                return True
    return False


def test_the_worker_has_all_cores_and_no_chatter(engine: JobEngine) -> None:
    """Dask would give it one thread."""
    environment = worker_process().environ()
    for name, value in worker_environment().items():
        assert environment[name] == value
    assert engine.state == "ready"
