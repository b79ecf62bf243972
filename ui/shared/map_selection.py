"""The selection: what a tab has selected and pointed out on the map of a run."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Literal

import streamlit as st

CHART = "latent-map"
SELECTED, FOCUS = "selected", "focus"
# The two groups that a direction leads between: to these, from those.
Group = Literal["these", "those"]


def selected(run_id: str) -> list[int]:
    """Positions of the samples that a box or lasso was drawn around."""
    found: list[int] = st.session_state.get(_key("selected", run_id), [])
    return found


def take_selection(run_id: str, chart_key: str) -> None:
    """Keep what the chart of this key has selected."""
    points = st.session_state[chart_key].selection.points
    # A point without a sample is one that was drawn to select it.
    places = {int(p["customdata"]) for p in points if p.get("customdata") is not None}
    st.session_state[_key("selected", run_id)] = sorted(places)
    st.session_state[_key("last", run_id)] = SELECTED


def selected_when_drawn(run_id: str, appearance: Hashable) -> Sequence[int]:
    """The selection at the moment when the chart took on this look.

    A chart whose figure changes is built anew, so later selections on it must not change it.
    """
    key = _key("drawn", run_id)
    if st.session_state.get(key, (None,))[0] != appearance:
        st.session_state[key] = (appearance, selected(run_id))
    positions: Sequence[int] = st.session_state[key][1]
    return positions


def clear_selection(run_id: str) -> None:
    """Select nothing; the chart is built anew without what was drawn on it."""
    st.session_state[_key("selected", run_id)] = []
    st.session_state.pop(_key("drawn", run_id), None)
    st.session_state[_key("clearings", run_id)] = clearings(run_id) + 1


def clearings(run_id: str) -> int:
    """How often the selection was cleared."""
    times: int = st.session_state.get(_key("clearings", run_id), 0)
    return times


def focus(run_id: str) -> int | None:
    """Position of the sample that was clicked on or found; None without one."""
    position: int | None = st.session_state.get(_key("focus", run_id))
    return position


def set_focus(run_id: str, position: int | None) -> None:
    """Point out another sample, or none."""
    st.session_state[_key("focus", run_id)] = position
    st.session_state[_key("last", run_id)] = FOCUS


def selected_last(run_id: str) -> bool:
    """Whether samples were selected after the last one was clicked on or found."""
    return bool(st.session_state.get(_key("last", run_id)) == SELECTED)


def group(run_id: str, name: Group) -> str:
    """The rows that a selection was kept as, such as "3, 40-52"; empty without any."""
    rows: str = st.session_state.get(_key(name, run_id), "")
    return rows


def keep_group(run_id: str, name: Group, rows: str) -> None:
    """Keep the rows of a selection for arithmetic on codes."""
    st.session_state[_key(name, run_id)] = rows


def _key(what: str, run_id: str) -> str:
    return f"{CHART}-{what}-{run_id}"
