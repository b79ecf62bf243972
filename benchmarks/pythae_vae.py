"""A variational autoencoder 784-512-16 on 60,000 digits against pythae's with the same layers.

pythae brings PyTorch, so it lives in an environment of its own (`pip install torch pythae`), whose
interpreter the variable PYTHAE_PYTHON names.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from aecore import Experiment, train
from aecore.data import Dataset, load
from benchmarks.report import publish, table

PEER = Path(__file__).with_name("pythae_peer.py")
EPOCHS, BATCH_SIZE, RATE = 5, 128, 0.001
ROWS, HELD_OUT = 60_000, 500
WARM_UP = 1


def digits() -> tuple[np.ndarray, np.ndarray]:
    """60,000 rows, the bundled digits again and again, and 500 others; from 0 to 1."""
    dataset = load("mnist-5k")
    assert isinstance(dataset, Dataset)
    x = dataset.x.reshape(len(dataset.x), -1).astype(np.float32) / 255
    return np.resize(x[HELD_OUT:], (ROWS, x.shape[1])), x[:HELD_OUT]


def ours(folder: Path, train_rows: np.ndarray, held_out: np.ndarray) -> tuple[float, float]:
    """Seconds an epoch and the held-out −ELBO of our loop."""
    path = folder / "x.npz"
    x = np.concatenate([train_rows, held_out]).reshape(-1, 28, 28)
    np.savez(path, x=x)
    experiment = Experiment.from_dict(
        {
            "data": {
                "source": str(path),
                "split": "ordered",
                "validation_fraction": len(held_out) / len(x),
            },
            "preprocessing": {"scaling": "none"},
            "model": {
                "encoding_dim": 16,
                "backbone": {"kind": "dense", "units": [512]},
                "bottleneck": {"kind": "variational"},
            },
            "training": {
                "loss": "binary_crossentropy",
                "learning_rate": RATE,
                "epochs": EPOCHS,
                "batch_size": BATCH_SIZE,
            },
        }
    )
    seconds: list[float] = []

    def watch(event: dict[str, object]) -> None:
        if event["event"] == "epoch":
            seconds.append(float(str(event["seconds"])))

    result = train(experiment, on_event=watch)
    return statistics.median(seconds[WARM_UP:]), float(result.metrics["negative_elbo"])


def theirs(
    folder: Path, python: str, train_rows: np.ndarray, held_out: np.ndarray
) -> tuple[float, float]:
    """The same of pythae, in its interpreter."""
    path = folder / "peer.npz"
    np.savez(path, train=train_rows, held_out=held_out)
    command = [python, str(PEER), str(path), str(EPOCHS), str(BATCH_SIZE), str(RATE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return statistics.median(found["seconds"][WARM_UP:]), float(found["negative_elbo"])


def main() -> None:
    """Measure both and publish the table."""
    python = os.environ.get("PYTHAE_PYTHON")
    if python is None:
        sys.exit("PYTHAE_PYTHON must name an interpreter that has pythae; see the module.")
    rows, held_out = digits()
    with tempfile.TemporaryDirectory() as name:
        their_seconds, their_elbo = theirs(Path(name), python, rows, held_out)
        our_seconds, our_elbo = ours(Path(name), rows, held_out)
    columns = ("784-512-16 VAE", "s an epoch", "faster", "−ELBO, nats a sample")
    lines = [
        ("pythae", f"{their_seconds:.2f}", "1.0 ×", f"{their_elbo:.1f}"),
        (
            "Autoencoder Lab",
            f"{our_seconds:.2f}",
            f"{their_seconds / our_seconds:.1f} ×",
            f"{our_elbo:.1f}",
        ),
    ]
    text = (
        f"{ROWS:,} rows (the 4,500 bundled digits again and again), batch {BATCH_SIZE}, Adam "
        f"{RATE}, {EPOCHS} epochs; median seconds after the first; −ELBO of {HELD_OUT} other "
        f"digits. Wanted: ≥ 1.8 ×.\n\n{table(columns, lines)}"
    )
    publish("pythae_vae", "A variational autoencoder against pythae", text)


if __name__ == "__main__":
    main()
