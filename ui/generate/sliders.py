"""Sliders: a code whose numbers are set by hand, decoded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent.ordering import by_kl, by_variance, quantile_ranges
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.theme import Palette
from ui.generate.pictures import show_one, widths
from ui.generate.sides import Side

MAX_SLIDERS = 8
STEPS = 100
LEAST_RANGE = 0.1


def show_sliders(sides: Sequence[Side], palette: Palette) -> None:
    """Sliders for the units that carry most, exact values beside them, and the picture."""
    run, samples = sides[0].run, sides[0].samples
    if len(sides) > 1:
        st.caption("Sliders move the first run: two codes have no numbers in common.")
    code = point(run.run_id, samples)
    _buttons(run.run_id, samples)
    left, right = st.columns(widths(samples), gap="medium")
    # The picture is what is waited for; the sliders stand where the hand left them.
    with right:
        show_one(samples, sides[0].decode(code[None]), palette, "Decoded code", "generate-one")
    units = useful_units(run, samples)[:MAX_SLIDERS]
    ranges = quantile_ranges(samples.code, least=LEAST_RANGE)
    with left:
        for unit in units.tolist():
            low, high = ranges[unit].tolist()
            _unit(run.run_id, code, unit, (low, high))
        if len(code) > len(units):
            st.caption(f"The {len(units)} of {len(code)} numbers that carry most.")


def point(run_id: str, samples: Samples) -> np.ndarray:
    """The code (k,) that the sliders stand at; the mean at first."""
    key = _key(run_id)
    if key not in st.session_state:
        st.session_state[key] = _mean(samples)
    code: np.ndarray = st.session_state[key]
    return code


def useful_units(run: RunSummary, samples: Samples) -> np.ndarray:
    """(k,) units, the one that carries most first: by divergence to the prior, or by variance."""
    return _by_use(run.run_id, samples)


@st.cache_resource(show_spinner=False, max_entries=32)
def _by_use(run_id: str, _samples: Samples) -> np.ndarray:
    # A list of runs has single numbers alone.
    kl = session.view(run_id).metrics.get("kl_per_unit")
    if isinstance(kl, list) and len(kl) == _samples.code.shape[1]:
        return by_kl(np.array(kl))
    return by_variance(_samples.code)


def _buttons(run_id: str, samples: Samples) -> None:
    rows = len(samples.code)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.number_input(
            "Sample",
            1,
            rows,
            1,
            key=f"generate-sample-{run_id}",
            help="Which of the kept samples to begin from; 1 is the first.",
        )
        row = samples.code[int(chosen) - 1].astype(np.float64)
        put = partial(_set, run_id)
        st.button("Start from a sample", on_click=put, args=(row,), help="The code of that sample.")
        st.button("Mean", on_click=put, args=(_mean(samples),), help="The mean of all kept codes.")
        st.button(
            "Random",
            on_click=_set_random,
            args=(run_id, samples),
            help="Each number drawn from its own range, whatever the others are.",
        )


def _unit(run_id: str, code: np.ndarray, unit: int, reach: tuple[float, float]) -> None:
    low, high = reach
    slide, typed = f"slide-{run_id}-{unit}", f"typed-{run_id}-{unit}"
    st.session_state[slide] = float(np.clip(code[unit], low, high))
    st.session_state[typed] = float(code[unit])
    name, step = f"Code {unit + 1}", (high - low) / STEPS
    wide, narrow = st.columns([3, 1], vertical_alignment="bottom")
    moved = partial(_move, run_id, unit)
    wide.slider(
        name,
        low,
        high,
        step=step,
        key=slide,
        on_change=moved,
        args=(slide,),
        help="From the first to the ninety-ninth percentile of the kept codes.",
    )
    narrow.number_input(
        f"{name}, exact value",
        step=step,
        format="%.3f",
        key=typed,
        on_change=moved,
        args=(typed,),
        label_visibility="collapsed",
    )


def _move(run_id: str, unit: int, widget: str) -> None:
    code = st.session_state[_key(run_id)].copy()
    code[unit] = st.session_state[widget]
    _set(run_id, code)


def _set(run_id: str, code: np.ndarray) -> None:
    st.session_state[_key(run_id)] = code


def _set_random(run_id: str, samples: Samples) -> None:
    """Each number from the range of its own, independently of the others."""
    low, high = quantile_ranges(samples.code).T
    _set(run_id, np.random.default_rng().uniform(low, high))


def _mean(samples: Samples) -> np.ndarray:
    return samples.code.mean(axis=0, dtype=np.float64)


def _key(run_id: str) -> str:
    return f"generate-code-{run_id}"
