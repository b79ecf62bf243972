"""Taking a run along: a file of the chosen format, made when it is asked for."""

from __future__ import annotations

import re
import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from aecore.errors import LabError
from aecore.export.run_files import RUN_FORMATS, RunFormat
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import plain

NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
LONGEST_NAME = 60


def show_take_along(run: RunSummary) -> None:
    """A button that opens the formats and a download; off until the run has been measured."""
    with st.popover(
        "Take along",
        icon=":material/download:",
        disabled=not run.metrics,
        help="The run as a file: everything, its settings, its curve, or its Keras models.",
    ):
        if not run.metrics:
            return
        folder = session.store().folder(run.run_id)
        chosen = st.selectbox(
            "Format",
            [name for name, kind in RUN_FORMATS.items() if kind.missing(folder) is None],
            format_func=lambda name: RUN_FORMATS[name].title,
            key="take-along-format",
            persist_state="session",
        )
        if chosen is None:
            st.caption("This run kept no files that could be taken along.")
            return
        kind = RUN_FORMATS[chosen]
        st.caption(plain(kind.summary))
        _download(run, folder, kind)


def file_name(run: RunSummary, kind: RunFormat) -> str:
    """A name that every system takes, made of the run's own and the format's."""
    stem = NOT_IN_A_NAME.sub("-", run.name).strip("-.")[:LONGEST_NAME] or "run"
    return f"{stem}-{kind.name}{kind.suffix}"


def _download(run: RunSummary, folder: Path, kind: RunFormat) -> None:
    st.download_button(
        "Download",
        partial(made, folder, kind),
        file_name(run, kind),
        kind.media,
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key="take-along",
    )


def made(folder: Path, kind: RunFormat) -> bytes:
    """The file of a run's folder in this format."""
    with tempfile.TemporaryDirectory() as room:
        out = Path(room) / "run"
        try:
            kind.write(folder, out)
        except LabError as error:
            # A download has no place for a sentence but the file itself.
            return str(error).encode()
        return out.read_bytes()
