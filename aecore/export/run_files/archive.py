"""The whole run as one ZIP: all that it kept, a README, and what another Lab needs to open it.

Weights travel as plain arrays beside the settings: who opens the archive builds the model anew and
reads no model file of a stranger.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from aecore.export.run_files._origin import Origin, origin_of
from aecore.export.run_files._spec import RunFormat
from aecore.runs.importing import BESIDE, NEEDED

ORIGIN, README = "origin.json", "README.txt"
# There for people and other programs; another Lab does not read them.
FOR_KERAS = ("autoencoder.keras", "encoder.keras", "decoder.keras")
ABOUT = """A run of Autoencoder Lab

Data        {source}, digest {digest}
Seed        {seed}
Measured    on {rows} {split} rows: mean squared error {mse}
Made with   {versions}

experiment.json     every setting; `python -m aecore run experiment.json` trains it again
history.csv         the curve: a row an epoch
metrics.json        the final figures
encoder.keras       sample -> code, of Keras's own layers
decoder.keras       code -> sample
autoencoder.keras   sample -> reconstruction
weights.npz         all weights as plain arrays, for model.json and experiment.json
preparation.json    what takes raw rows to the encoder, with preparation.npz
samples.npz         rows that were measured: original, reconstruction, code, error
events.jsonl        all that was told while it trained

To open it in another Autoencoder Lab:
    python -m aecore import FILE.zip --out FOLDER
The Keras files are not read then: the model is built from the settings and given the weights.
"""


def write(folder: Path, out: Path) -> None:
    """All files of the run that another Lab, a person or Keras can use."""
    held = [folder / name for name in (*NEEDED, *BESIDE, *FOR_KERAS) if (folder / name).is_file()]
    origin = origin_of(folder)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, _about(origin))
        archive.writestr(ORIGIN, json.dumps(origin.as_data, indent=2, ensure_ascii=False))
        for path in held:
            archive.write(path, path.name)


def _about(origin: Origin) -> str:
    metrics, data = origin.metrics, origin.experiment.get("data")
    source = data.get("source", "") if isinstance(data, dict) else ""
    versions = ", ".join(f"{name} {number}" for name, number in origin.versions.items())
    return ABOUT.format(
        # The folders above a file are nobody else's business.
        source=Path(str(source)).name,
        digest=origin.digest or "unknown",
        seed=origin.experiment.get("seed"),
        rows=metrics.get("rows"),
        split=metrics.get("measured_on"),
        mse=metrics.get("mse"),
        versions=versions,
    )


SPEC = RunFormat(
    name="zip",
    title="Everything (ZIP)",
    summary="Settings, weights, Keras models, samples, curve and figures, with a README; another "
    "Autoencoder Lab can open it.",
    suffix=".zip",
    media="application/zip",
    write=write,
    needs=NEEDED,
    order=5,
)
