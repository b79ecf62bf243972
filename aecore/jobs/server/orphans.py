"""The end of a cluster's processes when the server that started them is gone."""

from __future__ import annotations

import os
import threading
import time

import dask

LOOK_SECONDS = 0.5
# Memory here is TensorFlow's, not Dask's: to spill or to pause would not free any of it.
SETTINGS = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
}


def settle(server: int) -> None:
    """Make this process, the scheduler or the worker's keeper, part of the server's cluster.

    Called by Dask before the process is set up. `server` is the process id of the server, whose
    child this process is.
    """
    dask.config.set(SETTINGS)
    threading.Thread(target=_end_with, args=(server,), daemon=True, name="orphan-watch").start()


def _end_with(server: int) -> None:
    """A server that was killed cannot close its cluster; its children see another parent."""
    while os.getppid() == server:
        time.sleep(LOOK_SECONDS)
    # Nothing is left to tell, and an orderly end would wait for the training.
    os._exit(0)
