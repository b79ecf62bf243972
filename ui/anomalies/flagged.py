"""The list of the oddest rows: which raise an alarm, and a review of them by keyboard."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from aecore.evaluation.anomalies.judging import ODD, Judged
from aecore.evaluation.anomalies.review import MARKS, Mark
from ui.base.component import component
from ui.base.text import rounded

# More than anyone goes through on one page; the rest is in the download.
MOST_LISTED = 500
HTML = """
<div class="told" role="status"></div>
<div class="head" aria-hidden="true"></div>
<div class="list" role="listbox" tabindex="0" aria-label="The oddest rows, the oddest first"></div>
<div class="keys"></div>
"""

_flagged = component(__file__, HTML)


@dataclass(frozen=True)
class Listed:
    """The oddest rows as the list shows them, the oddest first.

    Attributes:
        places: (l,) their places among the rows that are judged.
        labels: of each, the name of its class; empty without labels.
        words: of each, what is odd about it; may be empty.
        pictures: of each, a data address; empty for what is no picture.
    """

    places: np.ndarray
    labels: list[str]
    words: list[str]
    pictures: list[str]


@dataclass(frozen=True)
class Heard:
    """What to do with what the list sends."""

    on_row: Callable[[int], None]
    on_marks: Callable[[dict[int, Mark | None]], None]


def oddest_places(by: Judged) -> np.ndarray:
    """Places of the rows to list, the oddest first; of equal scores, in the order of the rows."""
    return np.argsort(-by.scores, kind="stable")[:MOST_LISTED]


def show_flagged(
    by: Judged,
    listed: Listed,
    marks: Mapping[int, Mark],
    threshold: float,
    channel: str,
    heard: Heard,
) -> None:
    """The list; it follows the threshold of the channel while it moves."""
    key = f"{channel}-list"

    def row_chosen() -> None:
        place = st.session_state[key].get("row")
        if isinstance(place, int) and 0 <= place < len(by.scores):
            heard.on_row(place)

    def marked() -> None:
        found = taken_marks(st.session_state[key].get("marks"), by.rows)
        if found:
            heard.on_marks(found)

    data = {**_data(by, listed), "marks": _of_listed(by, listed, marks)}
    _flagged(
        key=key,
        data={**data, "threshold": threshold, "channel": channel},
        on_row_change=row_chosen,
        on_marks_change=marked,
    )


def taken_marks(sent: object, rows: np.ndarray) -> dict[int, Mark | None]:
    """What a browser sent as marks by row number; what is none is left out."""
    if not isinstance(sent, dict) or len(sent) > MOST_LISTED:
        return {}
    known = {str(row): int(row) for row in rows.tolist()}
    return {
        known[row]: mark
        for row, mark in sent.items()
        if row in known and (mark is None or mark in MARKS)
    }


def _of_listed(by: Judged, listed: Listed, marks: Mapping[int, Mark]) -> dict[str, Mark]:
    rows = set(by.rows[listed.places].tolist())
    return {str(row): mark for row, mark in marks.items() if row in rows}


def _data(by: Judged, listed: Listed) -> dict[str, Any]:
    places, p = listed.places, by.p
    data: dict[str, Any] = {
        "places": places.tolist(),
        "rows": by.rows[places].tolist(),
        "scores": by.scores[places].tolist(),
        "shown": [rounded(score) for score in by.scores[places].tolist()],
        "p": [] if p is None else [rounded(value, 2) for value in p[places].tolist()],
        "labels": listed.labels,
        "odd": [] if by.kind is None else (by.kind[places] == ODD).tolist(),
        "words": listed.words,
        "pictures": listed.pictures,
        "total": len(by.scores),
    }
    packed = json.dumps(data).encode("utf-8")
    return {**data, "drawn": hashlib.blake2b(packed, digest_size=8).hexdigest()}
