"""Without labels: the shape of the scores, the gap at the cut, and what other detectors say."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.evaluation.anomalies.agreement import agreements, gap_at, shape_of
from aecore.evaluation.anomalies.judging import titles_of
from ui.anomalies.review import Looked
from ui.base.text import plain

NO_COMPARISON = "Other detectors were not compared: the scoring was stopped. Score the rows again."
READING = (
    "None of this says that an alarm is right. It says whether some scores lie far from the rest, "
    "whether the alarms depend on where exactly the threshold stands, and whether methods that "
    "work otherwise find the same rows odd."
)


def show_without_labels(looked: Looked) -> None:
    """What the scores tell by themselves, and beside those of detectors."""
    by, scored = looked.by, looked.scored
    threshold = looked.cut.threshold
    st.markdown(f"**Shape.** {plain(shape_of(by.scores).sentence)}")
    st.markdown(f"**Gap.** {plain(gap_at(by.scores, threshold).sentence)}")
    if scored.comparison is None:
        st.caption(NO_COMPARISON)
        return
    titles, place = titles_of(scored), scored.comparison.position
    others = {
        titles[name]: scores for name, scores in scored.comparison.scores.items() if name != by.name
    }
    ours = by.scores if len(by.scores) == len(place) else by.scores[place]
    if len(np.unique(ours)) < 2:
        st.markdown("**Agreement.** All scores are equal, so that no order can be compared.")
        return
    st.markdown("**Agreement.**")
    found = agreements(ours, others, threshold)
    st.markdown("\n".join(f"- {plain(each.sentence)}" for each in found))
    st.caption(f"{READING} {plain(scored.comparison.note)}")
