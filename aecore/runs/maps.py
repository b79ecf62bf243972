"""The maps of the codes that took time, kept with their run."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass

from aecore.errors import RunStoreError
from aecore.latent.maps.stored import StoredMap
from aecore.runs.adding import adding_to
from aecore.runs.store import RunStore

# The newest of a run; older ones are removed when one is added.
MAPS_KEPT = 12
# No two maps have one name, so that a copy of a file stays good; in order of names they are in that
# of age.
NAME = re.compile(r"map-\d{13}-(?P<digest>[0-9a-f]{12})-(?P<how>whole|stopped)\.npz")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptMap:
    """What the name of a map's file says.

    Attributes:
        name: the file's.
        digest: that of its settings.
        is_whole: whether it was drawn to its end.
    """

    name: str
    digest: str
    is_whole: bool


def keep_map(store: RunStore, run_id: str, drawn: StoredMap) -> KeptMap:
    """Keep a map with its run, and remove maps that it replaces or that are too many.

    A map that was stopped does not replace one that was drawn to its end.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    how, digest = "whole" if drawn.is_whole else "stopped", drawn.settings.digest
    name = f"map-{time.time_ns() // 1_000_000:013d}-{digest}-{how}.npz"
    with adding_to(store, run_id) as folder:
        drawn.save(folder / name)
    kept = KeptMap(name, digest, drawn.is_whole)
    _remove_outdated(store, run_id, kept)
    return kept


def kept_maps(store: RunStore, run_id: str) -> list[KeptMap]:
    """The maps of a run, newest first.

    Raises:
        RunStoreError: the store cannot be read.
    """
    found = [
        KeptMap(match[0], match["digest"], match["how"] == "whole")
        for match in map(NAME.fullmatch, store.names(run_id))
        if match
    ]
    return sorted(found, key=lambda kept: kept.name, reverse=True)


def is_map(name: str) -> bool:
    """Whether a file of a run is a map."""
    return NAME.fullmatch(name) is not None


def load_map(store: RunStore, run_id: str, name: str) -> StoredMap:
    """A map that was kept.

    Raises:
        RunStoreError: the store cannot be read.
        LatentError: the file is gone or damaged.
    """
    return StoredMap.load(store.path(run_id, name))


def _remove_outdated(store: RunStore, run_id: str, new: KeptMap) -> None:
    """Remove what the new map replaces, and the oldest; it stays if the store cannot remove it."""
    try:
        others = [each for each in kept_maps(store, run_id) if each.name != new.name]
        replaced = [
            each for each in others if each.digest == new.digest and new.is_whole >= each.is_whole
        ]
        left = [each for each in others if each not in replaced]
        for old in [*replaced, *left[MAPS_KEPT - 1 :]]:
            store.remove(run_id, old.name)
    except RunStoreError as error:
        _log.warning("Old maps of run %s stay: %s", run_id, error)
