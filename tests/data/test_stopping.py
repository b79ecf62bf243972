"""Can the reading of any file be ended between its pieces, by a stop or a deadline?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from aecore.data import stopping
from aecore.data.limits import Limits
from aecore.data.loading import describe_source, load
from aecore.data.stopping import go_on, in_pieces, stoppable
from aecore.errors import DataError

ROWS = pd.DataFrame({"a": np.arange(40.0), "b": np.arange(40.0) ** 2})


def pictures(path: Path) -> None:
    """A dozen of random pictures in a ZIP."""
    values = np.random.default_rng(0).integers(0, 255, (12, 8, 8), dtype=np.uint8)
    with zipfile.ZipFile(path, "w") as archive:
        for number, picture in enumerate(values):
            content = io.BytesIO()
            Image.fromarray(picture).save(content, "PNG")
            archive.writestr(f"{number}.png", content.getvalue())


FILES: dict[str, Callable[[Path], object]] = {
    "rows.csv": lambda path: ROWS.to_csv(path, index=False),
    "rows.xlsx": lambda path: ROWS.to_excel(path, index=False),
    "rows.parquet": lambda path: ROWS.to_parquet(path, index=False),
    "pictures.zip": pictures,
}


@pytest.mark.parametrize("name", FILES)
def test_reading_ends_at_the_next_piece(tmp_path: Path, name: str) -> None:
    """Each format asks between its pieces, and is read as ever where nobody wants it to stop."""
    FILES[name](tmp_path / name)
    source = str(tmp_path / name)
    with stoppable(lambda: True), pytest.raises(DataError, match="stopped"):
        load(source)
    with stoppable(lambda: False):
        assert describe_source(source).rows in (12, 40)


def test_the_check_of_columns_ends_too(tmp_path: Path) -> None:
    """Measuring many columns takes longer than to read them."""
    ROWS.to_csv(tmp_path / "rows.csv", index=False)
    load(str(tmp_path / "rows.csv"))
    with stoppable(lambda: True), pytest.raises(DataError, match="stopped"):
        describe_source(str(tmp_path / "rows.csv"))


def test_reading_has_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a limit like others: named in the sentence, with what to do."""
    monkeypatch.setattr(stopping, "limits", lambda: Limits(reading_seconds=20))
    with stoppable(lambda: False):
        go_on()
        now = stopping.time.monotonic()
        monkeypatch.setattr(stopping.time, "monotonic", lambda: now + 21)
        with pytest.raises(DataError) as refused:
            go_on()
    assert "20 seconds" in refused.value.cause
    assert "AECORE_MAX_READING_SECONDS" in refused.value.cause
    assert "fewer rows" in refused.value.remedy


def test_who_does_not_ask_reads_to_the_end() -> None:
    """Outside, and after, nothing is asked."""
    with stoppable(lambda: True):
        pass
    assert list(in_pieces(range(3))) == [0, 1, 2]
