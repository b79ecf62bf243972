"""A seed for what is drawn only to be looked at."""

from __future__ import annotations

from typing import Any

import streamlit as st

LARGEST_SEED = 9999


def choose_seed(title: str, help: str, **widget: Any) -> int:
    """A box for a seed, 0 at first; further arguments are those of Streamlit's number input."""
    return int(st.number_input(title, 0, LARGEST_SEED, 0, help=help, **widget))
