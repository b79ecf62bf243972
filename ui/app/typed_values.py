"""Typed values: numbers beyond an option's limits, which stay on screen with what they may be."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from aecore.settings import Control
from ui.base.text import short

REFUSED = "typed_values_refused"


@dataclass(frozen=True)
class Refused:
    """A number that was typed and not taken over, what the option holds, and its limits."""

    path: str
    typed: float
    held: float
    sentence: str


def refuses(control: Control, key: str, held: float) -> bool:
    """Whether what stands in a widget lies beyond its option's limits; remembered if so."""
    refused = _all()
    refused.pop(key, None)
    typed = st.session_state[key]
    low, high = control.ge, control.le
    if (low is None or typed >= low) and (high is None or typed <= high):
        return False
    sentence = f"{short(typed)} is beyond its limits: choose {limits(control)}."
    refused[key] = Refused(control.path, typed, held, sentence)
    return True


def stands(key: str, held: float) -> bool:
    """Whether a widget shows a refused number that must not be overwritten by what is held."""
    refused = _all().get(key)
    if refused is None:
        return False
    if refused.held == held and st.session_state.get(key) == refused.typed:
        return True
    del _all()[key]
    return False


def problems() -> dict[str, str]:
    """Option path -> why what stands in its field was not taken over; empty where all was."""
    return {
        refused.path: refused.sentence
        for key, refused in _all().items()
        if st.session_state.get(key) == refused.typed
    }


def limits(control: Control) -> str:
    """What an option may be, such as "a number from 1 to 512"; empty where there is no limit."""
    low, high = control.ge, control.le
    if low is not None and high is not None:
        return f"a number from {short(low)} to {short(high)}"
    if low is not None:
        return f"{short(low)} or more"
    return "" if high is None else f"{short(high)} or less"


def forget() -> None:
    """Forget what was typed, such as when the whole form is filled anew."""
    _all().clear()


def _all() -> dict[str, Refused]:
    found: dict[str, Refused] = st.session_state.setdefault(REFUSED, {})
    return found
