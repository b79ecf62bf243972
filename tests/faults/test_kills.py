"""SIGKILL at random moments, from the start of a server on an empty folder to a kept run."""

from __future__ import annotations

import random
import threading
from contextlib import suppress

import psutil
import pytest

from tests.faults.lab import DIE_SECONDS, PATIENCE_SECONDS, GoneError, Lab, Server
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

VICTIMS = ("worker", "nanny", "scheduler", "server", "all")
MOMENTS = 5
EPOCHS = 8


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds from the start of a server on an empty folder until its first run is kept."""
    lab = Lab(tmp_path_factory.mktemp("undisturbed"))
    with lab.serving() as server:
        server.begin()
        assert server.wait(server.train("First", EPOCHS)) == "finished"
        took = server.age
        server.close()
    lab.assert_nothing_left()
    return took


@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("victim", VICTIMS)
def test_a_kill_loses_nothing_and_leaves_nothing(
    lab: Lab, undisturbed: float, victim: str, moment: int
) -> None:
    """One run is on its way, another waits, and one more is submitted when all is over."""
    # One moment of each fifth of the way.
    at = undisturbed * (moment + random.random()) / MOMENTS
    print(f"{victim} is killed after {at:.2f} of {undisturbed:.2f} s")
    with lab.serving() as server:
        killer = Killer(server, victim)
        timer = threading.Timer(at, killer.strike)
        timer.start()
        with suppress(GoneError):
            server.begin()
            for run_id in [server.train(name, EPOCHS) for name in ("First", "Second")]:
                server.wait(run_id)
        timer.join()
        if victim not in ("server", "all"):
            end_well(lab, server)
            return
        assert psutil.wait_procs(killer.family, timeout=DIE_SECONDS)[1] == []
    with lab.serving() as after:
        after.begin()
        after.seen, after.finished = server.seen, server.finished
        until(lambda: not lab.store.unfinished(), PATIENCE_SECONDS, every=0.2)
        end_well(lab, after)


def end_well(lab: Lab, server: Server) -> None:
    """A run is trained, the server ends, and nothing is lost or left."""
    assert server.wait(server.train("Afterwards", 2)) == "finished"
    family = server.family()
    server.close()
    assert psutil.wait_procs(family, timeout=DIE_SECONDS)[1] == []
    lab.assert_nothing_lost(server)
    lab.assert_nothing_left()


class Killer:
    """Kills the processes of a role, as soon as there are any.

    Attributes:
        family: the server and all that it had started, once that has been done.
    """

    def __init__(self, server: Server, role: str) -> None:
        self._server, self._role = server, role
        self.family: list[psutil.Process] = []

    def strike(self) -> None:
        """Do it."""
        until(lambda: self._server.members(self._role), PATIENCE_SECONDS)
        self.family = self._server.family()
        self._server.kill(self._role)
