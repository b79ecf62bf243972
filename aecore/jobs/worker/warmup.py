"""`WarmUp`: makes a worker ready before the first click."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

from distributed import Worker, WorkerPlugin

from aecore.experiment import Experiment
from aecore.jobs.messages import TOPIC
from aecore.jobs.worker.caches import model_cache, open_store
from aecore.progress import Event
from aecore.runs.store import StoreLocation

# The default experiment is what most people start with; this loads its data set too.
# One epoch is enough, for XLA compiles the default experiment in its first.
FIRST_EPOCHS = 1

_log = logging.getLogger(__name__)
_warm = threading.Event()


class WarmUp(WorkerPlugin):
    """Opens the store, imports Keras and trains once in every worker, also in one that replaces
    a dead one.

    Args:
        location: the store to open.
        resources: what a worker is to have, for one that was started elsewhere.
    """

    name = "aecore-warm-up"
    idempotent = True

    def __init__(self, location: StoreLocation, resources: Mapping[str, int]) -> None:
        self._location, self._resources = location, dict(resources)

    async def setup(self, worker: Worker) -> None:
        """Begin in the background, so that the worker answers meanwhile."""
        if not self._resources.keys() <= worker.state.total_resources.keys():
            await worker.set_resources(**self._resources)
        threading.Thread(
            target=_warm_up, args=(worker, self._location), daemon=True, name="warm-up"
        ).start()


def is_warm() -> bool:
    """Whether this process has trained once."""
    return _warm.is_set()


def wait_until_warm() -> None:
    """Let the warm-up of this process end."""
    _warm.wait()


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
