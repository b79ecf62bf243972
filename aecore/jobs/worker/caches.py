"""The run stores and compiled models that a worker process keeps from one job to the next."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from aecore.runs.store import RunStore, StoreLocation

if TYPE_CHECKING:
    from aecore.training.compiled_models import CompiledModelCache

# As long as a server is away that is started again or moved.
AWAY_SECONDS = 600.0

_opening = threading.Lock()


@lru_cache(maxsize=1)
def model_cache() -> CompiledModelCache:
    """The compiled models of this process."""
    from aecore.training.compiled_models import CompiledModelCache

    return CompiledModelCache()


def store_of_jobs(location: StoreLocation) -> RunStore:
    """The same for work that is kept: a server that is away may come back in some minutes.

    Pages do not wait for that, so what answers them uses the other.
    """
    return open_store(location) if location.tracking_uri is None else _patient_store(location)


def open_store(location: StoreLocation) -> RunStore:
    """The store at a location, one a process: opening it takes more than a second.

    Raises:
        RunStoreError: it cannot be opened.
    """
    with _opening:
        return _open_store(location)


@lru_cache(maxsize=4)
def _patient_store(location: StoreLocation) -> RunStore:
    return RunStore.at(location, AWAY_SECONDS)


@lru_cache(maxsize=4)
def _open_store(location: StoreLocation) -> RunStore:
    store = RunStore.at(location)
    store.open()
    return store
