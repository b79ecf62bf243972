"""Which data set is looked at: a gallery of cards, the user's own files, and the look itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from aecore.data import DATASETS, DatasetSpec, title_of
from aecore.data.downloading import is_here
from aecore.data.profile import stored_sheets
from aecore.data.readers import READERS
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.data.uploads import is_upload
from aecore.errors import LabError
from ui.app import belongings, session
from ui.base import text
from ui.data import reading as reading_form
from ui.data.card_picture import show_picture
from ui.data.template import offer_template
from ui.form import drafts
from ui.shared.uploader import show_uploader
from ui.shared.worker import show_trouble, wait_for_engine

if TYPE_CHECKING:
    from aecore.jobs.kinds.inspection import InspectionView

# A source, and how it is read.
Looked = tuple[str, ReadingOptions]
CARDS_A_ROW = 3
TICK_SECONDS = 0.4
LOOKED_AT, JOB, REFUSED, GROUP = "looked_at", "inspection", "upload_refused", "data-group"
UPLOADER, OWN = "uploaded-files", "Your files"
GROUPS = {"image": "Pictures", "table": "Tables", "series": "Series", "text": "Texts"}
ORIGINS = {"bundled": "bundled", "generated": "made by a formula", "downloaded": "to download"}


def gallery() -> None:
    """Cards of all data sets by kind, and the place for files."""
    chosen = st.segmented_control(
        "Kind of data",
        [*GROUPS.values(), OWN],
        default=GROUPS["image"],
        key=GROUP,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    if chosen == OWN:
        _own_files()
        return
    specs = [spec for spec in DATASETS.values() if GROUPS[spec.facts.kind] == chosen]
    for start in range(0, len(specs), CARDS_A_ROW):
        for column, spec in zip(st.columns(CARDS_A_ROW), specs[start:], strict=False):
            with column:
                _card(spec)


def looked_at() -> Looked:
    """The data set on screen and how it is read: the one being opened, else that of the form."""
    looked: Looked | None = st.session_state.get(LOOKED_AT)
    return looked or _of_the_form()


def sheet_is_there(source: str, reading: ReadingOptions) -> bool:
    """Whether there is a check sheet to show; if not, shows how far the look at the data is."""
    if stored_sheets.previewed(source, reading) is not None:
        return True
    if not session.engine_is_up():
        wait_for_engine()
        return False
    spec = DATASETS.get(source)
    view = _look(source, reading)
    if view is None and spec is not None and not is_here(spec):
        _offer_download(spec)
        return False
    if view is None:
        open_source(source, reading)
    elif view.ended and view.state != "finished":
        _ended_badly(source, reading)
        return False
    st.fragment(_progress, run_every=TICK_SECONDS)(source, reading)
    return False


def open_source(source: str, reading: ReadingOptions = AS_FOUND) -> None:
    """Look at a data set, read in this way; it becomes the form's once it could be read."""
    _leave(unless=source)
    st.session_state[LOOKED_AT] = (source, reading)
    if stored_sheets.previewed(source, reading) is not None:
        _choose(source, reading)
        return
    if session.engine_is_up() and (source not in DATASETS or is_here(DATASETS[source])):
        _start(source, reading)


def is_of_the_form(source: str, reading: ReadingOptions) -> bool:
    """Whether the form's data set is this one, read in this way."""
    return (source, reading) == _of_the_form()


def _of_the_form() -> Looked:
    data = session.draft().data
    return data.source, data.reading


def _choose(source: str, reading: ReadingOptions) -> None:
    if source != session.draft().data.source:
        drafts.switch_source(source, reading)
    elif not is_of_the_form(source, reading):
        drafts.change_reading(reading)
    st.session_state.pop(LOOKED_AT, None)


def _card(spec: DatasetSpec) -> None:
    facts = spec.facts
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container():
            show_picture(spec)
            st.markdown(f"**{text.plain(spec.title)}**")
            size = f"{text.count(facts.rows)} × {text.shape(facts.sample_shape)}"
            st.caption(f"{size} · {_origin(spec)}")
            st.markdown(spec.summary)
        here = session.draft().data.source == spec.name
        st.button(
            "In use" if here else "Open",
            key=f"open-{spec.name}",
            icon=":material/check:" if here else ":material/visibility:",
            on_click=open_source,
            args=(spec.name,),
        )


def _origin(spec: DatasetSpec) -> str:
    if spec.origin != "downloaded" or is_here(spec):
        return ORIGINS["bundled" if spec.origin == "downloaded" else spec.origin]
    return f"{text.megabytes(sum(file.size for file in spec.files))} {ORIGINS[spec.origin]}"


def _own_files() -> None:
    kinds = "; ".join(f"{r.title}: {', '.join(r.suffixes)}" for r in READERS.values())
    show_uploader(
        "Your own data: one file, or several pictures at once",
        UPLOADER,
        _take_files,
        _refuse,
        accept_multiple_files=True,
        help=f"{kinds}. In a ZIP of pictures, folders become classes.",
    )
    offer_template()
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        session.show_error(refused)
    for upload in belongings.uploads():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{text.plain(upload.title)}**")
            st.caption(f"{text.megabytes(upload.bytes)} · {upload.kept_at:%Y-%m-%d %H:%M} UTC")
            st.button(
                "Open",
                key=f"open-{upload.source}",
                icon=":material/visibility:",
                on_click=open_source,
                args=(upload.source,),
            )
            pinned = upload.is_pinned
            st.button(
                "Unpin" if pinned else "Pin",
                key=f"pin-{upload.source}",
                icon=":material/keep_off:" if pinned else ":material/keep:",
                help="A pinned file stays when room is made.",
                on_click=_pin,
                args=(upload.source, not pinned),
            )
            st.button(
                "Delete",
                key=f"delete-{upload.source}",
                icon=":material/delete:",
                on_click=_remove,
                args=(upload.source,),
            )


def _take_files(files: Mapping[str, bytes]) -> None:
    open_source(belongings.keep_upload(files))


def _refuse(error: LabError) -> None:
    st.session_state[REFUSED] = error


def _pin(source: str, pinned: bool) -> None:
    try:
        belongings.pin_upload(source, pinned)
    except LabError as error:
        st.session_state[REFUSED] = error


def _remove(source: str) -> None:
    try:
        if session.draft().data.source == source:
            drafts.switch_source(next(iter(DATASETS)))
        belongings.remove_upload(source)
    except LabError as error:
        st.session_state[REFUSED] = error
    if looked_at()[0] == source:
        st.session_state.pop(LOOKED_AT, None)


def _job_of(source: str, reading: ReadingOptions) -> str:
    of, job = st.session_state.get(JOB, (None, ""))
    return str(job) if of == (source, reading) else ""


def _look(source: str, reading: ReadingOptions) -> InspectionView | None:
    """How far this tab's look at a data set is; None if it has not begun one."""
    job = _job_of(source, reading)
    return session.engine().inspection(job) if job else None


def _start(source: str, reading: ReadingOptions) -> None:
    try:
        job = session.engine().inspect(source, reading)
        st.session_state[JOB] = ((source, reading), job)
    except LabError as error:
        st.session_state[REFUSED] = error


def _offer_download(spec: DatasetSpec) -> None:
    size = text.megabytes(sum(file.size for file in spec.files))
    st.info(
        f"**{text.plain(spec.title)}** is not on this machine yet. It comes from its provider, "
        f"once: {size}.",
        icon=":material/download:",
    )
    st.button("Download", type="primary", on_click=_start, args=(spec.name, AS_FOUND))


def _ended_badly(source: str, reading: ReadingOptions) -> None:
    """Why there is no sheet, and how else to read the file; the form's data set is as it was."""
    view = _look(source, reading)
    if view is not None and view.cause:
        st.error(f"**{text.plain(view.cause)}** {text.plain(view.remedy)}", icon=":material/error:")
    else:
        st.info("Stopped.", icon=":material/stop:")
    with st.container(horizontal=True):
        st.button("Try again", icon=":material/replay:", on_click=_start, args=(source, reading))
        if not is_of_the_form(source, reading):
            before = session.draft().data.source
            way = "how it was read before" if before == source else title_of(before)
            st.button(f"Back to {way}", on_click=_forget)
    reading_form.choices(source, reading, (), open_source, expanded=True)


def _leave(unless: str = "") -> None:
    """Turn away from the data set that is being opened; a file that could not be read goes."""
    before, reading = looked_at()
    if before == unless or not is_upload(before) or not session.engine_is_up():
        return
    try:
        view = _look(before, reading)
        if view is not None and view.state == "failed":
            belongings.leave_upload(before)
    except LabError as error:
        st.session_state[REFUSED] = error


def _forget() -> None:
    _leave()
    st.session_state.pop(LOOKED_AT, None)
    st.session_state.pop(JOB, None)


def _progress(source: str, reading: ReadingOptions) -> None:
    view = _look(source, reading)
    if stored_sheets.previewed(source, reading) is not None:
        _choose(source, reading)
        st.rerun()
    if view is None or view.ended:
        st.rerun()
    show_trouble()
    share = view.done / view.total if view.total else 0.0
    amount = f" {text.megabytes(view.done)} of {text.megabytes(view.total)}" if view.total else ""
    st.progress(min(1.0, share), text=f"{view.doing or 'Waiting for the worker'}{amount}")
    st.button(
        "Stop", icon=":material/stop:", on_click=_stop, args=(source, reading), key="stop-look"
    )


def _stop(source: str, reading: ReadingOptions) -> None:
    try:
        session.engine().stop(_job_of(source, reading))
    except LabError as error:
        st.session_state[REFUSED] = error
