"""The review: the oddest rows, where each is odd, and the marks that a person gives them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.anomalies.explaining import explained, words_of
from aecore.evaluation.anomalies.judging import Judged
from aecore.evaluation.anomalies.review import (
    MARKS,
    Mark,
    Review,
    forced_in,
    left_out,
    progress,
    suggested_threshold,
)
from aecore.evaluation.anomalies.scored_rows import ScoredRows
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.samples import Samples
from aecore.experiment.data_facts import is_in_parts, is_stream
from aecore.jobs.kinds.scoring import ScoringRequest
from aecore.runs import kept_reviews
from aecore.runs.layout import RunSummary
from ui.anomalies import choices
from ui.anomalies.choices import Cut
from ui.anomalies.flagged import Heard, Listed, oddest_places, show_flagged
from ui.anomalies.retraining import offer_by_marks
from ui.anomalies.where import label_name, show_where
from ui.app import session
from ui.base.text import rounded
from ui.base.theme import Palette
from ui.figures.pictures import data_address, shades

ROW, REFUSED = "odd-row", "review_refused"
IN_THE_LIST = 2
KEYS = (
    "Click the list, then use the keyboard: **j** and **k** or the arrows move, **o** odd, **n** "
    "normal, **u** unsure, **x** no mark. Marks are kept with the run."
)
OF_THE_ODDEST = (
    "Rows are looked at from the oddest on, so this is the precision of those; among alarms "
    "further down it is likely lower."
)


@dataclass(frozen=True)
class Looked:
    """What the review is of: the rows, the run's scorer, and how they are judged.

    Attributes:
        samples: what the run kept of others, by which pictures get their black and white.
        stamp: changes with the scores that are kept.
        odd_classes: indices of the classes that are called odd.
    """

    run: RunSummary
    request: ScoringRequest
    scored: ScoredRows
    scorer: Scorer
    samples: Samples
    stamp: int
    by: Judged
    odd_classes: tuple[int, ...]
    cut: Cut
    channel: str


def show_review(looked: Looked, palette: Palette) -> None:
    """The list beside the row that is looked at, and what the marks say so far."""
    by, request = looked.by, looked.request
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        session.show_error(refused)
    review = _review(request)
    key = f"{ROW}-{request.run_id}"
    heard = Heard(
        on_row=lambda place: st.session_state.update({key: int(by.rows[place])}),
        on_marks=lambda marks: _mark(request, marks),
    )
    left, right = st.columns([6, 5], gap="medium")
    with left:
        listed = _listed(f"{request.run_id}-{request.file_name}-{looked.stamp}", by.name, looked)
        show_flagged(by, listed, review.marks, looked.cut.threshold, looked.channel, heard)
        st.caption(KEYS)
    with right:
        place = _place(by, st.session_state.get(key))
        show_where(by, looked.scored, looked.scorer, looked.samples, place, palette)
    if review.marks:
        _show_marks(looked, review)


def _show_marks(looked: Looked, review: Review) -> None:
    by, request = looked.by, looked.request
    with st.container(border=True):
        told = progress(review, by.rows, by.scores, looked.cut.threshold)
        counts = {mark: len(review.rows(mark)) for mark in MARKS}
        marked = ", ".join(f"{number} {mark}" for mark, number in counts.items() if number)
        st.markdown(f"**Review:** {marked}. {told.sentence}", help=OF_THE_ODDEST)
        suggested = suggested_threshold(review, by.rows, by.scores)
        with st.container(horizontal=True, vertical_alignment="center"):
            if suggested is not None and st.button(
                f"Use the threshold that the marks suggest, {rounded(suggested)}",
                icon=":material/straighten:",
                key="odd-suggested",
                help="It contradicts the fewest marks.",
            ):
                choices.move(request.run_id, suggested)
                st.rerun()
            st.button(
                "Forget all marks",
                icon=":material/delete:",
                on_click=_forget,
                args=(request,),
                key="odd-forget",
            )
        _show_rows(review)
        odd, normal = left_out(review), forced_in(review)
        if (odd or normal) and _can_name_rows(looked):
            offer_by_marks(looked.run, odd, normal)


def _can_name_rows(looked: Looked) -> bool:
    """Whether the next training can be told what becomes of single rows.

    Their numbers must be those of the run's data set; windows of a stream overlap.
    """
    tree, source = looked.run.experiment.tree, looked.request.source
    is_own = source in ("", looked.run.experiment.source)
    return is_own and not is_stream(tree) and not is_in_parts(tree)


def _show_rows(review: Review) -> None:
    odd, normal = left_out(review), forced_in(review)
    for title, rows in (("Rows marked odd", odd), ("Rows marked normal", normal)):
        if rows:
            st.caption(f"{title}: {', '.join(str(row) for row in rows)}.")


def _place(by: Judged, row: int | None) -> int | None:
    """Where a row stands among those that are judged; the first of windows that begin there."""
    if row is None:
        return None
    found = np.flatnonzero(by.rows == row)
    return int(found[0]) if len(found) else None


@st.cache_resource(show_spinner="Looking where rows are odd", max_entries=16)
def _listed(scores: str, name: str, _looked: Looked) -> Listed:
    by, scored = _looked.by, _looked.scored
    places = oddest_places(by)
    words = words_of(scored, explained(scored, _looked.scorer, name), IN_THE_LIST)
    positions = by.position[places].tolist()
    has_labels = scored.label is not None
    return Listed(
        places=places,
        labels=[label_name(scored, each) for each in positions] if has_labels else [],
        words=["; ".join(words.get(each, ())) for each in positions],
        pictures=_pictures(_looked, positions) if scored.kind == "image" else [],
    )


def _pictures(looked: Looked, positions: list[int]) -> list[str]:
    shown = looked.scored.shown
    among = {position: place for place, position in enumerate(shown.position.tolist())}
    pictures = shades(shown.x, looked.samples.display_range)
    return [data_address(pictures[among[each]]) if each in among else "" for each in positions]


def _review(request: ScoringRequest) -> Review:
    try:
        return kept_reviews.load(session.store(), request.run_id, _name(request))
    except LabError as error:
        session.show_error(error)
        return Review()


def _mark(request: ScoringRequest, marks: dict[int, Mark | None]) -> None:
    review = _review(request)
    for row, mark in marks.items():
        review = review.with_mark(row, mark)
    _keep(request, review)


def _forget(request: ScoringRequest) -> None:
    _keep(request, Review())


def _keep(request: ScoringRequest, review: Review) -> None:
    try:
        kept_reviews.keep(session.store(), request.run_id, review, _name(request))
    except LabError as error:
        st.session_state[REFUSED] = error


def _name(request: ScoringRequest) -> str:
    return kept_reviews.file_name(request.source, request.reading)
