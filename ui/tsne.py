"""How does t-SNE get from settings to a map: a job with progress, a stop, and a kept result?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.latent.colours import Colouring
from aecore.latent.maps import MIN_PERPLEXITY, largest_perplexity
from ui import session
from ui.figures.latent import HEIGHT, Axes, plot_moving_map
from ui.latent_map import Drawn
from ui.seed import choose_seed
from ui.text import count, plain
from ui.theme import palette

if TYPE_CHECKING:
    from aecore.jobs import ProjectionView

TICK_SECONDS = 0.4
DEFAULT_PERPLEXITY = 30
FEWEST_ITERATIONS, MOST_ITERATIONS, ITERATIONS_STEP = 250, 2000, 50
DEFAULT_ITERATIONS = 500
REFUSED = "tsne_refused"
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

    def __str__(self) -> str:
        return f"perplexity {self.perplexity}, {self.iterations} iterations, seed {self.seed}"


def choose_settings(run_id: str, samples: Samples, dimensions: int) -> TsneSettings:
    """Controls for perplexity, iterations and seed, and the button that computes the map."""
    iterations = st.slider(
        "Iterations",
        FEWEST_ITERATIONS,
        MOST_ITERATIONS,
        DEFAULT_ITERATIONS,
        ITERATIONS_STEP,
        key="tsne-iterations",
        persist_state="session",
        help="Steps that move the points; more let the clusters settle.",
    )
    perplexity = _choose_perplexity(run_id, len(samples.code))
    seed = choose_seed(
        "Seed",
        "Where the points start; another seed gives another arrangement.",
        key="tsne-seed",
        persist_state="session",
    )
    settings = TsneSettings(run_id, dimensions, perplexity, iterations, seed)
    st.button(
        "Compute t-SNE",
        type="primary",
        icon=":material/scatter_plot:",
        on_click=start,
        args=(settings,),
        disabled=_is_settled(view_of(settings)),
        key="start-tsne",
        width="stretch",
    )
    return settings


def tsne_map(settings: TsneSettings, samples: Samples, colouring: Colouring) -> Drawn | None:
    """The map for these settings, else the last one of this run; None while there is none."""
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        session.show_error(refused)
    view = view_of(settings)
    if view is not None and not view.ended:
        st.fragment(_watch, run_every=TICK_SECONDS)(settings, colouring)
        return None
    if view is not None and view.cause:
        st.error(f"**{plain(view.cause)}** {plain(view.remedy)}", icon=":material/error:")
    found = _latest_map(settings)
    if found is None:
        st.info(
            f"t-SNE of {count(len(samples.code))} codes takes some seconds in the background. "
            "Watch the points move, stop it, or leave and come back.",
            icon=":material/info:",
        )
    return found


def settings_of(map_key: str) -> TsneSettings | None:
    """What a t-SNE map was made with; None for a map of another kind."""
    return next((made for made, job_id in _jobs().items() if job_id == map_key), None)


def job_of(settings: TsneSettings) -> str:
    """The job of settings that were started; its id is the key of the map."""
    return _jobs()[settings]


def newest_in_plane(run_id: str) -> tuple[TsneSettings, np.ndarray] | None:
    """The newest 2-D map of a run that was computed to its end, and what it was made with.

    Those of another seed than the chosen one come last: they may have been drawn for a comparison.
    """
    seed = st.session_state.get("tsne-seed", 0)
    made = [
        known for known in list(_jobs())[::-1] if (known.run_id, known.dimensions) == (run_id, 2)
    ]
    for settings in sorted(made, key=lambda known: known.seed != seed):
        view = view_of(settings)
        if view is not None and view.state == "finished" and view.points is not None:
            return settings, view.points
    return None


def view_of(settings: TsneSettings) -> ProjectionView | None:
    """How far the map of these settings is; None if nobody has asked for it."""
    job_id = _jobs().get(settings)
    return None if job_id is None else session.engine().projection(job_id)


def start(settings: TsneSettings) -> None:
    """Begin to compute a map; a refusal is shown when the page is drawn next."""
    try:
        job_id = session.engine().project(
            settings.run_id,
            dimensions=settings.dimensions,
            perplexity=settings.perplexity,
            iterations=settings.iterations,
            seed=settings.seed,
        )
    except LabError as error:
        st.session_state[REFUSED] = error
        return
    # Taken out first, so that the newest job stands last.
    _jobs().pop(settings, None)
    _jobs()[settings] = job_id


def stop(settings: TsneSettings) -> None:
    """Stop computing a map; what there is of it is kept."""
    try:
        session.engine().stop(_jobs()[settings])
    except LabError as error:
        st.session_state[REFUSED] = error


def progress(view: ProjectionView) -> str:
    """How far a map is, in words."""
    if view.state == "queued":
        return "Waiting for the worker"
    return f"Iteration {count(view.iteration)} of {count(view.iterations)}"


def _choose_perplexity(run_id: str, rows: int) -> int:
    most = largest_perplexity(rows)
    if most == MIN_PERPLEXITY:
        st.caption(f"Perplexity {most}: so few samples leave no choice.")
        return most
    chosen: int = st.slider(
        "Perplexity",
        MIN_PERPLEXITY,
        most,
        min(DEFAULT_PERPLEXITY, most),
        # The bounds are those of this run's samples, so another run must not inherit the value.
        key=f"tsne-perplexity-{run_id}",
        persist_state="session",
        help="About how many neighbours each sample keeps close: few show fine detail, many the "
        f"large picture. {count(rows)} samples allow up to {most}.",
    )
    return chosen


def _watch(settings: TsneSettings, colouring: Colouring) -> None:
    """Progress and moving points, redrawn twice a second; the page is drawn anew at the end."""
    view = view_of(settings)
    if view is None or view.ended:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(1.0, view.iteration / max(1, view.iterations)), text=progress(view))
        st.button("Stop", icon=":material/stop:", on_click=stop, args=(settings,), key="stop-tsne")
    if view.points is None:
        st.skeleton(height=HEIGHT)
        return
    st.echarts_chart(
        plot_moving_map(view.points, colouring, palette()),
        key="moving-map",
        height=HEIGHT,
        alt=f"t-SNE map after {count(view.iteration)} iterations, still moving",
    )


def _latest_map(settings: TsneSettings) -> Drawn | None:
    """The map of these settings, or of the last others of this run in as many dimensions."""
    others = [
        other
        for other in list(_jobs())
        if (other.run_id, other.dimensions) == (settings.run_id, settings.dimensions)
    ]
    # Newest first, but those of other seeds last: they may have been drawn for a comparison alone.
    newest = others[::-1]
    newest.sort(key=lambda other: other.seed != settings.seed)
    for candidate in (settings, *newest):
        view = view_of(candidate)
        if view is not None and view.ended and view.points is not None:
            return _drawn(view, candidate, settings)
    return None


def _drawn(view: ProjectionView, made_with: TsneSettings, asked_for: TsneSettings) -> Drawn:
    notes = [READING]
    if view.state == "stopped":
        done, planned = count(view.iteration), count(view.iterations)
        notes.append(f"Stopped after {done} of {planned} iterations.")
    if made_with != asked_for:
        notes.append(f"This map was made with {made_with}.")
    axes = Axes(("",) * made_with.dimensions, measured=False)
    return Drawn(_jobs()[made_with], np.asarray(view.points), axes, " ".join(notes))


def _is_settled(view: ProjectionView | None) -> bool:
    """Whether computing once more would change nothing."""
    return view is not None and view.state in ("queued", "running", "finished")


@st.cache_resource(show_spinner=False)
def _jobs() -> dict[TsneSettings, str]:
    """The t-SNE jobs of this server, oldest first, so that a map is computed once for all tabs."""
    return {}
