"""Maps that a run keeps: found by their settings, loaded once, and chosen from."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from aecore.errors import LatentError
from aecore.latent.maps.methods import METHODS
from aecore.latent.maps.settings import MapSettings
from aecore.latent.maps.stored import StoredMap
from aecore.runs.maps import MAPS_KEPT, load_map
from aecore.runs.maps import kept_maps as names_of_kept
from ui.app import session
from ui.base.text import count
from ui.shared.map_methods import in_words

# Those of two runs that are compared.
MAPS_IN_MEMORY = 2 * MAPS_KEPT


@dataclass(frozen=True)
class Kept:
    """A map that a run keeps; `key` tells it from all others."""

    key: str
    map: StoredMap

    @property
    def settings(self) -> MapSettings:
        """What it was made with."""
        return self.map.settings

    def __str__(self) -> str:
        """What it was made with, in words, and how far it came."""
        if self.map.is_whole:
            return in_words(self.settings)
        done, planned = count(self.map.iterations), count(self.settings.iterations)
        return f"{in_words(self.settings)}, stopped after {done} of {planned} iterations"


def kept_maps(run_id: str, rows: int, method: str, dimensions: int) -> list[Kept]:
    """The maps of a run's samples by a method in so many dimensions, newest first."""
    found = []
    for each in names_of_kept(session.store(), run_id):
        try:
            stored = _loaded(run_id, each.name)
        except LatentError:
            # One that cannot be read is drawn anew as if it had never been.
            continue
        settings = stored.settings
        if (settings.method, settings.dimensions, len(stored.points)) == (method, dimensions, rows):
            found.append(Kept(each.name, stored))
    return found


def kept_with(settings: MapSettings, kept: list[Kept]) -> Kept | None:
    """The newest with these settings, one drawn to its end before all others."""
    alike = [each for each in kept if each.settings.digest == settings.digest]
    return next((each for each in alike if each.map.is_whole), alike[0] if alike else None)


def whole_map(run_id: str, rows: int, settings: MapSettings) -> Kept | None:
    """The map with these settings if it was drawn to its end."""
    found = kept_with(settings, kept_maps(run_id, rows, settings.method, settings.dimensions))
    return found if found is not None and found.map.is_whole else None


def choose_kept(run_id: str, settings: MapSettings, kept: list[Kept]) -> Kept:
    """One of some maps: at first that of the settings, else the newest of the same seed, else the
    newest of all. Other settings and a new map start the choice anew.

    Other seeds come last, for they may have been drawn for a comparison alone.
    """
    newest = sorted(kept, key=lambda each: each.settings.seed != settings.seed)[0]
    first = kept_with(settings, kept) or newest
    if len(kept) == 1:
        return first
    by_key = {each.key: each for each in kept}
    chosen: str = st.selectbox(
        f"{METHODS[settings.method].title} maps of this run",
        list(by_key),
        index=list(by_key).index(first.key),
        format_func=lambda key: str(by_key[key]),
        key=f"kept-map-{run_id}-{kept[0].key}-{settings.digest}",
        help=f"Newest first. A run keeps its {MAPS_KEPT} newest maps.",
    )
    return by_key[chosen]


@st.cache_resource(show_spinner=False, max_entries=MAPS_IN_MEMORY)
def _loaded(run_id: str, name: str) -> StoredMap:
    return load_map(session.store(), run_id, name)
