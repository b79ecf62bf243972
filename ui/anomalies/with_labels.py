"""With labels: how well the odd rows are found, by class, and beside every other detector."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from aecore.data.prepare.split import drawn_rows
from aecore.errors import DataError
from aecore.evaluation.anomalies.arbiter import shown
from aecore.evaluation.anomalies.by_class import ClassDetection
from aecore.evaluation.anomalies.detection import Detection, assess
from aecore.evaluation.anomalies.judging import ODD, titles_of
from aecore.evaluation.anomalies.standing_beside import (
    MOST_ROWS,
    Beside,
    beside,
    by_odd_class,
    is_sampled,
)
from ui.anomalies import choices
from ui.anomalies.detections import between, show_classes, show_detections
from ui.anomalies.review import Looked
from ui.app import session
from ui.base.text import count, counted, plain, verb
from ui.shared.metric_row import show_beside

ONE_KIND = (
    "All rows whose class is known are {}: nothing can be told about how well odd rows are found. "
    "Choose other *Odd classes*, score rows of both kinds, or look at the planted defects."
)
AUROC_HELP = "How often an odd row scores higher than a normal one; .5 is chance."
AUPRC_HELP = "Precision averaged over all recalls; the share of odd rows is chance."
NO_COMPARISON = (
    "Other detectors were not compared: the scoring was stopped before, or the run’s own data is "
    "not at hand. Score the rows again."
)


def show_with_labels(looked: Looked) -> None:
    """AUROC and AUPRC, what the arbiter says, every score and detector, and each odd class."""
    by = looked.by
    if by.kind is None:
        st.info(
            "Choose *Odd classes* above to see how well they are found; the rows need labels.",
            icon=":material/info:",
        )
        return
    if not by.has_both:
        kind = "odd" if (by.kind == ODD).any() else "normal"
        st.info(ONE_KIND.format(kind), icon=":material/info:")
        return
    own = _own(looked)
    _show_areas(own, by.title)
    if int(by.known.sum()) > own.rows:
        st.caption(f"Measured on a random sample of {count(own.rows)} of the rows.")
    _show_beside(looked)
    _show_classes(looked)


def _show_areas(own: Detection, title: str) -> None:
    first, second, third = st.columns(3)
    show_beside(first, "AUROC", shown(own.auroc.value), between(own.auroc), AUROC_HELP)
    show_beside(second, "AUPRC", shown(own.auprc.value), between(own.auprc), AUPRC_HELP)
    rows = (
        f"{count(own.anomalies)} of {counted(own.rows, 'row')} "
        f"{verb(own.anomalies, 'is', 'are')} odd"
    )
    prevalence = f"{own.prevalence:.1%}"
    show_beside(third, "Prevalence", prevalence, rows, "The AUPRC of scores drawn at random.")
    if own.is_inverted:
        st.warning(
            f"**{plain(title)} is inverted here:** odd rows score lower than normal ones. Nothing "
            "is turned round; choose another score.",
            icon=":material/swap_vert:",
        )


def _show_beside(looked: Looked) -> None:
    scored, run_id = looked.scored, looked.request.run_id
    try:
        found = _beside(*_key(looked), looked)
    except DataError as error:
        session.show_error(error)
        return
    st.subheader("Beside other scores and detectors", anchor=False)
    for sentence in found.verdict.sentences:
        st.markdown(plain(sentence))
    if scored.comparison is None:
        st.caption(NO_COMPARISON)
    titles = titles_of(scored)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = sorted(titles, key=lambda name: -_sortable(found.detections[name].auroc.value))
        picked = st.selectbox(
            "Judge the page by",
            names,
            names.index(found.best),
            format_func=titles.__getitem__,
            key=f"odd-use-{run_id}-{found.best}",
            width=320,
        )
        is_used = st.button(
            "Use its scores",
            icon=":material/check:",
            type="primary" if picked == found.best != looked.by.name else "secondary",
            on_click=choices.use_score,
            args=(run_id, picked),
            disabled=picked == looked.by.name,
            key="odd-use",
            help="Its scores become those of the whole page: threshold, list and download.",
        )
    if is_used:
        # The whole page, not this section alone.
        st.rerun()
    show_detections({titles[name]: found.detections[name] for name in names})
    sample = f", a random sample of the {count(len(scored.rows))} scored" if found.sampled else ""
    note = scored.comparison.note if scored.comparison is not None else ""
    st.caption(
        f"All on the same {counted(found.rows, 'row')}{sample}, learned of the same training rows. "
        f"{plain(note)} Intervals hold 95 % of 500 resamples of the rows."
    )


def _show_classes(looked: Looked) -> None:
    odd = looked.odd_classes
    if len(odd) < 2:
        return
    st.subheader("By class", anchor=False)
    found = _classes(*_key(looked), looked.by.name, looked)
    show_classes(found)
    sample = ""
    if is_sampled(looked.by):
        rows = count(len(looked.by.scores))
        sample = f" Measured on a random sample of {count(MOST_ROWS)} of the {rows} rows."
    st.caption(
        f"Each odd class against the normal rows, the one that is found worst first.{sample}"
    )


def _sortable(value: float) -> float:
    return -1.0 if math.isnan(value) else value


def _ours(looked: Looked) -> str:
    """The run's own score that others stand beside: the one chosen, or the first."""
    own = looked.scored.scores
    return looked.by.name if looked.by.name in own else next(iter(titles_of(looked.scored)))


def _key(looked: Looked) -> tuple[str, str, tuple[int, ...]]:
    request = looked.request
    return f"{request.run_id}-{request.file_name}-{looked.stamp}", _ours(looked), looked.odd_classes


def _own(looked: Looked) -> Detection:
    return _assessed(*_key(looked), looked.by.name, looked)


@st.cache_resource(show_spinner=False, max_entries=16)
def _assessed(
    scores: str, ours: str, odd: tuple[int, ...], name: str, _looked: Looked
) -> Detection:
    by = _looked.by
    assert by.kind is not None
    known = np.flatnonzero(by.known)
    rows = known[drawn_rows(len(known), MOST_ROWS, 0)]
    return assess(by.scores[rows], by.kind[rows] == ODD)


@st.cache_resource(show_spinner="Comparing all scores and detectors", max_entries=16)
def _beside(scores: str, ours: str, odd: tuple[int, ...], _looked: Looked) -> Beside:
    return beside(_looked.scored, ours, odd)


@st.cache_resource(show_spinner=False, max_entries=16)
def _classes(
    scores: str, ours: str, odd: tuple[int, ...], name: str, _looked: Looked
) -> tuple[ClassDetection, ...]:
    return by_odd_class(_looked.scored, _looked.by, odd)
