"""`Connection`: how the server talks to the cluster: sends a job, hears of it, stops it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from distributed import Client, Event, Future, fire_and_forget

from aecore import environment
from aecore.jobs.kinds import RESOURCES
from aecore.jobs.messages import CLUSTER_TOPIC, TOPIC, stop_flag
from aecore.jobs.recording import Message
from aecore.jobs.server.cluster import OwnCluster
from aecore.jobs.server.job import Job
from aecore.jobs.worker.broadcasting import backlog
from aecore.jobs.worker.task import run_job
from aecore.jobs.worker.warmup import WarmUp, is_warm
from aecore.runs.store import StoreLocation

CONNECT_SECONDS = 10
CLOSE_SECONDS = 5
# More than the jobs that a server sends in its life: a kind that is urgent goes before all others,
# then the turn counts, then the age.
PLACES = 10**6
TURNS = 10**9
AT_ONCE = 10**18

OnDone = Callable[[str, BaseException | None], None]


class Connection:
    """A cluster of our own, or a scheduler elsewhere, with our plugin in its workers.

    Args:
        scheduler: address of a scheduler elsewhere; None starts a cluster here.
        location: the store that workers open while they warm up.
        on_message: called with each message of a job, in order, in a thread that must not wait.
        on_done: called with the key of a job that returned, and the error if it raised.

    Raises what Dask raises if there is no cluster to be had; nothing of it is left behind then.
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
        self._deaths = 0
        self._lock = threading.Lock()
        self._location = location
        self._cluster = OwnCluster() if scheduler is None else None
        with contextlib.ExitStack() as undo:
            if self._cluster is not None:
                undo.callback(self._cluster.close)
            where = self._cluster.dask if self._cluster is not None else scheduler
            self._client = Client(where, timeout=CONNECT_SECONDS, set_as_default=False)
            undo.callback(self._leave)
            self._listen()
            undo.pop_all()

    @property
    def is_lost(self) -> bool:
        """Whether the scheduler is gone, or what keeps a worker of our own alive."""
        whole = self._cluster is None or self._cluster.is_whole
        return not whole or str(self._client.status) != "running"

    @property
    def is_ours(self) -> bool:
        """Whether the cluster is our own, so that we may begin another."""
        return self._cluster is not None

    @property
    def deaths(self) -> int:
        """How many workers went away since there was one that could begin at once."""
        with self._lock:
            return self._deaths

    @property
    def is_warm(self) -> bool:
        """Whether a worker can begin at once."""
        with self._lock:
            return bool(self._warm)

    @property
    def workers(self) -> int:
        """How many workers there are; one that warms up counts while there is no other."""
        with self._lock:
            return max(1, len(self._warm))

    def send(self, job: Job[Any, Any]) -> None:
        """Queue a job; it runs even if this server goes away."""
        urgency, turn, age = job.urgency
        future = self._client.submit(
            run_job,
            job.kind,
            job.job_id,
            job.request,
            self._location,
            environment.folders(),
            job.seconds,
            key=job.key,
            pure=False,
            retries=0,
            resources={job.kind.resource: 1},
            priority=(urgency * TURNS + turn) * PLACES + age,
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
            function, *arguments, pure=False, retries=0, workers=warm, priority=AT_ONCE
        )
        try:
            return future.result(timeout=seconds)
        finally:
            future.cancel()

    def answers(self, seconds: float) -> bool:
        """Whether the scheduler answers in time: one that is stopped keeps its connections."""
        try:
            self._client.sync(self._ask, callback_timeout=seconds)
        except Exception:
            return False
        return True

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

    def close(self, *, is_lost: bool = False) -> None:
        """Leave a scheduler elsewhere to its work; end a cluster of our own.

        Args:
            is_lost: whether nobody there need be asked, for there would be no answer.
        """
        was_lost = is_lost or self.is_lost
        self._leave()
        if self._cluster is not None:
            self._cluster.close(is_lost=was_lost)

    def _listen(self) -> None:
        """Hear of jobs and workers, and have every worker warmed up."""
        self._client.subscribe_topic(TOPIC, self._hear)
        self._client.subscribe_topic(CLUSTER_TOPIC, self._hear_of_worker)
        self._client.register_plugin(WarmUp(self._location, RESOURCES))
        already = self._client.run(is_warm, on_error="ignore")
        with self._lock:
            self._warm |= {address for address, warm in already.items() if warm}

    async def _ask(self) -> None:
        scheduler: Any = self._client.scheduler
        await scheduler.identity()

    def _leave(self) -> None:
        with contextlib.suppress(Exception):
            self._client.close(timeout=CLOSE_SECONDS)

    def _hear(self, stamped: tuple[float, dict[str, Any]]) -> None:
        message = stamped[1]
        if "warm" in message:
            with self._lock:
                self._warm.add(message["warm"])
                self._deaths = 0
            return
        self._on_message(message)

    def _hear_of_worker(self, stamped: tuple[float, dict[str, Any]]) -> None:
        message = stamped[1]
        if message.get("action") == "remove-worker":
            with self._lock:
                self._warm.discard(message["worker"])
                self._deaths += 1

    def _done(self, future: Future) -> None:
        if future.status == "cancelled":
            # The connection ended, not the job.
            return
        error = future.exception() if future.status == "error" else None
        key = str(future.key)
        # A result that is held would be computed again if its worker went away.
        future.release()
        self._on_done(key, error)


def _keys(dask_scheduler: Any) -> list[str]:
    states = ("waiting", "queued", "no-worker", "processing")
    return [str(key) for key, task in dask_scheduler.tasks.items() if task.state in states]
