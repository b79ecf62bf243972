"""Can a deletion be undone, and does what cannot be undone any more leave nothing behind?"""

from __future__ import annotations

from pathlib import Path

import pytest

from aecore.errors import RunStoreError
from aecore.experiment import Experiment
from aecore.runs import RunStore, deleting


def test_a_hidden_run_can_be_restored(
    store: RunStore, experiment: Experiment, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its files, which go once nobody will restore it; one deleted for good stays away."""
    back, left, gone = (store.create(experiment) for _ in range(3))
    for run_id in (back, left, gone):
        store.keep(run_id, files)
        store.end(run_id, "finished")
    store.delete(gone)
    store.hide(back)
    store.hide(left)
    assert not store.summaries()

    store.restore(back)
    assert [summary.run_id for summary in store.summaries()] == [back]
    assert store.samples(back).total == 4
    with pytest.raises(RunStoreError, match="may have been deleted"):
        store.restore(gone)

    store.clear()
    assert list((store.home / "artifacts").glob(f"{left}*"))
    monkeypatch.setattr(deleting, "UNDONE_WITHIN_SECONDS", -1)
    store.clear()
    assert not list((store.home / "artifacts").glob(f"{left}*"))
    assert store.samples(back).total == 4
