"""Stability of the map: drawn again from other seeds, in the background, on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from aecore.latent.maps.methods import METHODS
from aecore.latent.maps.settings import MapSettings
from aecore.latent.maps.stability import QUANTITIES, Stability, stability
from ui.base.seed import LARGEST_SEED
from ui.base.text import plain, rounded
from ui.shared.kept_maps import whole_map
from ui.shared.latent_map import Drawn
from ui.shared.map_jobs import TICK_SECONDS, is_settled, progress, start, stop, view_of
from ui.shared.worker import show_trouble

FURTHER_SEEDS = 2
WITHOUT_SEED = "This map has no seed: drawn again it is the same, but for the signs of PCA’s axes."


def show_stability(run_id: str, drawn: Drawn) -> None:
    """How alike maps of other seeds are, or the button that draws them."""
    st.subheader("Would it look the same again?", anchor=False)
    if drawn.settings is None:
        st.caption(WITHOUT_SEED)
        return
    others = other_seeds(drawn.settings)
    views = [view_of(run_id, other) for other in others]
    if any(view is not None and not view.ended for view in views):
        st.fragment(_watch, run_every=TICK_SECONDS)(run_id, others)
        return
    found = [whole_map(run_id, len(drawn.points), other) for other in others]
    done = [kept for kept in found if kept is not None]
    if len(done) == len(others):
        points = [drawn.points, *(kept.map.points for kept in done)]
        _show_figures(_stability(drawn.key, *(kept.key for kept in done), _maps=points))
        return
    cause = next((view.cause for view in views if view is not None and view.cause), "")
    _offer(run_id, len(drawn.points), others, cause)


def other_seeds(settings: MapSettings) -> list[MapSettings]:
    """The same map from the seeds that follow."""
    return [
        replace(settings, seed=(settings.seed + step) % (LARGEST_SEED + 1))
        for step in range(1, FURTHER_SEEDS + 1)
    ]


def _offer(run_id: str, rows: int, others: Sequence[MapSettings], cause: str) -> None:
    if cause:
        st.caption(f"The last try failed: {plain(cause)}")
    st.caption(
        f"The same {METHODS[others[0].method].title} is drawn {len(others)} times more, from seeds "
        f"{' and '.join(str(other.seed) for other in others)}; this takes as long as the map did."
    )
    st.button(
        "Draw it again",
        icon=":material/replay:",
        key="start-stability",
        on_click=_start,
        args=(run_id, rows, others),
        help="Runs in the background; you can stop it.",
    )


def _watch(run_id: str, others: Sequence[MapSettings]) -> None:
    """Progress of the maps that are on their way; the page is drawn anew at the end."""
    views = [view_of(run_id, other) for other in others]
    live = [view for view in views if view is not None and not view.ended]
    if not live:
        st.rerun()
    done = len(others) - len(live)
    share = (done + (live[0].share_done or 0.0)) / len(others)
    show_trouble()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(1.0, share), text=f"Map {done + 1} of {len(others)}: {progress(live[0])}")
        st.button(
            "Stop",
            icon=":material/stop:",
            key="stop-stability",
            on_click=_stop,
            args=(run_id, others),
        )


def _show_figures(found: Stability) -> None:
    yardsticks = {
        "neighbourhood_overlap": f"at random {rounded(found.chance_overlap)}",
        "disparity": "at random near 1",
    }
    for name, spec in QUANTITIES.items():
        value, sentence = st.columns([1, 3], vertical_alignment="center")
        value.metric(spec.title, rounded(getattr(found, name)), help=f"{spec.unit}.")
        sentence.markdown(f"{spec.reading}  \n:gray[{yardsticks[name]}]")
    st.caption(
        f"Means over all pairs of {found.maps} maps from as many seeds, on {found.rows:,} samples, "
        f"with k = {found.k} neighbours."
    )


def _start(run_id: str, rows: int, others: Sequence[MapSettings]) -> None:
    for other in others:
        if not is_settled(run_id, rows, other):
            start(run_id, other)


def _stop(run_id: str, others: Sequence[MapSettings]) -> None:
    for other in others:
        stop(run_id, other)


@st.cache_resource(show_spinner="Comparing the maps", max_entries=16)
def _stability(*map_keys: str, _maps: Sequence[np.ndarray]) -> Stability:
    return stability(_maps)
