"""`arrived`: the files that a browser gave and this server has."""

from __future__ import annotations

from typing import Any

from streamlit.runtime.uploaded_file_manager import UploadedFile

from aecore.errors import DataError


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
            "Remove it from the list, then give it again.",
        )
    return here
