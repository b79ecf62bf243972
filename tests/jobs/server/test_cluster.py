"""Is the cluster on this machine closed to everyone else, and set up as training needs it?"""

from __future__ import annotations

import contextlib
import http.client
import os
from collections.abc import Iterator
from pathlib import Path

import dask
import psutil
import pytest
from aecore.jobs.cluster import private_folder, start_cluster, temporary_security
from distributed import Client, Security
from distributed.deploy.spec import SpecCluster

from aecore.jobs.kinds import RESOURCES
from aecore.jobs.worker.warmup import is_warm
from tests.jobs.conftest import processes

PAGES = ("/info/main/workers.html", "/json/identity.json", "/metrics", "/health")


@pytest.fixture(scope="module")
def started() -> Iterator[tuple[SpecCluster, list[psutil.Process]]]:
    """A cluster with its worker up, and its processes."""
    others = set(processes())
    folder = private_folder()
    with start_cluster(folder) as cluster, Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
        yield cluster, [process for process in processes() if process not in others]


@pytest.fixture
def cluster(started: tuple[SpecCluster, list[psutil.Process]]) -> SpecCluster:
    """The cluster."""
    return started[0]


@pytest.fixture
def listening(started: tuple[SpecCluster, list[psutil.Process]]) -> set[tuple[str, int]]:
    """Where its processes listen."""
    return {
        (connection.laddr.ip, connection.laddr.port)
        for process in started[1]
        for connection in process.net_connections(kind="tcp")
        if connection.status == "LISTEN"
    }


def test_whoever_has_no_key_is_refused(cluster: SpecCluster) -> None:
    """A plain connection, and one with keys of its own."""
    secure = cluster.scheduler_address
    attempts = [(secure.replace("tls://", "tcp://"), None), (secure, Security.temporary())]

    for address, security in attempts:
        with pytest.raises(OSError):
            Client(address, security=security, timeout=5, set_as_default=False)


def test_no_process_listens_beyond_this_machine(listening: set[tuple[str, int]]) -> None:
    """Every port is on the loopback address, and what speaks HTTP has nothing to say."""
    assert len(listening) >= 3
    assert {address for address, _ in listening} == {"127.0.0.1"}
    assert not [port for _, port in listening if _tells_something(port)]


def test_keys_are_for_this_user_alone(tmp_path: Path) -> None:
    """Files that nobody else can read in a folder that nobody else can enter, new each time."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        temporary_security(folder)

    files = [*first.iterdir(), *second.iterdir()]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert len({file.read_bytes() for file in files}) == 4
    private = private_folder()
    assert private.stat().st_mode & 0o777 == 0o700
    private.rmdir()


def test_the_worker_is_set_up_for_training(cluster: SpecCluster) -> None:
    """All cores, no GPU, no profiler between the batches, no memory tricks, and `aecore`."""
    with Client(cluster, set_as_default=False) as client:
        [environment] = client.run(_environment).values()
        [config] = client.run(_config).values()
        [warm] = client.run(is_warm).values()
        [worker] = client.scheduler_info()["workers"].values()

    cores = str(len(os.sched_getaffinity(0)))
    assert environment == {
        "TF_NUM_INTRAOP_THREADS": cores,
        "OMP_NUM_THREADS": cores,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
    assert config == {"profile.enabled": False, "memory.pause": False, "memory.spill": False}
    assert worker["resources"] == {"training": 1, "projection": 1, "inspection": 1}
    assert warm is False


def test_a_thread_stays_free_for_pages(cluster: SpecCluster) -> None:
    """While one job of every kind goes on, codes are decoded all the same."""
    with Client(cluster, set_as_default=False) as client:
        [threads] = client.nthreads().values()

    assert threads > sum(RESOURCES.values())


def _environment() -> dict[str, str | None]:
    names = (
        "TF_NUM_INTRAOP_THREADS",
        "OMP_NUM_THREADS",
        "TF_CPP_MIN_LOG_LEVEL",
        "CUDA_VISIBLE_DEVICES",
    )
    return {name: os.environ.get(name) for name in names}


def _config() -> dict[str, object]:
    names = ("profile.enabled", "memory.pause", "memory.spill")
    return {name: dask.config.get(f"distributed.worker.{name}") for name in names}


def _tells_something(port: int) -> bool:
    """Whether a request for Dask's own pages is answered."""
    for page in PAGES:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        with (
            contextlib.closing(connection),
            contextlib.suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", page)
            if connection.getresponse().status == 200:
                return True
    return False
