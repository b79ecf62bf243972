"""Do epochs reach the store beside the training, all of them and in order?"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aecore.errors import RunStoreError
from aecore.jobs.worker.event_writer import EventWriter
from aecore.runs import RunStore
from aecore.training.events import epoch_ended
from tests.jobs.conftest import short
from tests.waiting import until


def test_epochs_are_written_meanwhile_and_the_rest_at_the_end(tmp_path: Path) -> None:
    """Adding costs no time, however slow the store is."""
    store = RunStore(tmp_path)
    run_id = store.create(short())
    with EventWriter(store, run_id) as writer:
        began = time.perf_counter()
        for epoch in range(1, 101):
            writer.add(epoch_ended(epoch, {"loss": 1 / epoch}, 0.01))
        took = time.perf_counter() - began
        until(lambda: store.summary(run_id).epochs == 100)
        writer.add(epoch_ended(101, {"loss": 0.0}, 0.01))

    assert took < 0.5
    assert store.view(run_id).history["loss"] == [*(1 / n for n in range(1, 101)), 0.0]


def test_a_store_that_refuses_to_the_end_is_heard_of(tmp_path: Path) -> None:
    """Unless something worse is already on its way."""
    store = RunStore(tmp_path)
    with (
        pytest.raises(RunStoreError, match="not in the run store"),
        EventWriter(store, "0" * 32) as writer,
    ):
        writer.add(epoch_ended(1, {"loss": 1.0}, 0.1))

    with pytest.raises(ValueError, match="worse"), EventWriter(store, "0" * 32) as writer:
        writer.add(epoch_ended(1, {"loss": 1.0}, 0.1))
        raise ValueError("worse")
