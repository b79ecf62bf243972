"""The encoder as a `.keras` file of Keras's own layers, which opens wherever Keras is."""

from __future__ import annotations

import shutil
from pathlib import Path

from aecore.export.run_files._spec import RunFormat

FILE = "encoder.keras"


def write(folder: Path, out: Path) -> None:
    """As the run kept it."""
    shutil.copyfile(folder / FILE, out)


SPEC = RunFormat(
    name="encoder",
    title="Encoder (.keras)",
    summary="Sample in, latent code out, both scaled. Opens with keras.saving.load_model.",
    suffix=".keras",
    media="application/octet-stream",
    write=write,
    needs=(FILE,),
    order=31,
)
