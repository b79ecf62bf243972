"""What a run makes of a sample: pictures, errors, and how far its code moved."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.ranking import share_below
from aecore.evaluation.reconstruction import difference_limit
from aecore.evaluation.samples import Samples, sample_errors
from aecore.latent.moving import median_distance, move
from ui.app import session
from ui.base.text import count, rounded
from ui.base.theme import Palette
from ui.figures.pictures import SHARPNESS, data_address, triptychs
from ui.shared import worker

SIDE = 112


@dataclass(frozen=True)
class OwnSample:
    """A sample and what the run made of it.

    Attributes:
        sample, reconstruction: (*sample_shape), in scaled units.
        code: (k,).
    """

    sample: np.ndarray
    reconstruction: np.ndarray
    code: np.ndarray


@dataclass(frozen=True)
class Scale:
    """What a run's samples are measured by.

    Attributes:
        yardstick: the median distance between two codes.
        limit: the difference that is drawn in full colour.
    """

    yardstick: float
    limit: float


def columns(widths: tuple[int, int, int] = (4, 5, 6)) -> list[Any]:
    """Places for what is given, what comes of it, and the map."""
    return st.columns(list(widths), gap="medium")


def reconstructed(run_id: str, x: np.ndarray, label: int | None) -> list[OwnSample]:
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
    return [OwnSample(*each) for each in zip(x, made, code, strict=True)]


def as_sample(samples: Samples, own_samples: OwnSample, position: int = 0) -> Samples:
    """The one sample in the look of the others, with the row and label of a kept one."""
    one = [position]
    return dataclasses.replace(
        samples,
        index=samples.index[one],
        original=own_samples.sample[None],
        reconstruction=own_samples.reconstruction[None],
        code=own_samples.code[None],
        error=sample_errors(own_samples.sample[None], own_samples.reconstruction[None]),
        label=None if samples.label is None else samples.label[one],
        factors={},
    )


def show_pictures(
    run_id: str, samples: Samples, own_samples: OwnSample, title: str, palette: Palette
) -> None:
    """Input, reconstruction and difference, the colours of which are those of the other cards."""
    limit, one = _scale(run_id, samples).limit, as_sample(samples, own_samples)
    [picture] = triptychs(one, np.array([0]), limit, palette.diverging, SIDE)
    st.caption(f"{title}: input, reconstruction, difference")
    st.image(
        data_address(picture),
        width=picture.shape[1] // SHARPNESS,
        alt=f"{title}, and its reconstruction",
    )


def show_errors(samples: Samples, own_samples: OwnSample, clean: np.ndarray | None = None) -> None:
    """The error with its place among the kept ones, and that against the clean original."""
    error = _error(own_samples.sample, own_samples.reconstruction)
    share = share_below(samples.error, error)
    among = f"the {count(len(samples.error))} {samples.measured_on} samples"
    with st.container(horizontal=True, gap="large"):
        st.metric(
            "Error (MSE)",
            rounded(error),
            width="content",
            help="Mean squared difference between input and reconstruction, in scaled units.",
        )
        if clean is not None:
            st.metric(
                "Against the clean original",
                rounded(_error(clean, own_samples.reconstruction)),
                width="content",
                help="The same between the original before it was changed and the reconstruction.",
            )
    st.caption(f"Larger than the error of {share:.0%} of {among}.")


def show_move(run_id: str, samples: Samples, start: OwnSample, end: OwnSample) -> None:
    """How far the code went, with the distance between samples as yardstick."""
    yardstick = _scale(run_id, samples).yardstick
    found = move(start.code, end.code, yardstick)
    st.metric(
        "Move in the code",
        rounded(found.distance),
        width="content",
        help="Euclidean distance from the code of the clean original to that of the changed one.",
    )
    st.caption(
        f"{rounded(found.relative, 2)} times the median distance between two samples, "
        f"{rounded(yardstick)}."
    )


def _error(x: np.ndarray, x_hat: np.ndarray) -> float:
    return float(sample_errors(x[None], x_hat[None])[0])


@st.cache_resource(show_spinner=False, max_entries=8)
def _scale(run_id: str, _samples: Samples) -> Scale:
    return Scale(median_distance(_samples.code), difference_limit(_samples))
