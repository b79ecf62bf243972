"""Events: what training says while it runs, small and JSON-serialisable.

Every event is a dict with its name under `event`; `aecore.runs.run_view` folds them into a view.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from aecore.progress import ENDINGS as ENDINGS
from aecore.progress import Emit as Emit
from aecore.progress import Event as Event
from aecore.progress import ShouldStop as ShouldStop
from aecore.progress import ended as ended

# How the cause of a run begins that failed because its loss became no number.
DIVERGED = "The loss diverged"
# Types of packed numbers by their bits; their bytes are in one order on every machine.
NUMBERS = {8: "u1", 16: "<u2"}


def started(experiment: dict[str, Any], rows: dict[str, int], parameters: int) -> Event:
    """Training is about to begin; `rows` counts `train`, `validation` and `test`."""
    return {"event": "started", "experiment": experiment, "rows": rows, "parameters": parameters}


def data_read(
    rows: int,
    rows_left_out: list[dict[str, Any]],
    columns: int,
    columns_left_out: list[dict[str, Any]],
    notes: list[str],
) -> Event:
    """What was read of the data set; comes after `started`.

    `rows` and `columns` count what was read; of what is left out each has a `count` or a `name`,
    and `why`. `notes` are sentences on how a file was read.
    """
    return {
        "event": "data",
        "rows": rows,
        "rows_left_out": rows_left_out,
        "columns": columns,
        "columns_left_out": columns_left_out,
        "notes": notes,
    }


def progress(epoch: int, batch: int, batches: int, loss: float, seconds: float) -> Event:
    """`batch` of `batches` of `epoch` (from 1) are done; `seconds` since training began."""
    return {
        "event": "progress",
        "epoch": epoch,
        "batch": batch,
        "batches": batches,
        "loss": loss,
        "seconds": seconds,
    }


def epoch_ended(epoch: int, logs: dict[str, float], seconds: float) -> Event:
    """An epoch (from 1) is whole; `seconds` is what it took, validation included."""
    return {"event": "epoch", "epoch": epoch, "seconds": seconds, "logs": logs}


def yardsticks(measured_on: str, values: dict[str, float]) -> Event:
    """What the loss would be for simpler ways to reconstruct the same rows.

    `values` has `mean` (for absolute errors `median`) and `pca`, and `entropy_floor` for binary
    cross-entropy.
    """
    return {"event": "yardsticks", "measured_on": measured_on, "values": values}


def snapshot(epoch: int, probe: dict[str, Any], latent_map: dict[str, Any]) -> Event:
    """What the model makes of the same few samples after this epoch.

    `probe` has packed arrays `original` and `reconstruction`, (n, *shape), `seen` where the
    encoder gets corrupted samples, and `labels`;
    `latent_map` has packed `points`, (m, 2), and `labels`, in one projection for the whole run,
    and `class_names`.
    """
    return {"event": "snapshot", "epoch": epoch, "probe": probe, "map": latent_map}


def pack(
    array: np.ndarray, *, low: float = 0.0, high: float = 1.0, bits: int = 8
) -> dict[str, Any]:
    """An array as JSON: its values as whole numbers between `low` and `high`, in base64.

    Args:
        bits: of each number; 8 is enough for a shade, 16 for a place.
    """
    span, steps = (high - low) or 1.0, 2**bits - 1
    numbers = np.clip((array - low) / span * steps + 0.5, 0, steps).astype(NUMBERS[bits])
    return {
        "shape": list(array.shape),
        "low": float(low),
        "high": float(high),
        "bits": bits,
        "bytes": base64.b64encode(numbers.tobytes()).decode("ascii"),
    }


def unpack(packed: dict[str, Any]) -> np.ndarray:
    """The array of `pack`, float32, to 1/255 of its span, or 1/65,535 for 16 bits."""
    # Runs kept by earlier versions do not name the bits; they had 8.
    bits = packed.get("bits", 8)
    flat = np.frombuffer(base64.b64decode(packed["bytes"]), dtype=NUMBERS[bits])
    span = packed["high"] - packed["low"]
    return (flat.astype(np.float32) / (2**bits - 1) * span + packed["low"]).reshape(packed["shape"])
