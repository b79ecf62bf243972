"""What was measured of the codes of a run, one file for each target that was probed for."""

from __future__ import annotations

import hashlib

from aecore.evaluation.features.measuring import MeasuredFeatures
from aecore.runs.adding import adding_to
from aecore.runs.store import RunStore


def file_name(target: str = "") -> str:
    """The name of the file that holds what probes tell of a target; without one, of the first."""
    return f"features-{hashlib.blake2b(target.encode(), digest_size=6).hexdigest()}.json"


def keep(store: RunStore, run_id: str, measured: MeasuredFeatures, target: str = "") -> None:
    """Keep what was measured with its run, in place of what was measured before.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    with adding_to(store, run_id) as folder:
        measured.save(folder / file_name(target))


def load(store: RunStore, run_id: str, target: str = "") -> MeasuredFeatures | None:
    """What was measured of a target; None where nothing was.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is damaged.
    """
    path = store.path(run_id, file_name(target))
    return MeasuredFeatures.load(path) if path.is_file() else None
