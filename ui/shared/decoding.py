"""Decoding codes of a run, with the kept sample that is most like each."""

from __future__ import annotations

import dataclasses

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.reconstruction import class_name
from aecore.evaluation.samples import Samples, sample_errors
from aecore.generation.nearest import nearest_kept
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.shared import worker


@dataclasses.dataclass(frozen=True)
class Decoder:
    """The decoder of a run, told one class where it is told any."""

    run: RunSummary
    label: int | None

    def __call__(self, codes: np.ndarray) -> np.ndarray:
        """Samples (n, *sample_shape) of codes (n, k); where there can be none, ends the page."""
        if not worker.is_ready():
            st.stop()
        try:
            return session.engine().decode(self.run.run_id, codes, self.label)
        except LabError as error:
            session.show_error(error)
        worker.offer_again()
        st.stop()


def is_told_the_class(run: RunSummary) -> bool:
    """Whether encoder and decoder of a run take the class of a sample beside it."""
    return run.experiment.tree.model.conditional


def choose_decoder(run: RunSummary, samples: Samples) -> Decoder:
    """The decoder, and the class to tell it for a conditional run."""
    if not is_told_the_class(run):
        return Decoder(run, None)
    label = st.selectbox(
        "Class",
        range(len(samples.class_names)),
        format_func=lambda index: class_name(samples, index),
        key=f"generate-class-{run.run_id}",
        help="This decoder gets the class as input; the code carries what the class does not.",
    )
    return Decoder(run, label)


def reason_unavailable(samples: Samples) -> str:
    """Why nothing can be generated from these codes, in a sentence; empty where it can."""
    if not len(samples.code):
        return "This run kept no samples, so there are no codes to begin from."
    if not np.isfinite(samples.code).all():
        return (
            "Some codes are not finite numbers: training diverged. "
            "Train again with a smaller learning rate."
        )
    return ""


def beside_nearest(samples: Samples, made: np.ndarray) -> Samples:
    """What was made, each as the reconstruction of the kept sample nearest to it."""
    index = nearest_kept(made, samples.original)
    original = samples.original[index]
    return dataclasses.replace(
        samples,
        index=samples.index[index],
        original=original,
        reconstruction=made,
        code=samples.code[index],
        error=sample_errors(original, made),
        label=None if samples.label is None else samples.label[index],
        factors={name: values[index] for name, values in samples.factors.items()},
        total=len(made),
        scale=samples.scale[index] if len(samples.scale) > 1 else samples.scale,
    )
