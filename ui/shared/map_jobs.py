"""Maps that take a job: asked for, watched, stopped, and shown once their run keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.jobs.kinds.projection import SPEC, MapRequest
from aecore.latent.colours import Colouring
from aecore.latent.maps.methods import METHODS
from aecore.latent.maps.settings import MapSettings
from ui.app import session
from ui.base.seed import choose_seed
from ui.base.text import count, counted, plain, rounded
from ui.base.theme import palette
from ui.figures.latent import HEIGHT, Axes, plot_moving_map
from ui.shared import jobs
from ui.shared.kept_maps import Kept, choose_kept, kept_maps, kept_with, whole_map
from ui.shared.latent_map import Drawn, MapChoice, pca_points
from ui.shared.map_methods import choose_options, in_words
from ui.shared.worker import show_trouble

if TYPE_CHECKING:
    from aecore.jobs.kinds.projection import ProjectionView

TICK_SECONDS = 0.4
PCA_MEANWHILE = "PCA, until the first points of the map asked for are here"
DIVERGENCE = (
    "Its divergence from the codes is {} (Kullback–Leibler, nats): of two maps with one "
    "perplexity, the lower keeps neighbours better."
)


def choose_job(run_id: str, samples: Samples, choice: MapChoice) -> MapSettings:
    """Controls for the method's options and the seed, and the button that computes the map.

    The first map of a method is begun by being asked for.
    """
    method = choice.method
    options = choose_options(METHODS[method], run_id, len(samples.code))
    seed = choose_seed(
        "Seed",
        "Where the points start; another seed gives another arrangement.",
        key=f"{method}-seed",
        persist_state="session",
    )
    iterations = int(options.pop("iterations"))
    settings = MapSettings(method, choice.dimensions, iterations, seed, tuple(options.items()))
    _begin_first(run_id, len(samples.code), settings)
    st.button(
        f"Compute {METHODS[method].title}",
        type="primary",
        icon=":material/scatter_plot:",
        on_click=start,
        args=(run_id, settings),
        disabled=is_settled(run_id, len(samples.code), settings),
        key=f"start-{method}",
        width="stretch",
    )
    return settings


def computed_map(
    run_id: str, settings: MapSettings, samples: Samples, colouring: Colouring
) -> Drawn | None:
    """The map asked for, else the last one like it; None while there is none.

    Until the first points of one on its way are here, those of PCA are shown.
    """
    rows = len(samples.code)
    kept = kept_maps(run_id, rows, settings.method, settings.dimensions)
    jobs.show_refusal(SPEC)
    view = view_of(run_id, settings)
    if view is not None and not view.ended:
        st.fragment(_watch, run_every=TICK_SECONDS)(run_id, settings, samples, colouring)
        return None
    if view is not None and view.cause:
        st.error(f"**{plain(view.cause)}** {plain(view.remedy)}", icon=":material/error:")
    if view is not None and view.points is not None and kept_with(settings, kept) is None:
        # The run could not keep it, but it is here to be seen.
        return _drawn(f"unkept-{settings.digest}", view.points, settings, [])
    if kept:
        return _drawn_kept(choose_kept(run_id, settings, kept), settings)
    method = METHODS[settings.method]
    st.info(
        f"{method.title} of {counted(rows, 'code')} takes some seconds in the background. "
        "Watch the "
        f"points move, stop it, or leave and come back. {method.first}".rstrip(),
        icon=":material/info:",
    )
    return None


def newest_in_plane(run_id: str, rows: int, method: str) -> Kept | None:
    """The newest 2-D map of a run that was computed to its end."""
    seed = st.session_state.get(f"{method}-seed", 0)
    whole = [kept for kept in kept_maps(run_id, rows, method, 2) if kept.map.is_whole]
    newest = sorted(whole, key=lambda kept: kept.settings.seed != seed)
    return newest[0] if newest else None


def view_of(run_id: str, settings: MapSettings) -> ProjectionView | None:
    """How far the job of a map is; None if nobody has asked for it since the server started."""
    if not session.engine_is_up():
        return None
    return jobs.view_of(SPEC, MapRequest(run_id, settings))


def start(run_id: str, settings: MapSettings) -> None:
    """Begin to compute a map; a refusal is shown when the page is drawn next."""
    jobs.start(SPEC, MapRequest(run_id, settings))


def stop(run_id: str, settings: MapSettings) -> None:
    """Stop computing a map; what there is of it is kept."""
    jobs.stop(SPEC, MapRequest(run_id, settings))


def is_settled(run_id: str, rows: int, settings: MapSettings) -> bool:
    """Whether computing once more would change nothing."""
    view = view_of(run_id, settings)
    is_live = view is not None and not view.ended
    return is_live or whole_map(run_id, rows, settings) is not None


def progress(view: ProjectionView) -> str:
    """How far a map is, in words."""
    if view.state == "queued":
        return "Waiting for the worker"
    return f"Iteration {count(view.iteration)} of {count(view.iterations)}"


def _begin_first(run_id: str, rows: int, settings: MapSettings) -> None:
    """Compute the first map of a method without a click."""
    asked = f"first-map-{run_id}-{settings.method}-{settings.dimensions}"
    if not session.engine_is_up() or st.session_state.get(asked):
        return
    # What was refused or stopped once waits for a click.
    st.session_state[asked] = True
    is_kept = kept_maps(run_id, rows, settings.method, settings.dimensions)
    if not is_kept and view_of(run_id, settings) is None:
        start(run_id, settings)


def _watch(run_id: str, settings: MapSettings, samples: Samples, colouring: Colouring) -> None:
    """Progress and moving points, redrawn twice a second; the page is drawn anew at the end."""
    view = view_of(run_id, settings)
    if view is None or view.ended:
        st.rerun()
    show_trouble()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(view.share_done or 0.0, text=progress(view))
        st.button(
            "Stop",
            icon=":material/stop:",
            on_click=stop,
            args=(run_id, settings),
            key=f"stop-{settings.method}",
        )
    title, at_first = METHODS[settings.method].title, view.points is None
    points = pca_points(run_id, samples) if view.points is None else view.points
    st.echarts_chart(
        plot_moving_map(points, colouring, palette()),
        key="moving-map",
        height=HEIGHT,
        alt=PCA_MEANWHILE
        if at_first
        else f"{title} map after {counted(view.iteration, 'iteration')}, still moving",
    )
    if at_first:
        st.caption(PCA_MEANWHILE)


def _drawn_kept(kept: Kept, asked_for: MapSettings) -> Drawn:
    """A kept map, with how far it came and what it was made with where that differs."""
    made_with, notes = kept.settings, []
    if kept.map.divergence is not None:
        notes.append(DIVERGENCE.format(rounded(kept.map.divergence)))
    if not kept.map.is_whole:
        done, planned = count(kept.map.iterations), count(made_with.iterations)
        notes.append(f"Stopped after {done} of {planned} iterations.")
    if made_with.digest != asked_for.digest:
        notes.append(f"This map was made with {in_words(made_with)}.")
    return _drawn(kept.key, kept.map.points, made_with, notes)


def _drawn(key: str, points: np.ndarray, settings: MapSettings, notes: list[str]) -> Drawn:
    reading = " ".join([METHODS[settings.method].reading, *notes])
    axes = Axes(("",) * settings.dimensions, measured=False)
    return Drawn(key, points, axes, reading, settings)
