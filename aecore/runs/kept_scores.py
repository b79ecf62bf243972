"""The scored rows that a run keeps, one file for each data set that was scored."""

from __future__ import annotations

import hashlib

from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.evaluation.anomalies.scored_rows import ScoredRows
from aecore.runs.adding import adding_to
from aecore.runs.store import RunStore

HELD_OUT = ""


def file_name(source: str = HELD_OUT, reading: ReadingOptions = AS_FOUND) -> str:
    """The name of the file that holds the scores of a data set; of the run's own rows, unnamed."""
    said = f"{source}\n{reading.model_dump_json(exclude_defaults=True)}"
    return f"scored-{hashlib.blake2b(said.encode(), digest_size=6).hexdigest()}.npz"


def keep(store: RunStore, run_id: str, scored: ScoredRows, name: str) -> None:
    """Keep scored rows with their run, in place of earlier ones of the same data set.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    with adding_to(store, run_id) as folder:
        scored.save(folder / name)


def is_kept(store: RunStore, run_id: str, name: str) -> bool:
    """Whether the run holds scores of this name."""
    return name in store.names(run_id)


def load(store: RunStore, run_id: str, name: str) -> ScoredRows:
    """Scored rows that were kept.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is gone or damaged.
    """
    return ScoredRows.load(store.path(run_id, name))
