"""The picture on a data set's card: a few of its samples, drawn by `tools/thumbnails.py`."""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

import streamlit as st

from aecore.data import DatasetSpec

FOLDER = Path(__file__).with_name("thumbnails")


def show_picture(spec: DatasetSpec) -> None:
    """A few samples of the data set; nothing of one that has to be downloaded first."""
    address = _address(spec.name)
    if address:
        st.image(address, width="stretch", alt=f"A few samples of {spec.title}")


@lru_cache(maxsize=64)
def _address(name: str) -> str:
    picture = FOLDER / f"{name}.png"
    if not picture.is_file():
        return ""
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode('ascii')}"
