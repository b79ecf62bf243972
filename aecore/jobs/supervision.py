"""How are jobs brought to the cluster and to their end, whatever happens to either?"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aecore.jobs.connection import Connection
from aecore.jobs.explaining import DIED, SERVER_GONE, explain
from aecore.jobs.job import Job, job_id
from aecore.jobs.keeping import keep_end
from aecore.jobs.messages import TRAINING
from aecore.jobs.ownership import Ownership
from aecore.jobs.recording import Message
from aecore.runs import RunStore
from aecore.training.events import RunView, ended

LOOK_SECONDS = 0.5
RETRY_SECONDS = 5
MAX_ATTEMPTS = 5
KEPT_ENDED = 30

_log = logging.getLogger(__name__)


class Supervisor:
    """Connects to the cluster, sends it the jobs, and sees each to an end.

    Two threads: one connects and reconnects, one does all work on jobs, one thing after another.
    """

    def __init__(self, store: RunStore, scheduler: str | None, owner: Ownership) -> None:
        self._store = store
        self._scheduler = scheduler
        self._owner = owner
        self._jobs: dict[str, Job[Any]] = {}
        self._lock = threading.Lock()
        self._submitting = threading.Lock()
        self._connection: Connection | None = None
        self._failed = False
        self._closing = threading.Event()
        self._work = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._connector = threading.Thread(target=self._stay_connected, daemon=True, name="cluster")

    def start(self) -> None: ...
