"""What was measured of a run's dimensions, and the job that measures it."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.dimensions.measuring import MeasuredDimensions
from aecore.jobs.kinds.dimensions import SPEC, DimensionsRequest
from aecore.runs import kept_dimensions
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.shared.kept_job import KeptJob, doing, show_job

FIRST = (
    "Measuring tells the error at each encoding dimension beside PCA’s, estimates how many numbers "
    "the data varies in, and tries how well classes can be told. It takes seconds, runs in the "
    "background and is kept with the run."
)


def measured_dimensions(run: RunSummary) -> MeasuredDimensions:
    """What was measured; where there is nothing yet, ends the page.

    While a job is under way its progress stands above what is kept.
    """
    job = KeptJob(
        kind=SPEC,
        request=DimensionsRequest(run.run_id),
        file=kept_dimensions.MEASURED,
        run_id=run.run_id,
        begin="Measure",
        again="Measure again",
        icon=":material/straighten:",
        key="dimensions",
        first=FIRST,
        progress=doing,
    )
    kept = show_job(job, possible=run.ended)
    found = _read(run.run_id, kept) if kept else None
    if found is None:
        st.stop()
    return found


def _read(run_id: str, kept: int) -> MeasuredDimensions | None:
    try:
        return _loaded(run_id, kept)
    except LabError as error:
        session.show_error(error)
        return None


@st.cache_resource(show_spinner="Reading what was measured", max_entries=8)
def _loaded(run_id: str, kept: int) -> MeasuredDimensions | None:
    return kept_dimensions.load(session.store(), run_id)
