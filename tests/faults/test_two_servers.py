"""Two servers on one run folder, one of which is killed: the other ends what it left."""

from __future__ import annotations

import time

import pytest

from tests.faults.lab import Lab
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

LEFT_SECONDS = 15


@pytest.mark.parametrize("role", ["server", "all"])
def test_the_runs_of_a_killed_server_end_within_seconds(lab: Lab, role: str) -> None:
    """Those that ran and those that waited, with their epochs; those of the living go on."""
    with lab.started() as mine, lab.started() as other:
        learns = mine.train("Mine", 2000, batch_size=1)
        theirs = [other.train(name, 2000, batch_size=1) for name in ("Runs", "Waits")]
        mine.learn(learns)
        other.learn(theirs[0])
        other.kill(role)
        began = time.monotonic()
        until(lambda: all(lab.store.summary(run_id).ended for run_id in theirs), LEFT_SECONDS)
        print(f"ended {time.monotonic() - began:.1f} s after the server was killed ({role})")
        assert {lab.store.summary(run_id).state for run_id in theirs} == {"interrupted"}
        assert mine.look(learns) == "running"
        mine.ask("stop", run=learns)
        assert mine.wait(learns) == "stopped"
        mine.close()
        mine.seen |= other.seen
    lab.assert_nothing_lost(mine)
    lab.assert_nothing_left()


def test_what_a_killed_server_had_trained_is_finished_by_the_other(lab: Lab) -> None:
    """Its model was kept, and only the rest was missing; both servers go on with their own."""
    with lab.started() as mine, lab.started() as other:
        mine.ready()
        other.ready()
        saved = other.train("Killed while it is saved", 3)
        marked = lab.store.path(saved, "unmeasured.json")
        until(lambda: other.look(saved) and marked.exists(), every=0.001)
        other.kill("all")
        until(lambda: lab.store.summary(saved).ended, 60)
        assert lab.store.summary(saved).state == "finished"
        assert mine.wait(mine.train("Afterwards", 2)) == "finished"
        mine.close()
        mine.seen |= other.seen
    lab.assert_nothing_lost(mine)
    lab.assert_nothing_left()


def test_two_servers_that_start_at_once_make_one_store(lab: Lab) -> None:
    """And each trains its own run."""
    with lab.serving() as mine, lab.serving() as other:
        mine.begin()
        other.begin()
        for server in (mine, other):
            assert server.wait(server.train("One of two", 2)) == "finished"
        mine.close()
        other.close()
    assert len(lab.store.summaries()) == 2
    lab.assert_nothing_lost(mine)
    lab.assert_nothing_left()
