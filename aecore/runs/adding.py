"""Adding files to a run that has ended, such as what was measured of it later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aecore.runs.store import RunStore


@contextmanager
def adding_to(store: RunStore, run_id: str) -> Iterator[Path]:
    """An empty folder; its files are kept with the run once it is left in good order.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    # A run that was deleted meanwhile must not get a folder again.
    store.summary(run_id)
    with store.keeping(run_id) as folder:
        yield folder
