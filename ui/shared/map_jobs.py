"""Maps that take a job: progress, stop, and the kept result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.latent.colours import Colouring
from aecore.latent.maps.methods import METHODS
from ui.app import session
from ui.base.seed import choose_seed
from ui.base.text import count, plain
from ui.base.theme import palette
from ui.figures.latent import HEIGHT, Axes, plot_moving_map
from ui.shared.latent_map import Drawn, MapChoice
from ui.shared.map_methods import ON_SCREEN, Options

if TYPE_CHECKING:
    from aecore.jobs import ProjectionView

TICK_SECONDS = 0.4
REFUSED = "map_refused"


@dataclass(frozen=True)
class MapJob:
    """What a map of a run depends on.

    Attributes:
        run_id: the run.
        method: one of `METHODS`.
        dimensions: 2 or 3.
        seed: where the points start.
        options: the method's other settings.
    """

    run_id: str
    method: str
    dimensions: int
    seed: int
    options: Options

    @property
    def title(self) -> str:
        """The name of its method on screen."""
        return METHODS[self.method].title

    def __str__(self) -> str:
        words = ON_SCREEN[self.method].words.format(**dict(self.options))
        return f"{words}, seed {self.seed}"


def choose_job(run_id: str, samples: Samples, choice: MapChoice) -> MapJob:
    """Controls for the method's options and the seed, and the button that computes the map."""
    method = choice.method
    options = ON_SCREEN[method].choose(run_id, len(samples.code))
    seed = choose_seed(
        "Seed",
        "Where the points start; another seed gives another arrangement.",
        key=f"{method}-seed",
        persist_state="session",
    )
    job = MapJob(run_id, method, choice.dimensions, seed, options)
    st.button(
        f"Compute {job.title}",
        type="primary",
        icon=":material/scatter_plot:",
        on_click=start,
        args=(job,),
        disabled=_is_settled(view_of(job)),
        key=f"start-{method}",
        width="stretch",
    )
    return job


def computed_map(job: MapJob, samples: Samples, colouring: Colouring) -> Drawn | None:
    """The map asked for, else the last one like it; None while there is none."""
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        session.show_error(refused)
    view = view_of(job)
    if view is not None and not view.ended:
        st.fragment(_watch, run_every=TICK_SECONDS)(job, colouring)
        return None
    if view is not None and view.cause:
        st.error(f"**{plain(view.cause)}** {plain(view.remedy)}", icon=":material/error:")
    found = _latest_map(job)
    if found is None:
        st.info(
            f"{job.title} of {count(len(samples.code))} codes takes some seconds in the "
            "background. Watch the points move, stop it, or leave and come back."
            f"{ON_SCREEN[job.method].first}",
            icon=":material/info:",
        )
    return found


def job_of(map_key: str) -> MapJob | None:
    """The job that drew a map; None for one that takes none."""
    return next((job for job, job_id in _jobs().items() if job_id == map_key), None)


def key_of(job: MapJob) -> str:
    """The key of the map of a job that was started, which is the engine's id of it."""
    return _jobs()[job]


def newest_in_plane(run_id: str, method: str) -> tuple[MapJob, np.ndarray] | None:
    """The newest 2-D map of a run that was computed to its end, and its points (n, 2)."""
    seed = st.session_state.get(f"{method}-seed", 0)
    for job in _alike(run_id, method, 2, seed):
        view = view_of(job)
        if view is not None and view.state == "finished" and view.points is not None:
            return job, view.points
    return None


def view_of(job: MapJob) -> ProjectionView | None:
    """How far a map is; None if nobody has asked for it."""
    job_id = _jobs().get(job)
    return None if job_id is None else session.engine().projection(job_id)


def start(job: MapJob) -> None:
    """Begin to compute a map; a refusal is shown when the page is drawn next."""
    try:
        job_id = session.engine().project(
            job.run_id,
            method=job.method,
            dimensions=job.dimensions,
            seed=job.seed,
            **dict(job.options),
        )
    except LabError as error:
        st.session_state[REFUSED] = error
        return
    # Taken out first, so that the newest job stands last.
    _jobs().pop(job, None)
    _jobs()[job] = job_id


def stop(job: MapJob) -> None:
    """Stop computing a map; what there is of it is kept."""
    try:
        session.engine().stop(_jobs()[job])
    except LabError as error:
        st.session_state[REFUSED] = error


def progress(view: ProjectionView) -> str:
    """How far a map is, in words."""
    if view.state == "queued":
        return "Waiting for the worker"
    return f"Iteration {count(view.iteration)} of {count(view.iterations)}"


def _watch(job: MapJob, colouring: Colouring) -> None:
    """Progress and moving points, redrawn twice a second; the page is drawn anew at the end."""
    view = view_of(job)
    if view is None or view.ended:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(1.0, view.iteration / max(1, view.iterations)), text=progress(view))
        st.button(
            "Stop", icon=":material/stop:", on_click=stop, args=(job,), key=f"stop-{job.method}"
        )
    if view.points is None:
        st.skeleton(height=HEIGHT)
        return
    st.echarts_chart(
        plot_moving_map(view.points, colouring, palette()),
        key="moving-map",
        height=HEIGHT,
        alt=f"{job.title} map after {count(view.iteration)} iterations, still moving",
    )


def _latest_map(job: MapJob) -> Drawn | None:
    """The map of this job, or of the last other of its run, method and dimensions."""
    for candidate in (job, *_alike(job.run_id, job.method, job.dimensions, job.seed)):
        view = view_of(candidate)
        if view is not None and view.ended and view.points is not None:
            return _drawn(view, candidate, job)
    return None


def _alike(run_id: str, method: str, dimensions: int, seed: int) -> list[MapJob]:
    """The maps of this kind that were asked for, newest first.

    Those of another seed come last: they may have been drawn for a comparison alone.
    """
    newest = [
        job
        for job in reversed(list(_jobs()))
        if (job.run_id, job.method, job.dimensions) == (run_id, method, dimensions)
    ]
    return sorted(newest, key=lambda job: job.seed != seed)


def _drawn(view: ProjectionView, made_with: MapJob, asked_for: MapJob) -> Drawn:
    notes = [ON_SCREEN[made_with.method].reading]
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
def _jobs() -> dict[MapJob, str]:
    """The maps of this server with the engine's ids of their jobs, oldest first.

    One for all tabs, so that a map is computed once.
    """
    return {}
