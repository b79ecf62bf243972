"""Is the cluster on this machine closed to everyone else, and set up as training needs it?"""

from __future__ import annotations

import contextlib
import http.client
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dask
import pytest
from distributed import Client, Security
from distributed.deploy.spec import SpecCluster

from aecore.jobs.kinds import RESOURCES
from aecore.jobs.server import cluster as cluster_module
from aecore.jobs.server import connection
from aecore.jobs.server.cluster import OwnCluster, temporary_security, usable_cores
from aecore.jobs.server.connection import Connection
from aecore.jobs.worker.warmup import is_warm
from aecore.runs import RunStore
from tests.jobs.conftest import processes

PAGES = ("/info/main/workers.html", "/json/identity.json", "/metrics", "/health")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnCluster]:
    """A cluster with its worker up, begun where the system does not say which cores are ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(os, "sched_getaffinity", raising=False)
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
        started = OwnCluster()
    with Client(started.dask, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
    yield started
    started.close()


@pytest.fixture
def cluster(own: OwnCluster) -> SpecCluster:
    """The cluster as Dask has it."""
    return own.dask


@pytest.fixture
def listening(cluster: SpecCluster) -> set[tuple[str, int]]:
    """Where its processes listen, and those of other clusters of these tests."""
    return {
        (port.laddr.ip, port.laddr.port)
        for process in processes()
        for port in process.net_connections(kind="tcp")
        if port.status == "LISTEN"
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
    """Files that nobody else can read, new each time."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        temporary_security(folder)

    files = [*first.iterdir(), *second.iterdir()]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert len({file.read_bytes() for file in files}) == 4


def test_what_cannot_be_started_leaves_no_folder_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: OwnCluster
) -> None:
    """Where a port cannot be opened; a cluster that ended leaves no folder either."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with monkeypatch.context() as patch:
        # An address that is kept for documentation, so that no machine has it.
        patch.setattr(cluster_module, "HOST", "192.0.2.1")
        for _ in range(2):
            with pytest.raises(RuntimeError):
                OwnCluster()
    assert list(tmp_path.iterdir()) == []

    again = OwnCluster()
    [folder] = tmp_path.glob("autoencoder-lab-*")
    assert folder.stat().st_mode & 0o777 == 0o700
    with Client(again.dask, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
    again.close()

    assert not folder.exists()


def test_a_scheduler_that_does_not_answer_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server tries again every few seconds, so there must be nothing to pile up."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.5)
    location = RunStore(tmp_path / "runs").location

    with pytest.raises(OSError):
        Connection("tcp://127.0.0.1:9", location, lambda message: None, lambda key, error: None)

    assert list(tmp_path.iterdir()) == []


def test_cores_are_counted_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that this process may use; without an answer, all; without that, one."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 4, 5}, raising=False)
    assert usable_cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    assert usable_cores() == all_cores()
    monkeypatch.setattr(os, "process_cpu_count", lambda: None, raising=False)
    assert usable_cores() == 1


def test_the_worker_is_set_up_for_training(cluster: SpecCluster) -> None:
    """All cores, no GPU, no profiler between the batches, no memory tricks, and `aecore`."""
    with Client(cluster, set_as_default=False) as client:
        [environment] = client.run(_environment).values()
        [config] = client.run(_config).values()
        [warm] = client.run(is_warm).values()
        [worker] = client.scheduler_info()["workers"].values()

    cores = str(all_cores())
    assert environment == {
        "TF_NUM_INTRAOP_THREADS": cores,
        "OMP_NUM_THREADS": cores,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
    assert config == {"profile.enabled": False, "memory.pause": False, "memory.spill": False}
    assert worker["resources"] == RESOURCES
    assert warm is False


def test_a_thread_stays_free_for_pages(cluster: SpecCluster) -> None:
    """While one job of every kind goes on, codes are decoded all the same."""
    with Client(cluster, set_as_default=False) as client:
        [threads] = client.nthreads().values()

    assert threads > sum(RESOURCES.values())


def all_cores() -> int | None:
    """As Python counts them, from 3.13 on by another name."""
    return getattr(os, "process_cpu_count", os.cpu_count)()


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
