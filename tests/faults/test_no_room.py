"""A disk that is full at each point of a run: told, kept once there is room, and no loss."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.faults.disks import may_mount, no_room, small_disk
from tests.faults.lab import Lab, tree
from tests.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

# A disk of memory has the kernel's own answer, and takes half of a write; the limit does not.
KINDS = ("limit", "disk") if may_mount() else ("limit",)
ROUNDS = 15


@pytest.fixture
def room(lab: Lab, kind: str) -> Iterator[Lab]:
    """A lab on such a disk."""
    with small_disk(lab.home) if kind == "disk" else nullcontext():
        yield lab


@pytest.mark.parametrize("kind", KINDS)
def test_full_while_it_learns(room: Lab, kind: str) -> None:
    """It goes on; once there is room its events and epochs are all there."""
    with room.started() as server:
        run_id = server.train("Learns", 300)
        server.learn(run_id)
        with no_room(kind, room.home, server):
            server.learn(run_id, len(server.seen[run_id]) + 20)
        assert server.wait(run_id) == "finished"
        server.close()
    room.assert_nothing_lost(server)
    assert room.store.view(run_id).epochs_done == 300
    room.assert_nothing_left()


@pytest.mark.parametrize("kind", KINDS)
def test_full_when_it_is_kept(room: Lab, kind: str) -> None:
    """The page hears why at once, and the store as soon as there is room; Stop and Delete work."""
    with room.started() as server:
        finished = server.train("Finished before", 2)
        assert server.wait(finished) == "finished"
        run_id = server.train("Cannot be kept", 2000, batch_size=1)
        server.learn(run_id)
        with no_room(kind, room.home, server):
            server.ask("stop", run=run_id)
            assert server.wait(run_id) == "failed"
            assert "is full" in server.ask("stop", run=run_id)["refused"]
        until(lambda: room.store.summary(run_id).ended, ROUNDS)
        assert "is full" in room.store.summary(run_id).cause
        room.store.delete(run_id)
        assert server.wait(server.train("Afterwards", 2)) == "finished"
        server.close()
    room.assert_nothing_lost(server)
    room.assert_nothing_left()


@pytest.mark.parametrize("kind", KINDS)
def test_full_while_the_worker_dies(room: Lab, kind: str) -> None:
    """Its end is kept once there is room, with all epochs that were seen."""
    with room.started() as server:
        run_id = server.train("Dies", 2000, batch_size=1)
        server.learn(run_id, 3)
        with no_room(kind, room.home, server):
            server.kill("worker")
            assert server.wait(run_id) == "interrupted"
        until(lambda: room.store.summary(run_id).ended, ROUNDS)
        assert server.wait(server.train("Afterwards", 2)) == "finished"
        server.close()
    room.assert_nothing_lost(server)
    room.assert_nothing_left()


@pytest.mark.parametrize("kind", KINDS)
def test_full_when_a_run_is_submitted(room: Lab, kind: str) -> None:
    """It is refused in a sentence, leaves nothing behind, and the next is taken."""
    with room.started() as server:
        server.ready()
        with no_room(kind, room.home, server):
            refused = server.ask("train", name="Refused", experiment=tree(2))
            assert "is full" in refused["refused"]
        until(lambda: not room.store.unfinished(), ROUNDS)
        assert server.wait(server.train("Afterwards", 2)) == "finished"
        server.close()
    room.assert_nothing_left()


def test_room_is_made_by_deleting_runs(lab: Lab) -> None:
    """On the full disk itself, where not even the database can be written to."""
    with small_disk(lab.home) if may_mount() else nullcontext(), lab.started() as server:
        runs = [server.train(name, 2) for name in ("One", "Other")]
        for run_id in runs:
            assert server.wait(run_id) == "finished"
        with no_room("disk", lab.home, server) if may_mount() else nullcontext():
            lab.store.delete(runs[0])
            assert [run.run_id for run in lab.store.summaries()] == [runs[1]]
        server.close()
        server.finished.remove(runs[0])
        lab.assert_nothing_lost(server)
        lab.assert_nothing_left()
