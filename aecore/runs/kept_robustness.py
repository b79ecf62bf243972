"""What was measured of the robustness of a run, one file for each data set that was disturbed."""

from __future__ import annotations

import hashlib

from aecore.evaluation.robustness.measuring import MeasuredRobustness
from aecore.runs.adding import adding_to
from aecore.runs.store import RunStore


def file_name(source: str = "") -> str:
    """The name of the file for a data set; without one, for the rows that the run held out."""
    return f"robustness-{hashlib.blake2b(source.encode(), digest_size=6).hexdigest()}.json"


def keep(store: RunStore, run_id: str, measured: MeasuredRobustness, source: str = "") -> None:
    """Keep what was measured with its run, in place of what was measured before.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    with adding_to(store, run_id) as folder:
        measured.save(folder / file_name(source))


def load(store: RunStore, run_id: str, source: str = "") -> MeasuredRobustness | None:
    """What was measured of a data set; None where nothing was.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is damaged.
    """
    path = store.path(run_id, file_name(source))
    return MeasuredRobustness.load(path) if path.is_file() else None
