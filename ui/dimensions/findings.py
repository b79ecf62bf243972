"""What is known of the encoding dimension: advice, charts, the data's own dimension, trainings."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.dimensions.advice import Advice, Evidence, advise
from aecore.evaluation.dimensions.curves import Curve
from aecore.evaluation.dimensions.intrinsic import IntrinsicDimension
from aecore.evaluation.dimensions.measuring import MeasuredDimensions
from aecore.evaluation.dimensions.probes import ProbeCurve
from aecore.models.losses import LOSSES
from aecore.runs import kept_dimensions
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import count, plain, rounded
from ui.base.theme import Palette
from ui.dimensions.separate import is_live, settings_with, show_separate, told, trainings_of
from ui.figures.dimensions import WIDTH, DimensionChart, Line, describe_dimensions, plot_dimensions

TICK_SECONDS = 1.0
USED = "dimension-used"
ERROR, ORDERED = "Mean squared error", "ordered code"
HOW_TO_READ = (
    "Left of the shaded range each number more still tells much; right of it hardly anything. A "
    "line of the ordered code well below PCA’s says that the data is bent, and that layers pay."
)


def show_findings(run: RunSummary, measured: MeasuredDimensions, palette: Palette) -> None:
    """The whole page below what was measured; it draws itself anew while trainings go on."""
    if not is_live(trainings_of(run)):
        # Not a part that runs by itself: a click that starts trainings is the page's.
        _show(run, measured, palette)
        return
    st.fragment(_follow, run_every=TICK_SECONDS)(run, measured, palette)


def _follow(run: RunSummary, measured: MeasuredDimensions, palette: Palette) -> None:
    if not is_live(trainings_of(run)):
        st.rerun()
    _show(run, measured, palette)


def _show(run: RunSummary, measured: MeasuredDimensions, palette: Palette) -> None:
    found = trainings_of(run)
    evidence = Evidence(measured.curves, kept_dimensions.errors(found), measured.intrinsic)
    advice = advise(evidence)
    _show_advice(run, advice)
    for note in (*measured.notes, told(found)):
        if note:
            st.caption(plain(note))
    _show_errors(measured, evidence, advice, palette)
    st.header("Separate trainings", anchor=False)
    show_separate(run, found)
    if measured.probes is not None:
        _show_probes(measured.probes, advice, palette)
    if measured.intrinsic is not None:
        _show_intrinsic(measured.intrinsic)


def _show_advice(run: RunSummary, advice: Advice) -> None:
    """The reasons, and one button that takes the advice."""
    with st.container(border=True):
        st.subheader(_title(advice), anchor=False)
        st.markdown(plain(" ".join(advice.sentences[:-1])))
        st.button(
            f"Use {advice.choice}",
            # Where a longer code is still to be tried, that comes first.
            type="secondary" if advice.is_open else "primary",
            icon=":material/tune:",
            on_click=_use,
            args=(run, advice.choice),
            key="use-dimension",
            help="Fills the form on the Train page with this run’s settings and that encoding "
            "dimension, without an order in the code.",
        )
    chosen = st.session_state.pop(USED, None)
    if isinstance(chosen, LabError):
        session.show_error(chosen)
    elif chosen:
        st.success(f"The form on the Train page now asks for a code of {chosen}.")
        st.page_link("pages/train.py", label="Train it", icon=":material/model_training:")


def _title(advice: Advice) -> str:
    if advice.is_open:
        return f"{advice.choice} numbers or more"
    if advice.low == advice.high:
        return f"{advice.choice} {'number' if advice.choice == 1 else 'numbers'}"
    return f"{advice.low} to {advice.high} numbers"


def _use(run: RunSummary, dimension: int) -> None:
    try:
        session.set_draft(settings_with(run.experiment.tree, dimension))
        st.session_state[USED] = dimension
    except LabError as error:
        st.session_state[USED] = error


def _show_errors(
    measured: MeasuredDimensions, evidence: Evidence, advice: Advice, palette: Palette
) -> None:
    st.header("Error against the encoding dimension", anchor=False)
    curves, own = measured.curves, LOSSES[measured.curves.loss].title
    shown = ERROR
    if own != ERROR:
        shown = st.segmented_control(
            "Measured by", [ERROR, own], default=ERROR, required=True, key="dimensions-measure"
        )
    st.caption(f"{HOW_TO_READ} On {count(curves.rows)} {curves.measured_on} rows.")
    by_error = shown == ERROR
    lines = [_line("PCA", curves.pca, "yardstick", by_error)]
    if curves.ordered is not None:
        lines.insert(0, _line(ORDERED, curves.ordered, "reconstruction", by_error))
    levels = {"mean": (curves.mean[0 if by_error else 1], "mean")}
    if curves.floor is not None and not by_error:
        levels["floor"] = (curves.floor, "floor")
    chart = DimensionChart(
        unit="squared scaled units" if by_error else LOSSES[curves.loss].unit,
        lines=tuple(lines),
        levels=levels,
        dots=evidence.separate if by_error else {},
        advised=(advice.low, advice.high),
    )
    _show_chart(chart, palette)
    with st.expander("As a table", icon=":material/table:"):
        _show_table(measured, evidence)


def _line(name: str, curve: Curve, colour: str, by_error: bool) -> Line:
    return Line(name, curve.dimensions, curve.error if by_error else curve.loss, colour)


def _show_chart(chart: DimensionChart, palette: Palette) -> None:
    st.image(plot_dimensions(chart, palette), alt=describe_dimensions(chart), width=WIDTH)


def _show_table(measured: MeasuredDimensions, evidence: Evidence) -> None:
    ordered, pca = measured.curves.ordered, evidence.pca
    by_length = {} if ordered is None else dict(zip(ordered.dimensions, ordered.error, strict=True))
    asked = sorted({*by_length, *pca, *evidence.separate})
    separate = {k: sum(errors) / len(errors) for k, errors in evidence.separate.items() if errors}
    frame = pd.DataFrame(
        {
            "Numbers": asked,
            "Ordered code": [by_length.get(k) for k in asked],
            "PCA": [pca.get(k) for k in asked],
            "Separate trainings, mean": [separate.get(k) for k in asked],
            "Seeds": [len(evidence.separate.get(k, ())) for k in asked],
        }
    )
    number = st.column_config.NumberColumn(format="%.4g")
    st.dataframe(
        frame,
        hide_index=True,
        column_config=dict.fromkeys(frame.columns[1:4], number),
        alt="Mean squared error by encoding dimension",
    )


def _show_probes(probes: ProbeCurve, advice: Advice, palette: Palette) -> None:
    st.header("Telling classes by the code", anchor=False)
    st.caption(
        "Accuracy of a logistic regression that learned from training codes alone, on "
        f"{count(probes.rows)} held-out rows. Where the line of the code ends below that of all "
        "values, the code has lost what tells classes apart."
    )
    lines = [Line("PCA", probes.dimensions, probes.pca, "yardstick")]
    if probes.code:
        lines.insert(0, Line(ORDERED, probes.dimensions, probes.code, "reconstruction"))
    levels = {"all values": (probes.raw, "original"), "chance": (probes.chance, "mean")}
    chart = DimensionChart(
        "share told rightly", tuple(lines), levels, {}, (advice.low, advice.high)
    )
    _show_chart(chart, palette)


def _show_intrinsic(found: IntrinsicDimension) -> None:
    st.header("The dimension of the data itself", anchor=False)
    copies = f" {count(found.repeated)} copies were left out." if found.repeated else ""
    st.caption(
        "In how many directions rows differ from their neighbours, with intervals from resampling. "
        "It is an estimate: noise raises it, most where few neighbours are asked; few rows, and "
        f"many dimensions, lower it. From {count(found.rows)} of {count(found.of_rows)} training "
        f"rows.{copies}"
    )
    rows = [("Two nearest neighbours (TwoNN)", 2, found.two_nn)]
    rows += [("Maximum likelihood", neighbours, each) for neighbours, each in found.by_neighbours]
    st.dataframe(
        pd.DataFrame(
            {
                "Way": [way for way, _, _ in rows],
                "Neighbours": [neighbours for _, neighbours, _ in rows],
                "Dimension": [rounded(each.value) for _, _, each in rows],
                "From": [rounded(each.low) for _, _, each in rows],
                "To": [rounded(each.high) for _, _, each in rows],
            }
        ),
        hide_index=True,
        alt="Estimates of the dimension of the data",
    )
