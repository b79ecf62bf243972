"""What codes are good for: probes beside yardsticks, how many labels they take, and the verdict."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.features.measuring import MeasuredFeatures
from aecore.evaluation.features.scores import CHANCE, LINEAR, NEAREST, PROBES
from aecore.evaluation.features.sides import CODE, PCA, RANDOM, RAW
from aecore.evaluation.features.targets import target_names
from aecore.evaluation.features.verdict import verdict
from aecore.evaluation.samples import Samples
from aecore.jobs.kinds.features import SPEC, FeaturesRequest
from aecore.runs import kept_features
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import count, plain, rounded
from ui.base.theme import Palette
from ui.figures.dimensions import WIDTH, DimensionChart, Line, describe_dimensions, plot_dimensions
from ui.figures.probe_scores import WIDTH as SCORES_WIDTH
from ui.figures.probe_scores import Group, Mark, describe_scores, plot_scores
from ui.shared.kept_job import KeptJob, doing, show_job

SIDES = {CODE: "codes", PCA: "PCA, as many numbers", RANDOM: "random projection", RAW: "all values"}
SHORT = {PCA: "PCA", RANDOM: "random"}
COLOURS = {CODE: "reconstruction", PCA: "yardstick", RANDOM: "validation", RAW: "original"}
FIGURES = {"accuracy": "accuracy", "macro_f1": "macro F1", "r2": "R²"}
UNITS = {"classes": "accuracy on held-out rows", "numbers": "R² on held-out rows"}
FIRST = (
    "A probe is a simple model that learns to tell the label of a row from its code alone. How "
    "well it does, beside the same model on all values and on PCA, tells what the codes are good "
    "for. It takes seconds, runs in the background and is kept with the run."
)
NOTHING = (
    "This data has no labels, and no numbers beside its values, that a probe could tell. Give a "
    "column the role label on the Data page and train again, or choose a run of other data."
)
TARGET_HELP = "Classes, or a number that is known of each row and was not learned."


def show_probes(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """A choice of the target, the job that probes for it, and what came of it."""
    targets = target_names(samples.label is not None, tuple(samples.factors))
    if not targets:
        st.info(NOTHING, icon=":material/info:")
        return
    target = targets[0]
    if len(targets) > 1:
        chosen = st.selectbox(
            "What a probe is to tell",
            targets,
            key=f"features-target-{run.run_id}",
            persist_state="session",
            help=TARGET_HELP,
        )
        target = chosen or target
    kept = show_job(_job(run, target))
    found = _read(run.run_id, target, kept) if kept else None
    if found is None:
        return
    with st.container(border=True):
        st.markdown(plain(" ".join(verdict(found))))
    for note in found.notes:
        st.caption(plain(note))
    _show_scores(found, palette)
    _show_labels(found, palette)


def _job(run: RunSummary, target: str) -> KeptJob:
    return KeptJob(
        kind=SPEC,
        request=FeaturesRequest(run.run_id, target),
        file=kept_features.file_name(target),
        run_id=run.run_id,
        begin="Probe the codes",
        again="Probe again",
        icon=":material/science:",
        key="features",
        first=FIRST,
        progress=doing,
    )


def _read(run_id: str, target: str, kept: int) -> MeasuredFeatures | None:
    try:
        return _loaded(run_id, target, kept)
    except LabError as error:
        session.show_error(error)
        return None


@st.cache_resource(show_spinner="Reading what was measured", max_entries=16)
def _loaded(run_id: str, target: str, kept: int) -> MeasuredFeatures | None:
    return kept_features.load(session.store(), run_id, target)


def _show_scores(found: MeasuredFeatures, palette: Palette) -> None:
    st.subheader("Held-out rows told by codes, and by what stands beside them", anchor=False)
    st.caption(
        f"Probes learned from {count(found.train)} training rows and were tried on "
        f"{count(found.held_out)} {found.measured_on} rows. The line through a dot is where 95 of "
        "100 draws of these rows lie. Codes are worth their length where their dot is right of "
        "PCA’s; where all values lie further right, the code has lost something."
    )
    groups = [
        Group(PROBES[probe, found.kind], marks)
        for probe in (LINEAR, NEAREST)
        if (marks := _marks(found, probe))
    ]
    chance = found.score(CHANCE, CHANCE)
    level = None if chance is None else chance.main
    unit = UNITS[found.kind]
    st.image(
        plot_scores(groups, unit, level, palette),
        alt=describe_scores(groups, unit, level),
        width=SCORES_WIDTH,
    )
    with st.expander("As a table", icon=":material/table:"):
        _show_table(found)


def _marks(found: MeasuredFeatures, probe: str) -> list[Mark]:
    scores = ((side, found.score(probe, side)) for side in SIDES)
    return [
        Mark(SIDES[side], score.main, COLOURS[side]) for side, score in scores if score is not None
    ]


def _show_table(found: MeasuredFeatures) -> None:
    rows = [
        {
            "Model": PROBES.get((score.probe, found.kind), "Chance"),
            "Told by": SIDES.get(score.side, "the most frequent class or the mean"),
            **{FIGURES[name]: _with_interval(each) for name, each in score.figures.items()},
            "Codes ahead by": "" if score.gain is None else _with_interval(score.gain),
        }
        for score in found.scores
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="What each probe reaches by each side")


def _with_interval(each: Estimate) -> str:
    return f"{rounded(each.value)} ({rounded(each.low, 2)} to {rounded(each.high, 2)})"


def _show_labels(found: MeasuredFeatures, palette: Palette) -> None:
    curve = found.labels
    if curve is None:
        return
    st.subheader("How many labels it takes", anchor=False)
    st.caption(
        "The same linear probe with only some labelled rows, the mean of five draws. Good codes "
        "pay most here: they were learned without labels, and leave little for labels to say."
    )
    lines = [
        Line(
            SHORT.get(side, SIDES[side]),
            curve.labels,
            [mean for mean, _, _ in curve.sides[side]],
            COLOURS[side],
        )
        for side in SIDES
        if side in curve.sides
    ]
    chart = DimensionChart(
        UNITS[found.kind], tuple(lines), counted="labelled rows", first=curve.labels[0]
    )
    st.image(plot_dimensions(chart, palette), alt=describe_dimensions(chart), width=WIDTH)
