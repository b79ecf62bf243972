"""What was measured of the robustness of a run, one file for each data set that was disturbed."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from aecore.evaluation.robustness.measuring import MeasuredRobustness
from aecore.runs.store import RunStore


def file_name(source: str = "") -> str:
    """The name of the file for a data set; without one, for the rows that the run held out."""
    return f"robustness-{hashlib.blake2b(source.encode(), digest_size=6).hexdigest()}.json"


def keep(store: RunStore, run_id: str, measured: MeasuredRobustness, source: str = "") -> None:
    """Keep what was measured with its run, in place of what was measured before.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    # A run that was deleted meanwhile must not get a folder again.
    store.summary(run_id)
    with tempfile.TemporaryDirectory() as folder:
        measured.save(Path(folder, file_name(source)))
        store.keep(run_id, Path(folder))


def load(store: RunStore, run_id: str, source: str = "") -> MeasuredRobustness | None:
    """What was measured of a data set; None where nothing was.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is damaged.
    """
    path = store.path(run_id, file_name(source))
    return MeasuredRobustness.load(path) if path.is_file() else None
