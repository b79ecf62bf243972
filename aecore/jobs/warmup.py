"""How is a worker made ready before the first click?"""

from __future__ import annotations

import logging
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from distributed import Worker, WorkerPlugin

from aecore.experiment import Experiment
from aecore.jobs.messages import RESOURCES, TOPIC
from aecore.runs import RunStore
from aecore.runs.store import StoreLocation
from aecore.training.events import Event

if TYPE_CHECKING:
    from aecore.training.compiled_models import CompiledModelCache

# The default experiment is what most people start with; this loads its data set too.
# One epoch is enough, for XLA compiles the default experiment in its first.
FIRST_EPOCHS = 1

_log = logging.getLogger(__name__)
_warm = threading.Event()
_opening = threading.Lock()


class WarmUp(WorkerPlugin):
    """Opens the store, imports Keras and trains once in every worker, also in one that replaces
    a dead one.
    """

    name = "aecore-warm-up"
    idempotent = True

    def __init__(self, location: StoreLocation) -> None:
        self._location = location

    async def setup(self, worker: Worker) -> None:
        """Begin in the background, so that the worker answers meanwhile."""
        if not RESOURCES.keys() <= worker.state.total_resources.keys():
            await worker.set_resources(**RESOURCES)
        threading.Thread(
            target=_warm_up, args=(worker, self._location), daemon=True, name="warm-up"
        ).start()


def is_warm() -> bool:
    """Whether this process has trained once."""
    return _warm.is_set()


def wait_until_warm() -> None:
    """Let the warm-up of this process end: two trainings at once would share Keras's state."""
    _warm.wait()


@lru_cache(maxsize=1)
def model_cache() -> CompiledModelCache:
    """The bench of this process."""
    from aecore.training.compiled_models import CompiledModelCache

    return CompiledModelCache()


def open_store(location: StoreLocation) -> RunStore:
    """The store at a location, one a process: opening it takes more than a second."""
    with _opening:
        return _open_store(location)


@lru_cache(maxsize=4)
def _open_store(location: StoreLocation) -> RunStore:
    store = RunStore.at(location)
    store.open()
    return store


def _warm_up(worker: Worker, location: StoreLocation) -> None:
    try:
        open_store(location)
        import tensorflow as tf

        tf.get_logger().setLevel(logging.ERROR)
        from aecore.run import train

        told: list[Event] = []
        train(
            Experiment(),
            on_event=told.append,
            should_stop=lambda: sum(event["event"] == "epoch" for event in told) >= FIRST_EPOCHS,
            model_cache=model_cache(),
        )
    except Exception:
        # Whatever is wrong will be told to the user by the first run that meets it.
        _log.exception("The worker could not warm up.")
    finally:
        _warm.set()
        worker.log_event(TOPIC, {"warm": worker.address})
