"""Sides: the run that Generate decodes with, and another one beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent.codes import of_class
from aecore.runs.layout import RunSummary
from ui.base.text import plain
from ui.shared.decoding import Decoder, choose_decoder, reason_unavailable
from ui.shared.run_picker import lines, newest_runs, samples_of

WITH_SAMPLES = ("finished", "stopped")


@dataclass(frozen=True)
class Side:
    """One of the runs that the page looks at: its decoder, and the samples that it kept."""

    decode: Decoder
    samples: Samples

    @property
    def run(self) -> RunSummary:
        """The run itself."""
        return self.decode.run

    def code(self) -> np.ndarray:
        """(n, k) the kept codes; where the decoder is told a class, those of that class.

        Raises:
            LatentError: no kept sample has that class.
        """
        label = self.samples.label
        if self.decode.label is None or label is None:
            return self.samples.code
        return of_class(self.samples.code, label, self.decode.label)


def choose_other(run: RunSummary) -> RunSummary | None:
    """A choice among the other runs of the same data; None if none is chosen."""
    others = {
        other.run_id: other
        for other in newest_runs(None)
        if other.state in WITH_SAMPLES
        and other.run_id != run.run_id
        and other.experiment.source == run.experiment.source != ""
    }
    if not others:
        return None
    named = lines(others)
    chosen = st.selectbox(
        "Beside it",
        list(others),
        index=None,
        format_func=named.__getitem__,
        placeholder="Another run of the same data",
        key=f"generate-beside-{run.run_id}",
        help="Two runs with the same controls, such as a plain code beside a variational one.",
    )
    return others.get(chosen) if chosen else None


def choose_sides(run: RunSummary, samples: Samples, other: RunSummary | None) -> tuple[Side, ...]:
    """The run, and the other one if their samples go together, each with the class to be told."""
    first = Side(choose_decoder(run, samples), samples)
    if other is None:
        return (first,)
    beside = samples_of(other)
    problem = _mismatch(samples, beside) or reason_unavailable(beside)
    if problem:
        st.info(f"Nothing is set beside it. {problem}", icon=":material/info:")
        return (first,)
    return first, Side(choose_decoder(other, beside), beside)


def each(sides: Sequence[Side]) -> Iterator[Side]:
    """Each side in a column of its own, under the name of its run where there are two."""
    if len(sides) == 1:
        yield sides[0]
        return
    for column, side in zip(st.columns(len(sides), gap="medium"), sides, strict=True):
        with column:
            st.markdown(f"**{plain(side.run.name)}**")
            yield side


def _mismatch(samples: Samples, beside: Samples) -> str:
    if beside.original.shape[1:] == samples.original.shape[1:]:
        return ""
    return "The samples of that run have another shape: it was prepared in another way."
