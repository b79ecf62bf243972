"""How does t-SNE get from settings to a map: a job with progress, a stop, and a kept result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent.maps import MIN_PERPLEXITY, largest_perplexity
from ui import session
from ui.figures.latent import HEIGHT, Axes, plot_moving_map
from ui.latent_map import Drawn
from ui.text import count, plain
from ui.theme import palette

if TYPE_CHECKING:
    from aecore.jobs import ProjectionView

TICK_SECONDS = 0.4
DEFAULT_PERPLEXITY = 30
ITERATIONS = (250, 2000, 50)
DEFAULT_ITERATIONS = 500
READING = (
    "Samples that lie together have similar codes. Distances between clusters and the sizes of "
    "clusters mean nothing in t-SNE, nor do its axes."
)


@dataclass(frozen=True)
class TsneSettings:
    """What a t-SNE map of a run depends on."""

    run_id: str
    dimensions: int
    perplexity: int
    iterations: int
    seed: int


def choose_settings(run_id: str, samples: Samples, dimensions: int) -> TsneSettings:
    """Controls for perplexity, iterations and seed, within what so many samples allow."""
    most = largest_perplexity(len(samples.code))
    perplexity = st.slider(
        "Perplexity",
        MIN_PERPLEXITY,
        max(most, MIN_PERPLEXITY + 1),
        min(DEFAULT_PERPLEXITY, most),
        help="About how many neighbours each sample keeps close: few show fine detail, many the "
        "large picture. It must stay below a third of the samples.",
    )
    iterations = st.slider(
        "Iterations",
        ITERATIONS[0],
        ITERATIONS[1],
        DEFAULT_ITERATIONS,
        ITERATIONS[2],
        help="Steps that move the points; more let the clusters settle.",
    )
    seed = st.number_input(
        "Seed", 0, 9999, 0, help="Where the points start; another seed gives another arrangement."
    )
    return TsneSettings(run_id, dimensions, perplexity, iterations, int(seed))


def tsne_map(settings: TsneSettings, samples: Samples, by: str) -> Drawn | None:
    """The map for these settings; while there is none, a way to start it or its progress."""
    job_id = _jobs().get(settings)
    view = session.engine().projection(job_id) if job_id else None
    if view is None:
        _offer(settings, samples)
        return None
    if view.state in ("queued", "running"):
        st.fragment(_watch, run_every=TICK_SECONDS)(settings, samples, by)
        return None
    if view.state == "failed" or view.points is None or not len(view.points):
        st.error(f"**t-SNE gave no map.** {plain(view.cause)}", icon=":material/error:")
        _offer(settings, samples)
        return None
    return _drawn(view, settings)


def _offer(settings: TsneSettings, samples: Samples) -> None:
    st.info(
        f"t-SNE of {count(len(samples.code))} codes takes some seconds and runs in the background: "
        "you can watch the points move, stop it, or leave and come back.",
        icon=":material/info:",
    )
    st.button(
        "Compute t-SNE",
        type="primary",
        icon=":material/scatter_plot:",
        on_click=_start,
        args=(settings,),
        key="start-tsne",
    )


def _start(settings: TsneSettings) -> None:
    job_id = session.engine().project(
        settings.run_id,
        dimensions=settings.dimensions,
        perplexity=settings.perplexity,
        iterations=settings.iterations,
        seed=settings.seed,
    )
    _jobs()[settings] = job_id


def _stop(settings: TsneSettings) -> None:
    session.engine().stop(_jobs()[settings])


def _watch(settings: TsneSettings, samples: Samples, by: str) -> None:
    view = session.engine().projection(_jobs()[settings])
    if view is None or view.state not in ("queued", "running"):
        st.rerun()
    done = view.iteration / max(1, view.iterations)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(1.0, done), text=_progress(view))
        st.button("Stop", icon=":material/stop:", on_click=_stop, args=(settings,), key="stop-tsne")
    if view.points is None or not len(view.points):
        st.skeleton(height=HEIGHT)
        return
    st.echarts_chart(
        plot_moving_map(np.asarray(view.points), samples, by, palette()),
        key="moving-map",
        height=HEIGHT,
        alt=f"t-SNE map after {view.iteration} iterations, still moving",
    )


def _progress(view: ProjectionView) -> str:
    if view.state == "queued":
        return "Waiting for the worker"
    return f"Iteration {count(view.iteration)} of {count(view.iterations)}"


def _drawn(view: ProjectionView, settings: TsneSettings) -> Drawn:
    axes = Axes(("",) * settings.dimensions, measured=False)
    reading = READING
    if view.state == "stopped":
        reading += f" Stopped after {count(view.iteration)} of {count(view.iterations)} iterations."
    return Drawn(np.asarray(view.points), axes, reading)


@st.cache_resource(show_spinner=False)
def _jobs() -> dict[TsneSettings, str]:
    """The t-SNE jobs of this server, so that a map is computed once for all tabs."""
    return {}
