"""Controls for what can be set for a map that takes a job."""

from __future__ import annotations

import streamlit as st

from aecore.latent.maps.methods import METHODS, MapOption, Method
from aecore.latent.maps.settings import MapSettings
from ui.base.text import counted, short


def choose_options(method: Method, run_id: str, rows: int) -> dict[str, float]:
    """What a map of a run's samples is to be drawn with: the method's options by name."""
    chosen = {option.name: _choose(method, option, run_id, rows) for option in method.options}
    return {"iterations": method.iterations, **chosen}


def in_words(settings: MapSettings) -> str:
    """What a map was made with."""
    words = METHODS[settings.method].words.format(**settings.arguments)
    return f"{words}, seed {settings.seed}"


def _choose(method: Method, option: MapOption, run_id: str, rows: int) -> float:
    """A slider, at first at what is usual, or a line where so few samples leave no choice."""
    most = option.most(rows)
    if most == option.least:
        st.caption(f"{option.title} {short(most)}: so few samples leave no choice.")
        return most
    key = f"{method.name}-{option.name.replace('_', '-')}"
    allowed = f" With {counted(rows, 'sample')} at most {short(most)}." if option.by_samples else ""
    chosen: float = st.slider(
        option.title,
        option.least,
        most,
        min(option.usual, most),
        option.step,
        # The bounds are those of this run's samples, so another run must not inherit the value.
        key=f"{key}-{run_id}" if option.by_samples else key,
        persist_state="session",
        help=f"{option.help}{allowed}",
    )
    return chosen
