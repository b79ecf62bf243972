"""Is what takes space counted by whom it belongs to, and does the oldest unpinned go first?"""

from __future__ import annotations

from pathlib import Path

import pytest

from aecore.data import uploads
from aecore.errors import RunStoreError
from aecore.experiment import Experiment
from aecore.runs import RunStore, space

ANNA, BEN = "a" * 32, "b" * 32
MAP = "map-0000000000001-0123456789ab-whole.npz"
CSV = b"a,b\n1,2\n"


@pytest.fixture(autouse=True)
def home(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads lie beside the runs."""
    monkeypatch.setenv("AECORE_HOME", str(store.home))


def finished(store: RunStore, experiment: Experiment, files: Path, visitor: str = "") -> str:
    """The id of a finished run."""
    run_id = store.create(experiment, visitor=visitor)
    store.keep(run_id, files)
    store.end(run_id, "finished")
    return run_id


def test_bytes_are_those_of_the_files_by_group_and_visitor(
    store: RunStore, experiment: Experiment, files: Path
) -> None:
    """A run's maps are counted apart; all together are everybody's."""
    size = sum(path.stat().st_size for path in files.iterdir())
    (files / MAP).write_bytes(b"x" * 70)
    finished(store, experiment, files, ANNA)
    uploads.keep({"a.csv": CSV}, BEN)

    of_anna, of_ben = (space.kept(store, visitor.__eq__) for visitor in (ANNA, BEN))

    groups = ("runs", "maps", "uploads")
    assert [space.total(of_anna, group) for group in groups] == [size, 70, 0]
    assert [space.total(of_ben, group) for group in groups] == [0, 0, len(CSV)]
    assert space.total(of_anna) == space.total(of_ben) == size + 70 + len(CSV)


def test_the_oldest_that_are_neither_pinned_nor_going_on_make_room(
    store: RunStore, experiment: Experiment, files: Path
) -> None:
    """As many as are asked for, and no more; pinned runs keep their maps too."""
    (files / MAP).write_bytes(b"x" * 70)
    pinned, old, new = (finished(store, experiment, files) for _ in range(3))
    store.pin(pinned)
    store.create(experiment, "still queued")

    things = space.kept(store, lambda _: True)
    size = next(each.bytes for each in things if each.source == old)

    assert [each.source for each in space.to_make_room(things, "runs", 1)] == [old]
    assert [each.source for each in space.to_make_room(things, "runs", size)] == [old]
    everything = space.to_make_room(things, "runs", 10**12)
    assert [each.source for each in everything] == [old, new]
    maps = space.to_make_room(things, "maps", 10**12)
    assert [(each.source, each.file) for each in maps] == [(old, MAP), (new, MAP)]
    store.pin(pinned, False)
    freed = space.to_make_room(space.kept(store, lambda _: True), "runs", 1)
    assert [each.source for each in freed] == [pinned]


def test_what_makes_room_is_gone_and_nothing_else(
    store: RunStore, experiment: Experiment, files: Path
) -> None:
    """A run with all of its files, a map alone, and an upload; what is gone already stays so."""
    (files / MAP).write_bytes(b"x" * 70)
    kept, gone = (finished(store, experiment, files) for _ in range(2))
    stays, goes = (uploads.keep({f"{name}.csv": CSV}) for name in "ab")
    uploads.pin(stays)

    things = [
        each
        for each in space.kept(store, lambda _: True)
        if each.source in (gone, goes) or (each.source == kept and each.group == "maps")
    ]
    # Its maps go with a run, so they are named first.
    space.discard(store, sorted(things, key=lambda each: each.group))

    assert [run.run_id for run in store.summaries()] == [kept]
    assert MAP not in store.names(kept) and "samples.npz" in store.names(kept)
    assert [(each.source, each.is_pinned) for each in uploads.listed()] == [(stays, True)]
    with pytest.raises(RunStoreError):
        store.summary(gone)
