"""An uploader that is empty again once what arrived was taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from aecore.errors import DataError, LabError

TURN = "uploader_turn"


def show_uploader(
    label: str,
    key: str,
    take: Callable[[Mapping[str, bytes]], None],
    refuse: Callable[[LabError], None],
    **options: Any,
) -> None:
    """Show a place for files; what arrives is given to `take`, by name, and the place is empty.

    A file that stayed in it would be given again with the next one, and would take the server's
    memory for as long as the tab is open.

    Args:
        take: may raise a `LabError`.
        refuse: gets it, and the one that says that a file did not arrive.
        options: as of `st.file_uploader`.
    """
    name = f"{key}-{st.session_state.get(_turn(key), 0)}"
    st.file_uploader(label, key=name, on_change=_taken, args=(key, name, take, refuse), **options)


def arrived(given: Any) -> list[UploadedFile]:
    """The files in an uploader's state, which Streamlit hands out as it is to callbacks alone.

    Raises:
        DataError: one of them was refused on its way, or went with an earlier server.
    """
    several = given if isinstance(given, list) else [given]
    files = [file for file in several if file is not None]
    here = [file for file in files if isinstance(file, UploadedFile)]
    if len(here) < len(files):
        raise DataError(
            "A file did not arrive: the server refused it, or was started anew since.",
            "Give it again.",
        )
    return here


def _taken(
    key: str,
    name: str,
    take: Callable[[Mapping[str, bytes]], None],
    refuse: Callable[[LabError], None],
) -> None:
    given = st.session_state.get(name)
    if not given:
        return
    st.session_state[_turn(key)] = st.session_state.get(_turn(key), 0) + 1
    try:
        files = arrived(given)
        by_name = {file.name: file.getvalue() for file in files}
        _free(files)
        take(by_name)
    except LabError as error:
        refuse(error)


def _free(files: list[UploadedFile]) -> None:
    """Let the server forget the files, which it would keep until the tab is closed."""
    context = get_script_run_ctx()
    manager = None if context is None else context.uploaded_file_mgr
    if context is not None and isinstance(manager, MemoryUploadedFileManager):
        for file in files:
            manager.remove_file(context.session_id, file.file_id)


def _turn(key: str) -> str:
    return f"{TURN}-{key}"
