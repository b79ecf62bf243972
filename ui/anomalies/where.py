"""Where the row that is looked at is odd: a heat map, a stretch, or features in their own units."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from aecore.evaluation.anomalies.explaining import (
    RECONSTRUCTION,
    Explained,
    explained,
    oddities,
)
from aecore.evaluation.anomalies.judging import Judged
from aecore.evaluation.anomalies.scored_rows import ScoredRows
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.anomalies.scores import SCORES
from aecore.evaluation.anomalies.where import Oddity
from aecore.evaluation.samples import Samples
from ui.base.text import count, plain, rounded
from ui.base.theme import Palette
from ui.figures.pictures import SHARPNESS, data_address, with_heat
from ui.figures.series import plot_odd_series

WORDS = 8
CHANNELS = 4
NOT_KEPT = (
    "This row is not among those that were kept to be looked at, the oddest of each score. It is "
    "in the download."
)
CHOOSE = "Choose a row of the list to see where it is odd."


def show_where(
    by: Judged,
    scored: ScoredRows,
    scorer: Scorer,
    samples: Samples,
    place: int | None,
    palette: Palette,
) -> None:
    """The row at this place among those that are judged; a word on what to do without one.

    Args:
        samples: what the run kept of others, by which pictures get their black and white.
    """
    if place is None or place >= len(by.rows):
        st.info(CHOOSE, icon=":material/touch_app:")
        return
    st.subheader(f"Row {count(int(by.rows[place]))}", anchor=False)
    st.caption(_caption(by, scored, place))
    told_by = explained(scored, scorer, by.name)
    found = np.flatnonzero(told_by.shown.position == by.position[place])
    if not len(found):
        st.info(NOT_KEPT, icon=":material/info:")
        return
    shown = int(found[0])
    odd = oddities(scored, told_by, shown, WORDS)
    if scored.kind == "image":
        _show_picture(told_by, shown, samples, palette)
    if scored.kind == "series":
        _show_series(scored, told_by, shown, odd, palette)
    if scored.kind != "image":
        _show_words(odd)
    if told_by.score != by.name:
        st.caption(_how(by, told_by))


def _how(by: Judged, told_by: Explained) -> str:
    """What is shown where the score itself comes from no single feature."""
    if told_by.score:
        title = _in_a_sentence(told_by.score)
        return f"{by.title} does not come from single features; shown is the {title}."
    return (
        f"{by.title} does not say where a row is odd. Here expected is {told_by.expects}, and a "
        "value counts by how far it lies from that, beside what is usual for training rows."
    )


def _caption(by: Judged, scored: ScoredRows, place: int) -> str:
    parts = [f"{by.title} {rounded(float(by.scores[place]))}"]
    if by.p is not None:
        parts.append(f"p {rounded(float(by.p[place]), 2)}")
    label = label_name(scored, int(by.position[place]))
    return " · ".join([f"**{plain(label)}**", *parts] if label else parts)


def label_name(scored: ScoredRows, position: int) -> str:
    """The name of a row's class; empty without labels."""
    if scored.label is None:
        return ""
    label = int(scored.label[position])
    return scored.class_names[label] if 0 <= label < len(scored.class_names) else "unknown"


def _show_picture(by: Explained, shown: int, samples: Samples, palette: Palette) -> None:
    x, x_hat = by.shown.x[shown], by.shown.x_hat[shown]
    parts = by.parts(by.shown.of(np.array([shown])))[0]
    heat = np.maximum(parts, 0.0).reshape(x.shape).sum(axis=-1)
    picture = with_heat((x, x_hat), heat, samples.display_range, palette.positive)
    st.image(
        data_address(picture),
        width=picture.shape[1] // SHARPNESS,
        alt=f"The picture, {_its(by)}, and the picture with a heat map where it is odd",
    )
    what = f"adds to the {_in_a_sentence(by.score)}" if by.score else "differs from that"
    st.caption(
        f"The picture, {_its(by)}, and the picture again: the stronger the colour, the more a "
        f"place {what}."
    )


def _its(by: Explained) -> str:
    return "its reconstruction" if by.expects == RECONSTRUCTION else by.expects


def _show_series(
    scored: ScoredRows, by: Explained, shown: int, found: tuple[Oddity, ...], palette: Palette
) -> None:
    """The channels that say most, with the odd stretch of each marked."""
    stretches = [each.stretch for each in found if each.stretch is not None][:CHANNELS]
    names = scored.feature_names or tuple(f"channel {i + 1}" for i in range(by.shown.x.shape[-1]))
    rows, rebuilt = by.shown, by.expects == RECONSTRUCTION
    plot = plot_odd_series(
        (rows.x[shown], rows.x_hat[shown]),
        "reconstruction" if rebuilt else "expected",
        names,
        stretches,
        palette,
    )
    st.plotly_chart(
        plot,
        theme=None,
        key=f"odd-series-{scored.rows[rows.position[shown]]}",
        config={"displayModeBar": False},
        alt=f"Original and {by.expects} over the steps, the odd stretch of each channel shaded",
    )


def _show_words(found: tuple[Oddity, ...]) -> None:
    if not found:
        st.caption("No feature of this row is odd by itself.")
        return
    table = pd.DataFrame(
        {"what": [each.words for each in found], "share": [each.share for each in found]}
    )
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "what": st.column_config.TextColumn("What is odd"),
            "share": st.column_config.ProgressColumn(
                "Share of the score", format="percent", min_value=0, max_value=1, width=120
            ),
        },
    )


def _in_a_sentence(name: str) -> str:
    title = SCORES[name].title
    return title[:1].lower() + title[1:]
