"""How does the server talk to the cluster: send a job, hear of it, ask it to stop?"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable
from typing import Any

from distributed import Client, Event, Future, fire_and_forget
from distributed.deploy.spec import SpecCluster

from aecore.jobs.broadcasting import backlog
from aecore.jobs.cluster import private_folder, start_cluster
from aecore.jobs.job import Job
from aecore.jobs.messages import CLUSTER_TOPIC, TOPIC, stop_flag
from aecore.jobs.recording import Message
from aecore.jobs.warmup import WarmUp, is_warm
from aecore.runs.store import StoreLocation

CONNECT_SECONDS = 10
CLOSE_SECONDS = 5

OnDone = Callable[[str, BaseException | None], None]


class Connection:
    """A cluster of our own, or a scheduler elsewhere, with our plugin in its workers.

    Args:
        scheduler: address of a scheduler elsewhere; None starts a cluster here.
        location: the store that workers open while they warm up.
        on_message: called with each message of a job, in order, in a thread that must not wait.
        on_done: called with the key of a job that returned, and the error if it raised.
    """

    def __init__(
        self,
        scheduler: str | None,
        location: StoreLocation,
        on_message: Callable[[Message], None],
        on_done: OnDone,
    ) -> None:
        self._on_message, self._on_done = on_message, on_done
        self._warm: set[str] = set()
        self._lock = threading.Lock()
        self._folder = private_folder()
        self._cluster: SpecCluster | None = None
        if scheduler is None:
            self._cluster = start_cluster(self._folder)
        self._client = Client(
            self._cluster or scheduler, timeout=CONNECT_SECONDS, set_as_default=False
        )
        self._client.subscribe_topic(TOPIC, self._hear)
        self._client.subscribe_topic(CLUSTER_TOPIC, self._hear_of_worker)
        self._client.register_plugin(WarmUp(location))
        already = self._client.run(is_warm, on_error="ignore")
        with self._lock:
            self._warm |= {address for address, warm in already.items() if warm}

    @property
    def is_lost(self) -> bool:
        """Whether the scheduler is gone."""
        return str(self._client.status) != "running"

    @property
    def is_warm(self) -> bool:
        """Whether a worker can begin at once."""
        with self._lock:
            return bool(self._warm)

    def send(self, job: Job[Any]) -> None:
        """Queue a job; it runs even if this server goes away."""
        future = self._client.submit(
            job.function,
            job.job_id,
            *job.arguments,
            key=job.key,
            pure=False,
            retries=0,
            resources={job.resource: 1},
            priority=-job.place,
        )
        fire_and_forget(future)
        future.add_done_callback(self._done)

    def call(self, function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """What a function returns in a worker that is warm, beside whatever else runs there.

        Raises:
            TimeoutError: it took longer.
        """
        with self._lock:
            warm = sorted(self._warm)
        future = self._client.submit(
            function, *arguments, pure=False, retries=0, workers=warm, priority=1
        )
        try:
            return future.result(timeout=seconds)
        finally:
            future.cancel()

    def watch(self, key: str) -> None:
        """Be told of a job that someone else sent."""
        Future(key, client=self._client).add_done_callback(self._done)

    def task_keys(self) -> set[str]:
        """The jobs that the scheduler has, queued or running."""
        return set(self._client.run_on_scheduler(_keys))

    def backlog(self, job_id: str) -> list[Message]:
        """What a job has told its worker's log so far."""
        found = self._client.run(backlog, job_id, on_error="ignore").values()
        return next((messages for messages in found if messages), [])

    def ask_to_stop(self, job_id: str) -> None:
        """Raise the job's stop flag."""
        Event(stop_flag(job_id), client=self._client).set()

    def forget_flag(self, job_id: str) -> None:
        """Let the scheduler forget the stop flag of a job that ended."""
        Event(stop_flag(job_id), client=self._client).clear()

    def close(self) -> None:
        """Leave a scheduler elsewhere to its work; end a cluster of our own."""
        was_lost = self.is_lost
        with contextlib.suppress(Exception):
            self._client.close(timeout=CLOSE_SECONDS)
        if self._cluster is not None:
            with contextlib.suppress(Exception):
                _end(self._cluster, was_lost)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _hear(self, stamped: tuple[float, dict[str, Any]]) -> None:
        message = stamped[1]
        if "warm" in message:
            with self._lock:
                self._warm.add(message["warm"])
            return
        self._on_message(message)

    def _hear_of_worker(self, stamped: tuple[float, dict[str, Any]]) -> None:
        message = stamped[1]
        if message.get("action") == "remove-worker":
            with self._lock:
                self._warm.discard(message["worker"])

    def _done(self, future: Future) -> None:
        if future.status == "cancelled":
            # The connection ended, not the job.
            return
        error = future.exception() if future.status == "error" else None
        key = str(future.key)
        # A result that is held would be computed again if its worker went away.
        future.release()
        self._on_done(key, error)


def _end(cluster: SpecCluster, is_lost: bool) -> None:
    if is_lost and cluster.scheduler is not None:
        # To ask a dead scheduler for anything would wait for its answer.
        cluster.sync(cluster.scheduler.close)
        cluster.shutdown_scheduler = False
    cluster.close(timeout=CLOSE_SECONDS)


def _keys(dask_scheduler: Any) -> list[str]:
    states = ("waiting", "queued", "no-worker", "processing")
    return [str(key) for key, task in dask_scheduler.tasks.items() if task.state in states]
