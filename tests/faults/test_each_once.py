"""Each fault once: what `make test-faults` tries at many moments, in a minute."""

from __future__ import annotations

import time

import psutil
import pytest

from tests.faults.lab import DIE_SECONDS, Lab
from tests.full_disk import full_disk
from tests.waiting import until

pytestmark = pytest.mark.timeout(600)
# What a living server may take to end the runs of a dead one.
LEFT_SECONDS = 15


def test_nothing_is_lost_and_nothing_is_left(lab: Lab) -> None:
    """Worker, its keeper, disk and another server, one after another with one server."""
    with lab.started() as server:
        whole = server.train("Whole", 2)
        assert server.wait(whole) == "finished"

        saved = server.train("Killed while it is saved", 3)
        marked = lab.store.path(saved, "unmeasured.json")
        until(lambda: server.look(saved) and marked.exists(), every=0.001)
        server.kill("worker")
        assert server.wait(saved) == "finished"

        kept = server.train("Its keeper is killed", 2000, batch_size=1)
        server.learn(kept, 3)
        server.kill("nanny")
        assert server.wait(kept) == "interrupted"

        server.ready()
        refused = server.train("Ends on a full disk", 2000, batch_size=1)
        server.learn(refused)
        with full_disk(*[process.pid for process in server.family()]):
            server.ask("stop", run=refused)
            assert server.wait(refused) == "failed"
            assert lab.store.summary(refused).state == "running"
            assert "is full" in server.ask("stop", run=refused)["refused"]
        until(lambda: lab.store.summary(refused).state == "failed", LEFT_SECONDS)

        with lab.started() as other:
            theirs = other.train("Its server is killed", 2000)
            assert "Another server" in server.ask("stop", run=theirs)["refused"]
            other.kill("server")
        until(lambda: lab.store.summary(theirs).state == "interrupted", LEFT_SECONDS)

        again = server.train("In the end", 2)
        assert server.wait(again) == "finished"
        family = server.family()
        server.close()

    assert psutil.wait_procs(family, timeout=DIE_SECONDS)[1] == []
    lab.assert_nothing_lost(server)
    lab.assert_nothing_left()


def test_what_all_processes_left_is_cleared_by_the_next_start(lab: Lab) -> None:
    """Killed at once while a run learns: its epochs are kept, and nothing else stays."""
    with lab.started() as server:
        run_id = server.train("Killed", 2000, batch_size=1)
        server.learn(run_id, 3)
        family = server.family()
        server.kill("all")
        assert psutil.wait_procs(family, timeout=DIE_SECONDS)[1] == []
    assert list(lab.temporary.iterdir()) != []

    with lab.started() as after:
        after.seen = server.seen
        began = time.monotonic()
        until(lambda: lab.store.summary(run_id).state == "interrupted", LEFT_SECONDS)
        assert time.monotonic() - began < LEFT_SECONDS
        after.close()

    lab.assert_nothing_lost(after)
    lab.assert_nothing_left()
