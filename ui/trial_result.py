"""How is what a run makes of a sample shown: pictures, errors, and the place of its code?"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from aecore.data.split import drawn_rows
from aecore.errors import LabError
from aecore.evaluation.ranking import share_below
from aecore.evaluation.reconstruction import class_name, difference_limit
from aecore.evaluation.samples import Samples, sample_errors
from aecore.latent.moving import median_distance, move
from aecore.latent.neighbours import nearest
from aecore.latent.plane import Plane, fit_plane
from ui import session, worker
from ui.figures.places import HEIGHT, describe_places, plot_places
from ui.pictures import SHARPNESS, triptychs
from ui.text import count, figure, plain
from ui.theme import Palette

SIDE = 112
# More points would only cover each other, and each is drawn anew with every stroke.
MAX_POINTS = 1000


@dataclass(frozen=True)
class Tried:
    """A sample and what the run made of it.

    Attributes:
        sample, reconstruction: (*sample_shape), in scaled units.
        code: (k,).
    """

    sample: np.ndarray
    reconstruction: np.ndarray
    code: np.ndarray


@dataclass(frozen=True)
class Ground:
    """What a run's codes are measured and drawn by.

    Attributes:
        plane: of the codes' two principal components.
        positions: the samples that the map shows.
        points: (len(positions), 2), their places.
        yardstick: the median distance between two codes.
        limit: the difference that is drawn in full colour.
    """

    plane: Plane
    positions: np.ndarray
    points: np.ndarray
    yardstick: float
    limit: float


def columns(widths: tuple[int, int, int] = (4, 5, 6)) -> list[Any]:
    """Places for what is given, what comes of it, and the map."""
    return st.columns(list(widths), gap="medium")


def reconstructed(run_id: str, x: np.ndarray, label: int | None) -> list[Tried]:
    """What the worker makes of samples (n, *sample_shape); nothing, and says why, if it cannot."""
    if not worker.is_ready():
        return []
    try:
        code, made = session.engine().reconstruct(run_id, x, label)
    except LabError as error:
        session.show_error(error)
        worker.offer_again()
        return []
    if not (np.isfinite(code).all() and np.isfinite(made).all()):
        st.warning("The model makes no finite numbers of this sample.", icon=":material/warning:")
        return []
    return [Tried(*each) for each in zip(x, made, code, strict=True)]


def as_sample(samples: Samples, tried: Tried, position: int = 0) -> Samples:
    """The one sample in the look of the others, with the row and label of a kept one."""
    one = [position]
    return dataclasses.replace(
        samples,
        index=samples.index[one],
        original=tried.sample[None],
        reconstruction=tried.reconstruction[None],
        code=tried.code[None],
        error=sample_errors(tried.sample[None], tried.reconstruction[None]),
        label=None if samples.label is None else samples.label[one],
        factors={},
    )


def show_pictures(
    run_id: str, samples: Samples, tried: Tried, title: str, palette: Palette
) -> None:
    """Input, reconstruction and difference, the colours of which are those of the other cards."""
    limit, one = _ground(run_id, samples).limit, as_sample(samples, tried)
    [picture] = triptychs(one, np.array([0]), limit, palette.diverging, SIDE)
    st.caption(f"{title}: input, reconstruction, difference")
    st.image(picture, width=picture.shape[1] // SHARPNESS, alt=f"{title}, and its reconstruction")


def show_errors(samples: Samples, tried: Tried, clean: np.ndarray | None = None) -> None:
    """The error with its place among the kept ones, and that against the clean original."""
    error = _error(tried.sample, tried.reconstruction)
    share = share_below(samples.error, error)
    among = f"the {count(len(samples.error))} {samples.measured_on} samples"
    with st.container(horizontal=True, gap="large"):
        st.metric(
            "Error (MSE)",
            figure(error),
            width="content",
            help="Mean squared difference between input and reconstruction, in scaled units.",
        )
        if clean is not None:
            st.metric(
                "Against the clean original",
                figure(_error(clean, tried.reconstruction)),
                width="content",
                help="The same between the original before it was changed and the reconstruction.",
            )
    st.caption(f"Larger than the error of {share:.0%} of {among}.")


def show_move(run_id: str, samples: Samples, start: Tried, end: Tried) -> None:
    """How far the code went, with the distance between samples as yardstick."""
    yardstick = _ground(run_id, samples).yardstick
    found = move(start.code, end.code, yardstick)
    st.metric(
        "Move in the code",
        figure(found.distance),
        width="content",
        help="Euclidean distance from the code of the clean original to that of the changed one.",
    )
    st.caption(
        f"{figure(found.relative, 2)} times the median distance between two samples, "
        f"{figure(yardstick)}."
    )


def show_map(run_id: str, samples: Samples, tried: Sequence[Tried], palette: Palette) -> None:
    """The codes in the plane of their principal components, and the way along those tried."""
    codes = [each.code for each in tried]
    ground = _ground(run_id, samples)
    marks = ground.plane.to_plane(np.array(codes)) if codes else np.empty((0, 2))
    shown = dataclasses.replace(
        samples,
        error=samples.error[ground.positions],
        label=None if samples.label is None else samples.label[ground.positions],
    )
    st.echarts_chart(
        plot_places(ground.points, shown, marks, palette),
        key="trial-map",
        height=HEIGHT,
        alt=describe_places(ground.points, marks),
    )
    st.caption(_where(samples, ground, codes))


def _where(samples: Samples, ground: Ground, codes: Sequence[np.ndarray]) -> str:
    """What the map shows, and what lies next to the last of some codes."""
    across, up = ground.plane.explained
    parts = [
        f"The plane (PCA) in which the codes spread most: {across + up:.0%} of their variance."
    ]
    if len(ground.positions) < len(samples.code):
        parts.append(f"{count(len(ground.positions))} of {count(len(samples.code))} samples.")
    if codes and np.isfinite(codes[-1]).all():
        next_to = int(nearest(samples.code, codes[-1], count=1).index[0])
        name = f"row {count(int(samples.index[next_to]))}"
        if samples.label is not None:
            name = f"**{plain(class_name(samples, int(samples.label[next_to])))}**, {name}"
        parts.append(f"Nearest kept code: {name}.")
    return " ".join(parts)


def _error(x: np.ndarray, x_hat: np.ndarray) -> float:
    return float(sample_errors(x[None], x_hat[None])[0])


@st.cache_resource(show_spinner=False, max_entries=8)
def _ground(run_id: str, _samples: Samples) -> Ground:
    plane = fit_plane(_samples.code)
    positions = drawn_rows(len(_samples.code), MAX_POINTS, 0)
    points = plane.to_plane(_samples.code[positions])
    yardstick, limit = median_distance(_samples.code), difference_limit(_samples)
    return Ground(plane, positions, points, yardstick, limit)
