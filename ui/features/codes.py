"""Codes as a file: of which rows, in which format, the job that writes it, and its download."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from aecore.data import title_of
from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.export.row_files import FORMATS
from aecore.jobs.kinds.encoding import SPEC, EncodingRequest, EncodingView
from aecore.runs import kept_codes
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import counted, megabytes, plain
from ui.base.theme import Palette
from ui.shared.kept_job import KeptJob, show_job
from ui.shared.row_source import choose_source

SOURCE_HELP = (
    "The data that the run was trained on, or any data set of the same kind. Columns are found by "
    "name and prepared as the run's own were."
)
FIRST = (
    "The file holds the row number, every column that the run did not learn, such as ids, labels "
    "and targets, the error and the code of each row. Rows that do not fit are left out and told."
)


def show_codes(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """The choice of rows and format, the job, and a button for the file that it left."""
    own = run.experiment.tree.data.source
    source = choose_source(
        {own: f"The run’s own data: {title_of(own)}"},
        samples.kind,
        SPEC,
        f"features-source-{run.run_id}",
        "Rows to encode",
        SOURCE_HELP,
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        chosen = st.segmented_control(
            "Format",
            list(FORMATS),
            format_func=lambda name: FORMATS[name].title,
            default=next(iter(FORMATS)),
            required=True,
            key="features-format",
            persist_state="session",
        )
        made = st.toggle(
            "Reconstructions too",
            key="features-reconstructions",
            persist_state="session",
            help="What is decoded from each code, in the data's own units: a column for each value "
            "of a sample.",
        )
    st.caption(plain(FORMATS[chosen].summary))
    request = EncodingRequest(run.run_id, source, FORMATS[chosen].suffix, made)
    kept = show_job(_job(run, request))
    if kept:
        _show_file(request, FORMATS[chosen].media)


def _job(run: RunSummary, request: EncodingRequest) -> KeptJob:
    return KeptJob(
        kind=SPEC,
        request=request,
        file=request.file_name,
        run_id=run.run_id,
        begin="Make the file",
        again="Make it again",
        icon=":material/output:",
        key="encoding",
        first=FIRST,
        progress=_progress,
    )


def _progress(view: EncodingView) -> str:
    rows = f" · {counted(view.rows, 'row')}" if view.rows else ""
    return f"{view.doing or 'Beginning'}{rows}"


def _show_file(request: EncodingRequest, media: str) -> None:
    store = session.store()
    try:
        held = kept_codes.about(store, request.run_id, request.file_name)
    except LabError as error:
        session.show_error(error)
        return
    path = store.path(request.run_id, request.file_name)
    beside = f", with {', '.join(held.beside[:6])}" if held.beside else ""
    more = " and more" if len(held.beside) > 6 else ""
    st.markdown(
        plain(f"{counted(held.rows, 'row')} with codes of {held.numbers} numbers{beside}{more}.")
    )
    for note in held.notes:
        st.caption(plain(note))
    st.download_button(
        f"Download {megabytes(path.stat().st_size)}",
        partial(_bytes, path),
        f"codes{request.suffix}",
        media,
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key="features-download",
    )


def _bytes(path: Path) -> bytes:
    return path.read_bytes()
