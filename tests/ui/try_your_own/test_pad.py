"""Is only a drawing taken for one?"""

from __future__ import annotations

import base64

import pytest

from aecore.errors import DataError
from ui.try_your_own.pad import HEAD, MAX_LETTERS, decoded


def test_a_drawing_comes_as_the_file_that_was_sent() -> None:
    """Byte for byte."""
    content = bytes(range(256))

    assert decoded(HEAD + base64.b64encode(content).decode()) == content


@pytest.mark.parametrize(
    "sent", ["", "data:text/html;base64,AAAA", HEAD + "%%%", HEAD + "A" * MAX_LETTERS, 7, None]
)
def test_anything_else_is_refused(sent: object) -> None:
    """With what to do about it."""
    with pytest.raises(DataError, match="draw again"):
        decoded(sent)
