"""The threshold on the spread of the scores: dragged, with all that follows from it in one frame.

What moves while a hand drags is counted in the browser; the server hears where it came to rest.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import streamlit as st

from aecore.evaluation.anomalies.judging import NORMAL, ODD, Judged
from aecore.evaluation.anomalies.proportions import exact_bands
from aecore.evaluation.anomalies.spread import is_skewed, spread_of
from ui.anomalies.choices import Cut
from ui.base.component import component
from ui.base.theme import Palette
from ui.figures.spread import place_of, plot_spread

# Scores that a browser is sent, the largest; below them the handle cannot be moved.
MOST_SCORES = 100_000
HTML = """
<label class="log"><input type="checkbox"> Log scale</label>
<div class="plot"><img><svg></svg></div>
"""

_threshold = component(__file__, HTML)


def show_threshold(
    by: Judged, cut: Cut, channel: str, palette: Palette, on_move: Callable[[float], None]
) -> None:
    """The histogram with its handle; `on_move` is told each threshold that a hand chose.

    Args:
        channel: where other parts of the page hear of the threshold while it moves.
    """

    def moved() -> None:
        sent = st.session_state[channel].get("threshold")
        if isinstance(sent, int | float) and math.isfinite(sent):
            on_move(float(sent))

    _threshold(key=channel, data=_data(by, cut, channel, palette), on_threshold_change=moved)


def _data(by: Judged, cut: Cut, channel: str, palette: Palette) -> dict[str, Any]:
    order = np.argsort(by.scores, kind="stable")[-MOST_SCORES:]
    scores = by.scores[order].astype("<f8")
    calibration = np.sort(by.calibration)[-MOST_SCORES:].astype("<f8")
    kinds = b"" if by.kind is None else by.kind[order].astype("i1").tobytes()
    digest = hashlib.blake2b(scores.tobytes() + calibration.tobytes() + kinds, digest_size=8)
    log = _drawn(by, palette, log=True)
    return {
        "channel": channel,
        "drawn": f"{digest.hexdigest()}-{by.name}-{palette.dark}",
        "title": by.title,
        "total": len(by.scores),
        "scores": _packed(scores.tobytes()),
        "kinds": _packed(kinds),
        "counts": _counts(by),
        "calibration": _packed(calibration.tobytes()),
        "calibrationTotal": len(by.calibration),
        "bands": _bands(len(by.calibration)),
        "linear": _drawn(by, palette, log=False),
        "log": log,
        "startsLog": log is not None and is_skewed(by),
        "threshold": cut.threshold,
        "byRule": _by_rule(cut),
    }


def _counts(by: Judged) -> dict[str, int]:
    kind = np.zeros(0) if by.kind is None else by.kind
    return {"odd": int((kind == ODD).sum()), "normal": int((kind == NORMAL).sum())}


def _bands(rows: int) -> dict[str, list[float]]:
    """Intervals of some counts; between those the browser draws a line."""
    if not rows:
        return {"counts": [], "low": [], "high": []}
    counts = np.unique(np.concatenate([np.arange(min(rows, 200) + 1), np.linspace(0, rows, 200)]))
    counts = np.unique(counts.round().astype(int))
    low, high = exact_bands(counts, rows)
    return {"counts": counts.tolist(), "low": low.tolist(), "high": high.tolist()}


def _by_rule(cut: Cut) -> dict[str, float] | None:
    rate = cut.rate
    if not cut.by_rule or not math.isfinite(rate.value):
        return None
    return {"value": rate.value, "low": rate.low, "high": rate.high}


def _drawn(by: Judged, palette: Palette, *, log: bool) -> dict[str, Any] | None:
    """The picture of the spread, and where its plot lies; None where there is no log of a score."""
    spread = spread_of(by, log=log)
    if spread is None:
        return None
    drawn = plot_spread(spread, by.title, palette, log=log, has_labels=by.kind is not None)
    picture = f"data:image/svg+xml;base64,{_packed(drawn.encode('utf-8'))}"
    return {**asdict(place_of(spread, log=log)), "picture": picture}


def _packed(values: bytes) -> str:
    return base64.b64encode(values).decode("ascii")
