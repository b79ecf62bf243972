"""An uploader that is empty again once what arrived was taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

TURN = "uploader_turn"


def show_uploader(
    label: str, key: str, take: Callable[[Mapping[str, bytes]], None], **options: Any
) -> None:
    """Show a place for files; what arrives is given to `take`, by name, and the place is empty.

    A file that stayed in it would be given again with the next one, and would take the server's
    memory for as long as the tab is open.

    Args:
        options: as of `st.file_uploader`.
    """
    name = f"{key}-{st.session_state.get(_turn(key), 0)}"
    st.file_uploader(label, key=name, on_change=_arrived, args=(key, name, take), **options)


def _arrived(key: str, name: str, take: Callable[[Mapping[str, bytes]], None]) -> None:
    found = st.session_state.get(name) or []
    files = found if isinstance(found, list) else [found]
    if not files:
        return
    st.session_state[_turn(key)] = st.session_state.get(_turn(key), 0) + 1
    given = {file.name: file.getvalue() for file in files}
    _free(files)
    take(given)


def _free(files: list[Any]) -> None:
    """Let the server forget the files, which it would keep until the tab is closed."""
    context = get_script_run_ctx()
    manager = None if context is None else context.uploaded_file_mgr
    if context is not None and isinstance(manager, MemoryUploadedFileManager):
        for file in files:
            manager.remove_file(context.session_id, file.file_id)


def _turn(key: str) -> str:
    return f"{TURN}-{key}"
