"""The encoder as a `.keras` file of Keras's own layers, which opens wherever Keras is."""

from __future__ import annotations

from aecore.export.run_files._copying import copied
from aecore.export.run_files._spec import RunFormat

FILE = "encoder.keras"


SPEC = RunFormat(
    name="encoder",
    title="Encoder (.keras)",
    summary="Sample in, latent code out, both scaled. Opens with keras.saving.load_model.",
    suffix=".keras",
    media="application/octet-stream",
    write=copied(FILE),
    needs=(FILE,),
    order=31,
)
