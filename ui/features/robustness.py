"""How robust a run is: what is lost by strength of a disturbance, beside PCA and other runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.features.sides import PCA
from aecore.evaluation.robustness.disturbances import DISTURBANCES, of_kind
from aecore.evaluation.robustness.levels import Level
from aecore.evaluation.robustness.measuring import MeasuredRobustness
from aecore.evaluation.robustness.verdict import ERROR, TOLD, figure, verdict
from aecore.evaluation.samples import Samples
from aecore.jobs.kinds.robustness import SPEC, RobustnessRequest
from aecore.runs import kept_robustness
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import counted, plain
from ui.base.theme import Palette
from ui.figures.robustness import (
    WIDTH,
    Line,
    RobustnessChart,
    describe_robustness,
    plot_robustness,
)
from ui.shared.jobs import view_of
from ui.shared.kept_job import KeptJob, doing, show_job
from ui.shared.row_source import choose_source
from ui.shared.run_picker import lines, newest_runs

MOST_BESIDE, ID_SHOWN = 4, 6
# Of the palette's classes: none like the run or PCA, and all can be read as a name.
COLOURS = (4, 6, 2, 5)
MEASURES = {ERROR: "Error", TOLD: "A probe"}
UNITS = {"classes": "accuracy of a probe", "numbers": "R² of a probe"}
NOTHING = "Texts have no disturbance that could be measured. Choose a run of pictures or a table."
FIRST = (
    "Held-out rows are disturbed at five strengths: made noisy, covered, moved or turned, their "
    "values left out. What the run makes of them stands beside PCA with as many numbers, fitted on "
    "clean training rows. It takes seconds, runs in the background and is kept with the run."
)
SOURCE_HELP = (
    "The rows that the run held out, or any data set of the same kind; those are prepared as the "
    "run's own were."
)
BESIDE_HELP = (
    "Runs of the same data, scaled alike, in the same chart: a denoising one beside a plain one."
)
RESTORES = "The error is against the clean sample, which a model that repairs should return."
MOVES = "The error is against the sample as it was seen, which is as good as the one before."
PROBED = "The probe is linear, and learned from codes of clean training rows."
ERROR_UNIT = "mean squared error, scaled"


def show_robustness(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """The choice of rows and of further runs, the jobs that measure, and one chart."""
    if not of_kind(samples.kind):
        st.info(NOTHING, icon=":material/info:")
        return
    source = choose_source(
        {"": "The rows that the run held out"},
        samples.kind,
        SPEC,
        f"robustness-source-{run.run_id}",
        "Rows to disturb",
        SOURCE_HELP,
    )
    others = _choose_others(run)
    found = _measured(run, source, "robustness", FIRST)
    if found is None or not found.curves:
        return
    beside = {name: _beside(name, other, source) for name, other in others.items()}
    _show(found, {name: each for name, each in beside.items() if each is not None}, palette)


def _choose_others(run: RunSummary) -> dict[str, RunSummary]:
    """Name -> further runs of the same data whose errors can be compared."""
    choices = {
        each.run_id: each
        for each in newest_runs(run.run_id)
        if each.run_id != run.run_id and _is_comparable(each, run)
    }
    if not choices:
        return {}
    named = lines(choices)
    chosen = st.multiselect(
        "Beside it",
        list(choices),
        format_func=named.__getitem__,
        max_selections=MOST_BESIDE,
        key=f"robustness-beside-{run.run_id}",
        persist_state="session",
        help=BESIDE_HELP,
    )
    return _named([choices[each] for each in chosen if each in choices])


def _named(runs: Sequence[RunSummary]) -> dict[str, RunSummary]:
    """Each by its name and what corrupts its input, and by its id where that is not enough."""
    names = [_name(run) for run in runs]
    return {
        name if names.count(name) == 1 else f"{name} · {run.run_id[:ID_SHOWN]}": run
        for name, run in zip(names, runs, strict=True)
    }


def _name(run: RunSummary) -> str:
    corruption = run.experiment.tree.corruption
    return f"{run.name} · {corruption.title}" if corruption.draws_noise else run.name


def _is_comparable(other: RunSummary, run: RunSummary) -> bool:
    """Whether errors of both are in the same units, of the same data."""
    theirs, ours = other.experiment, run.experiment
    return (
        other.ended
        and theirs.source == ours.source
        and theirs.tree.data.reading == ours.tree.data.reading
        and theirs.tree.preprocessing == ours.tree.preprocessing
    )


def _measured(run: RunSummary, source: str, key: str, first: str) -> MeasuredRobustness | None:
    """The job of a run, and what it has measured so far."""
    kept = show_job(_job(run, source, key, first))
    return _read(run.run_id, source, kept) if kept else None


def _beside(name: str, run: RunSummary, source: str) -> MeasuredRobustness | None:
    """What was measured of a further run; its job as long as it has anything to do."""
    job = _job(run, source, f"robustness-{run.run_id}", f"{plain(name)} is not measured yet.")
    view = view_of(SPEC, job.request)
    if job.stamp and (view is None or view.state == "finished"):
        return _read(run.run_id, source, job.stamp)
    st.caption(plain(name))
    kept = show_job(job)
    return _read(run.run_id, source, kept) if kept else None


def _job(run: RunSummary, source: str, key: str, first: str) -> KeptJob:
    request = RobustnessRequest(run.run_id, source)
    return KeptJob(
        kind=SPEC,
        request=request,
        file=request.file_name,
        run_id=run.run_id,
        begin="Measure robustness",
        again="Measure again",
        icon=":material/shield:",
        key=key,
        first=first,
        progress=doing,
    )


def _read(run_id: str, source: str, kept: int) -> MeasuredRobustness | None:
    try:
        return _loaded(run_id, source, kept)
    except LabError as error:
        session.show_error(error)
        return None


@st.cache_resource(show_spinner="Reading what was measured", max_entries=32)
def _loaded(run_id: str, source: str, kept: int) -> MeasuredRobustness | None:
    return kept_robustness.load(session.store(), run_id, source)


def _show(
    found: MeasuredRobustness, beside: Mapping[str, MeasuredRobustness], palette: Palette
) -> None:
    name, measure = _choose_view(found)
    spec, levels = DISTURBANCES[name], found.curves[name]
    others = {
        each: one.curves[name]
        for each, one in beside.items()
        if name in one.curves and (measure == ERROR or one.target == found.target)
    }
    with st.container(border=True):
        st.markdown(plain(verdict(name, measure, levels, others, found.kind)))
    against = RESTORES if spec.restores else MOVES
    st.caption(f"{spec.summary} {against if measure == ERROR else PROBED}")
    unit = ERROR_UNIT if measure == ERROR else UNITS[found.kind]
    drawn = _lines(levels, others, measure, palette)
    strengths = [level.strength for level in levels]
    chart = RobustnessChart(unit, spec.unit, strengths, drawn)
    st.image(plot_robustness(chart, palette), alt=describe_robustness(chart), width=WIDTH)
    st.caption(
        plain(
            f"{counted(found.rows, 'row')} ({found.measured_on}). The bar at each dot is "
            "where 95 of "
            "100 draws of these rows lie."
        )
    )
    for note in found.notes:
        st.caption(plain(note))


def _choose_view(found: MeasuredRobustness) -> tuple[str, str]:
    """Which disturbance is shown, and by which measure."""
    key, measure = f"robustness-disturbance-{found.kind}", ERROR
    session.forget_unless(key, found.curves)
    with st.container(horizontal=True, gap="large"):
        name = st.segmented_control(
            "Disturbance",
            list(found.curves),
            format_func=lambda each: DISTURBANCES[each].title,
            default=next(iter(found.curves)),
            required=True,
            key=key,
            persist_state="session",
        )
        if found.target:
            measure = st.segmented_control(
                "Measured by",
                list(MEASURES),
                format_func=MEASURES.__getitem__,
                default=ERROR,
                required=True,
                key="robustness-measure",
                persist_state="session",
            )
    return name, measure


def _lines(
    levels: Sequence[Level], others: Mapping[str, Sequence[Level]], measure: str, palette: Palette
) -> list[Line]:
    colours = [palette.classes[place] for place in COLOURS]
    return [
        Line("this run", [figure(each, measure) for each in levels], palette.reconstruction),
        Line("PCA", [figure(each, measure, PCA) for each in levels], palette.yardstick),
        *(
            Line(name, [figure(each, measure) for each in theirs], colour)
            for (name, theirs), colour in zip(others.items(), colours, strict=False)
        ),
    ]
