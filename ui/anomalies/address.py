"""The page's part of the address, so that a link shows the same rows and the same cut."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from aecore.evaluation.anomalies.thresholds import THRESHOLDS
from ui.anomalies import choices, scoring
from ui.app import session
from ui.base.text import plain

NOTHING = "none"
AMOUNT = "amount"
ASKED, IGNORED = "odd-asked", "odd-ignored"
MOST_SHOWN = 40


@dataclass(frozen=True)
class Parameter:
    """One choice of the page: the name of its state, and how it is read and written.

    Reading raises ValueError for what can be none.
    """

    state: str
    read: Callable[[str], Any] = str
    write: Callable[[Any], str] = str

    def taken(self, text: str | None) -> Any:
        """What a text of the address means; None where it says nothing that can be."""
        try:
            return None if text is None else self.read(text)
        except ValueError:
            return None


def take(run_id: str) -> None:
    """Choose what the address of the tab said when it was opened; once.

    An address of another run says nothing of this one.
    """
    asked = session.asked_in_address()
    if asked.get(session.RUN_IN_ADDRESS, run_id) != run_id:
        return
    for name, parameter in _parameters(asked.get(RULE, next(iter(THRESHOLDS)))).items():
        value = parameter.taken(asked.get(name))
        if value is not None:
            st.session_state[f"{parameter.state}-{run_id}"] = value
    st.session_state[ASKED] = {name: asked[name] for name in (*PARAMETERS, AMOUNT) if name in asked}


def tell(run_id: str) -> None:
    """Put the choices as they stand into the address, and say what of it could not be had."""
    parameters = _parameters(st.session_state.get(f"{choices.RULE}-{run_id}"))
    chosen = {
        name: value
        for name, parameter in parameters.items()
        if (value := st.session_state.get(f"{parameter.state}-{run_id}")) not in (None, "")
    }
    session.put_in_address({name: parameters[name].write(chosen[name]) for name in chosen})
    asked: dict[str, str] = st.session_state.pop(ASKED, {})
    ignored = [
        f"{name}={text[:MOST_SHOWN]} in the address was ignored."
        for name, text in asked.items()
        if name not in chosen or chosen[name] != parameters[name].taken(text)
    ]
    if ignored:
        st.session_state[IGNORED] = ignored
    _show_ignored()


def _show_ignored() -> None:
    ignored: list[str] = st.session_state.get(IGNORED, [])
    if not ignored:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(plain(" ".join(ignored)))
        st.button("Dismiss", on_click=st.session_state.pop, args=(IGNORED,), key="odd-dismiss")


def _parameters(rule: str | None) -> dict[str, Parameter]:
    """All choices by their names in the address; the amount is that of the rule."""
    if rule not in THRESHOLDS:
        return PARAMETERS
    spec = THRESHOLDS[rule].amount

    def amount(text: str) -> float:
        value = _number(text)
        if not spec.low <= value <= spec.high:
            raise ValueError(text)
        return int(value) if spec.whole else value

    return {**PARAMETERS, AMOUNT: Parameter(f"{choices.AMOUNT}-{rule}", amount, repr)}


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _places(text: str) -> list[int]:
    return [] if text == NOTHING else [int(place) for place in text.split("-")]


def _joined(places: list[int]) -> str:
    return "-".join(map(str, places)) or NOTHING


RULE = "alarms"
PARAMETERS = {
    "rows": Parameter(scoring.SOURCE),
    "score": Parameter(choices.SCORE),
    "odd": Parameter(choices.ODD, _places, _joined),
    RULE: Parameter(choices.RULE),
    "threshold": Parameter(choices.MOVED, _number, repr),
}
