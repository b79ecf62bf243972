"""Files of an uploader: those that did not arrive are told, whatever Streamlit hands out."""

from __future__ import annotations

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import (
    DeletedFile,
    UploadedFile,
    UploadedFileRec,
)

from aecore.errors import DataError
from ui.shared.uploader import arrived


def uploaded(name: str) -> UploadedFile:
    """A file that the server has."""
    return UploadedFile(UploadedFileRec(name, name, "text/csv", b"a,b"), FileURLs())


def test_files_that_are_here_are_given() -> None:
    """One, several, or none."""
    one, other = uploaded("one.csv"), uploaded("other.csv")

    assert arrived(None) == arrived([]) == []
    assert arrived(one) == [one]
    assert arrived([one, other]) == [one, other]


@pytest.mark.parametrize("alone", [True, False])
def test_a_file_that_did_not_arrive_is_a_sentence(alone: bool) -> None:
    """Beside others and by itself, as of an uploader for one file."""
    lost = DeletedFile("7")

    with pytest.raises(DataError, match="did not arrive") as caught:
        arrived(lost if alone else [uploaded("one.csv"), lost])

    assert "Give it again" in caught.value.remedy
