"""The autoencoder as a `.keras` file of Keras's own layers, which opens wherever Keras is."""

from __future__ import annotations

from aecore.export.run_files._copying import copied
from aecore.export.run_files._spec import RunFormat

FILE = "autoencoder.keras"


SPEC = RunFormat(
    name="autoencoder",
    title="Autoencoder (.keras)",
    summary="Sample in, reconstruction out, both scaled. Opens with keras.saving.load_model.",
    suffix=".keras",
    media="application/octet-stream",
    write=copied(FILE),
    needs=(FILE,),
    order=30,
)
