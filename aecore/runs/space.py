"""Space: how many bytes visitors keep, in runs and uploads."""

from __future__ import annotations

from contextlib import suppress

from aecore.data import uploads
from aecore.errors import RunStoreError
from aecore.runs.store import RunStore


def kept_bytes(store: RunStore, visitor: str) -> tuple[int, int]:
    """The bytes that a visitor keeps, and that all keep.

    On a tracking server only uploads are counted: its files are not on this machine.
    """
    sizes = [(uploads.visitor_of(each.source), each.bytes) for each in uploads.listed()]
    for run in store.summaries():
        # One that cannot be looked at may be going away.
        with suppress(RunStoreError):
            sizes.append((run.visitor, store.size(run.run_id)))
    own = sum(size for owner, size in sizes if owner == visitor)
    return own, sum(size for _, size in sizes)
