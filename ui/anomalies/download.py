"""The download of all rows with score, p-value, flag and what says most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from aecore.evaluation.anomalies.explaining import explained, words_of
from aecore.evaluation.anomalies.table import FEATURES, as_csv, as_parquet, scored_table
from ui.anomalies.review import Looked
from ui.anomalies.where import label_name
from ui.base.text import counted

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Format:
    """A kind of file: what it is called, the end of its name, its media type, what makes it."""

    title: str
    ending: str
    media: str
    made_of: Callable[[pd.DataFrame], bytes]


FORMATS = (
    Format("CSV", ".csv", "text/csv", as_csv),
    Format("Parquet", ".parquet", "application/vnd.apache.parquet", as_parquet),
)


def show_download(looked: Looked) -> None:
    """A button a format; the file is made when it is asked for."""
    rows = len(looked.by.rows)
    every = "All" if rows == len(looked.scored.rows) else f"Of {looked.by.title}, the"
    st.markdown(
        f"{every} {counted(rows, 'row')} in their order: row, score, p-value, flag by the "
        "threshold "
        "as it stands, and of the oddest rows the three features that say most."
    )
    with st.container(horizontal=True):
        for each in FORMATS:
            st.download_button(
                f"Download as {each.title}",
                partial(_made, looked, each),
                f"scored-rows{each.ending}",
                each.media,
                icon=":material/download:",
                on_click="ignore",
                key=f"odd-download-{each.title}",
            )
    st.caption("In the CSV, text that a spreadsheet would run as a formula is made plain text.")


def _made(looked: Looked, kind: Format) -> bytes:
    by, scored = looked.by, looked.scored
    found = words_of(scored, explained(scored, looked.scorer, by.name), FEATURES)
    places = enumerate(by.position.tolist())
    words = {place: found[position] for place, position in places if position in found}
    labels = [label_name(scored, position) for position in by.position.tolist()]
    table = scored_table(
        by.rows,
        by.scores,
        by.p,
        by.scores >= looked.cut.threshold,
        words=words or None,
        beside={"label": labels} if scored.label is not None else None,
    )
    return kind.made_of(table)
