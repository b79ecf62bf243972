"""Is a run's past read as it was, or said to be missing or damaged?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aecore.errors import DataError
from aecore.training.snapshot_history import SnapshotHistory
from tests.made import kept_snapshots


def written(path: Path, **changed: Any) -> Path:
    """A file of three looks, with some of its arrays changed or, where None, left out."""
    arrays = {**vars(kept_snapshots(3, np.zeros((2, 4)))), **changed}
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})
    return path


def test_runs_of_earlier_versions_have_no_errors_and_labels(tmp_path: Path) -> None:
    """The rest of them is read."""
    snapshots = SnapshotHistory.load(written(tmp_path / "a.npz", error=None, label=None))

    assert (snapshots.error, snapshots.label) == (None, None)
    assert snapshots.epochs.tolist() == [0, 1, 2]


def test_data_without_labels_has_none(tmp_path: Path) -> None:
    """They are written as −1."""
    assert SnapshotHistory.load(written(tmp_path / "a.npz", label=np.full(30, -1))).label is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": None}, "damaged"),
        ({"code": np.zeros((2, 30, 3))}, "damaged"),
        ({"label": np.zeros(7)}, "damaged"),
        ({"original": np.array([object()])}, "damaged"),
        ({"epochs": np.empty(0)}, "before its first snapshot"),
    ],
)
def test_a_file_that_is_not_whole_is_said_to_be(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    """In a sentence, whatever is wrong with it."""
    with pytest.raises(DataError, match=said):
        SnapshotHistory.load(written(tmp_path / "a.npz", **changed))


def test_a_missing_file_and_one_cut_short_are_told_apart(tmp_path: Path) -> None:
    """Both say what to do."""
    with pytest.raises(DataError, match="kept no snapshots"):
        SnapshotHistory.load(tmp_path / "a.npz")
    path = written(tmp_path / "a.npz")
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(DataError, match="damaged"):
        SnapshotHistory.load(path)
