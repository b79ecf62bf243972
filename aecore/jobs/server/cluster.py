"""`OwnCluster`: a scheduler and a worker on this machine, for this user alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from distributed import Security, SubprocessCluster
from distributed.deploy.spec import SpecCluster

import aecore
from aecore import environment
from aecore.jobs.kinds import RESOURCES

HOST = "127.0.0.1"
# One for each job that may go on at once, and one that answers pages meanwhile.
THREADS = sum(RESOURCES.values()) + 1
CLOSE_SECONDS = 5
SETTLE = """import sys
sys.path.append({path!r})
from aecore.jobs.server.orphans import settle
settle({server})
"""


class OwnCluster:
    """A scheduler and a worker as child processes, and the folder of the keys they are locked with.

    What cannot be started leaves nothing behind.

    Attributes:
        dask: the cluster, for a client of Dask.
    """

    def __init__(self) -> None:
        self._folder = _private_folder()
        try:
            self.dask = _start(self._folder)
        except BaseException:
            self._remove_folder()
            raise

    def close(self, *, is_lost: bool = False) -> None:
        """End its processes; `is_lost` if its scheduler is dead."""
        with contextlib.suppress(Exception):
            if is_lost and self.dask.scheduler is not None:
                # To ask a dead scheduler for anything would wait for its answer.
                self.dask.sync(self.dask.scheduler.close)
                self.dask.shutdown_scheduler = False
            self.dask.close(timeout=CLOSE_SECONDS)
        self._remove_folder()

    def _remove_folder(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _start(folder: Path) -> SpecCluster:
    """The processes, with their keys in a folder.

    Whoever reaches a Dask port can run code, so every connection needs a key that only this
    user can read. Not Dask's `LocalCluster`: its workers would run Streamlit's script again.
    """
    environment.quiet_dask()
    security = temporary_security(folder)
    for_processes = _as_options(security)
    settle = SETTLE.format(path=str(Path(aecore.__file__).parents[1]), server=os.getpid())
    return SubprocessCluster(
        host=HOST,
        n_workers=1,
        threads_per_worker=THREADS,
        dashboard_address=f"{HOST}:0",
        silence_logs=40,
        security=security,
        scheduler_kwargs={
            "protocol": "tls://",
            "security": for_processes,
            "preload": [settle],
            "dashboard": False,
            "allowed_failures": 0,
        },
        worker_kwargs={
            "protocol": "tls://",
            "security": for_processes,
            "preload_nanny": [settle],
            "resources": RESOURCES,
            "env": environment.of_a_worker(usable_cores()),
            "local_directory": str(folder),
        },
    )


def usable_cores() -> int:
    """The cores that this process may use, or all where the system does not say, as on macOS."""
    affinity = getattr(os, "sched_getaffinity", None)
    if affinity is not None:
        return len(affinity(0))
    counted = getattr(os, "process_cpu_count", os.cpu_count)
    return counted() or 1


def _private_folder() -> Path:
    """A new folder that only this user can read."""
    return Path(tempfile.mkdtemp(prefix="autoencoder-lab-"))


def temporary_security(folder: Path) -> Security:
    """Fresh keys for TLS in both directions, as files that only this user can read."""
    keys = Security.temporary()
    certificate = _write(folder / "cluster.crt", keys.tls_client_cert)
    key = _write(folder / "cluster.pem", keys.tls_client_key)
    roles = ("client", "scheduler", "worker")
    return Security(
        require_encryption=True,
        tls_ca_file=certificate,
        **{f"tls_{role}_cert": certificate for role in roles},
        **{f"tls_{role}_key": key for role in roles},
    )


def _write(path: Path, text: str) -> str:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return str(path)


def _as_options(security: Security) -> dict[str, Any]:
    """The paths, not the keys: they stand on the command line of the processes."""
    names = [name for name in security.__slots__ if name.endswith(("_cert", "_key", "_ca_file"))]
    return {"require_encryption": True, **{name: getattr(security, name) for name in names}}
