"""SIGKILL at random moments, from the making of the store until a run is kept."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import psutil
import pytest

from tests.faults.conftest import FOUND
from tests.faults.lab import DIE_SECONDS, PATIENCE_SECONDS, GoneError, Lab, Server
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

Record = Callable[[str, object], None]

VICTIMS = ("worker", "nanny", "scheduler", "server", "all")
EPOCHS = 30
# How far things are when the kill is prepared, and the most seconds that pass until it comes.
MOMENTS: dict[str, tuple[Callable[[Lab, Server], object], float]] = {
    "the store is made": (lambda lab, server: lab.home.exists(), 1.5),
    "the worker warms up": (lambda lab, server: server.members("worker"), 4.0),
    "it learns": (lambda lab, server: list(lab.home.rglob("events.jsonl")), 1.0),
    "it is saved": (lambda lab, server: list(lab.home.rglob("unmeasured.json")), 0.5),
    "the next learns": (lambda lab, server: len(list(lab.home.rglob("events.jsonl"))) > 1, 3.0),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("victim", VICTIMS)
def test_a_kill_loses_nothing_and_leaves_nothing(
    lab: Lab, victim: str, moment: str, record_property: Record
) -> None:
    """One run is on its way, another waits, and one more is submitted when all is over."""
    with lab.serving() as server:
        killer = Killer(lab, server, victim, moment)
        killer.start()
        with suppress(GoneError):
            server.begin()
            for run_id in [server.train(name, EPOCHS) for name in ("First", "Second")]:
                server.wait(run_id)
        killer.join()
        if victim not in ("server", "all"):
            end_well(lab, server)
            record_property(FOUND, killer.found())
            return
        assert psutil.wait_procs(killer.family, timeout=DIE_SECONDS)[1] == []
    with lab.serving() as after:
        after.begin()
        after.seen, after.finished = server.seen, server.finished
        until(lambda: not lab.store.unfinished(), PATIENCE_SECONDS, every=0.2)
        end_well(lab, after)
        record_property(FOUND, killer.found())


def end_well(lab: Lab, server: Server) -> None:
    """A run is trained, the server ends, and nothing is lost or left."""
    assert server.wait(server.train("Afterwards", 2)) == "finished"
    family = server.family()
    server.close()
    assert psutil.wait_procs(family, timeout=DIE_SECONDS)[1] == []
    lab.assert_nothing_lost(server)
    lab.assert_nothing_left()


class Killer(threading.Thread):
    """Kills the processes of a role at a random moment, as soon as there are any.

    Attributes:
        family: the server and all that it had started, once that has been done.
    """

    def __init__(self, lab: Lab, server: Server, role: str, moment: str) -> None:
        super().__init__(daemon=True)
        self._lab, self._server, self._role = lab, server, role
        self._is_reached, most = MOMENTS[moment]
        self._delay = random.uniform(0, most)
        self.family: list[psutil.Process] = []
        self._told = f"{role}, {moment}, after {self._delay:.2f} s"
        self._killed = 0.0
        print(self._told)

    def run(self) -> None:
        """Wait for it, and do it."""
        until(lambda: self._is_reached(self._lab, self._server), PATIENCE_SECONDS, every=0.005)
        threading.Event().wait(self._delay)
        until(lambda: self._server.members(self._role), PATIENCE_SECONDS)
        self.family = self._server.family()
        self._server.kill(self._role)
        self._killed = time.monotonic()

    def found(self) -> str:
        """What was killed and when, and what had come of each run once one more was trained."""
        seconds = time.monotonic() - self._killed
        runs = reversed(self._lab.store.summaries())
        states = ", ".join(f"{run.name} {run.state} at {run.epochs}" for run in runs)
        return f"{self._told}: {states}; {seconds:.0f} s later"
