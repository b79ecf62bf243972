"""The review of scored rows that a run keeps: the marks that a person gave, as a small JSON."""

from __future__ import annotations

import json
from pathlib import Path

from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError
from aecore.evaluation.anomalies.review import Review
from aecore.runs import kept_scores
from aecore.runs.adding import adding_to
from aecore.runs.store import RunStore


def file_name(source: str = kept_scores.HELD_OUT, reading: ReadingOptions = AS_FOUND) -> str:
    """The name of the file that holds the marks of a data set's rows."""
    scores = Path(kept_scores.file_name(source, reading))
    return scores.stem.replace("scored", "review") + ".json"


def keep(store: RunStore, run_id: str, review: Review, name: str) -> None:
    """Keep a review with its run, in place of the earlier one of the same rows.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    with adding_to(store, run_id) as folder:
        (folder / name).write_text(json.dumps(review.to_plain()), encoding="utf-8")


def load(store: RunStore, run_id: str, name: str) -> Review:
    """The review that was kept; one without marks where there is none.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is damaged.
    """
    if name not in store.names(run_id):
        return Review()
    try:
        plain = json.loads(store.path(run_id, name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DataError(
            "The marks of this review cannot be read.", "Begin the review again."
        ) from None
    return Review.from_plain(plain)
