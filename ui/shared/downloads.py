"""Downloads of samples: all arrays, a table where they fit one, and the pictures on screen."""

from __future__ import annotations

import io
from functools import partial

import numpy as np
import streamlit as st
from PIL import Image

from aecore.evaluation.samples import Samples
from aecore.export.sample_files import as_arrays, as_table, fits_table
from ui.base.text import count
from ui.base.theme import Palette
from ui.figures.pictures import sample_sheet

ARRAYS_HELP = "Row numbers, labels, errors, codes, originals and reconstructions, for NumPy."
TABLE_HELP = "One sample a line: each value as it was and as it was reconstructed, in its own unit."


def show_downloads(
    samples: Samples, shown: np.ndarray | None, palette: Palette, name: str, key: str
) -> None:
    """A button that unfolds the files.

    Args:
        shown: positions of the samples whose pictures make one, if they are pictures.
        name: what the files are called.
        key: tells those of one page apart.
    """
    with st.popover("Download", icon=":material/download:", key=f"download-{key}"):
        st.caption(f"{count(len(samples.error))} samples, in the data’s own units.")
        _file("Arrays (NPZ)", partial(as_arrays, samples), f"{name}.npz", key, ARRAYS_HELP)
        if fits_table(samples):
            _file("Table (CSV)", partial(as_table, samples), f"{name}.csv", key, TABLE_HELP)
        if samples.kind == "image" and shown is not None and len(shown):
            picture = partial(_png, samples, shown, palette)
            help = "Original, reconstruction and difference of the samples on screen."
            _file("Pictures on screen (PNG)", picture, f"{name}.png", key, help)


def _file(title: str, made: partial[bytes], name: str, key: str, help: str) -> None:
    st.download_button(
        title, made, name, on_click="ignore", key=f"{key}-{name}", help=help, width="stretch"
    )


def _png(samples: Samples, shown: np.ndarray, palette: Palette) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(sample_sheet(samples, shown, palette.diverging)).save(buffer, "PNG")
    return buffer.getvalue()
