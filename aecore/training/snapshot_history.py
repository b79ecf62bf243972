"""`SnapshotHistory`: the snapshots that a run kept while it trained."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from aecore.errors import DataError

NEEDED = ("epochs", "rows", "map_rows", "original", "reconstruction", "code")


@dataclass(frozen=True)
class SnapshotHistory:
    """The same few samples, seen again and again; t looks, samples in scaled units.

    Attributes:
        epochs: (t,) ascending; 0 is before training.
        rows: (p,) row numbers of the samples whose reconstructions were kept.
        original: (p, *sample_shape) float32.
        reconstruction: (t, p, *sample_shape) float32, to three digits.
        map_rows: (m,) row numbers of the samples whose codes were kept.
        code: (t, m, k) float32, to three digits.
        error: (t, e) mean squared errors of the first e of the map's samples, in squared scaled
            units; None in runs of earlier versions.
        label: (m,) class indices of the map's samples; None without labels and in those runs.
    """

    epochs: np.ndarray
    rows: np.ndarray
    original: np.ndarray
    reconstruction: np.ndarray
    map_rows: np.ndarray
    code: np.ndarray
    error: np.ndarray | None = None
    label: np.ndarray | None = None

    @classmethod
    def load(cls, path: Path) -> SnapshotHistory:
        """Read what `SnapshotRecorder.save` wrote.

        Raises:
            DataError: the file is missing, damaged, or holds no look.
        """
        if not path.is_file():
            raise DataError(
                "This run kept no snapshots of its training.",
                "Train it again to see how it learned.",
            )
        try:
            # Opened here, because numpy leaves a damaged archive open.
            with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
                snapshots = cls._of({name: archive[name] for name in archive.files})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise DataError(
                "What this run kept of its training cannot be read "
                f"({type(error).__name__}): the file is damaged.",
                "Train it again to see how it learned.",
            ) from None
        if not len(snapshots.epochs):
            raise DataError(
                "This run ended before its first snapshot.",
                "Train it for at least one whole epoch.",
            )
        return snapshots

    @classmethod
    def _of(cls, arrays: dict[str, np.ndarray]) -> SnapshotHistory:
        found = {name: arrays[name] for name in NEEDED}
        for name in ("original", "reconstruction", "code"):
            found[name] = found[name].astype(np.float32)
        label = arrays.get("label")
        if label is not None and (label < 0).all():
            label = None
        snapshots = cls(**found, error=arrays.get("error"), label=label)
        snapshots._check()
        return snapshots

    def _check(self) -> None:
        t, p, m = len(self.epochs), len(self.rows), len(self.map_rows)
        fits = (
            self.reconstruction.shape == (t, *self.original.shape)
            and len(self.original) == p
            and self.code.shape[:2] == (t, m)
            and (self.error is None or self.error.shape[:1] == (t,))
            and (self.label is None or self.label.shape == (m,))
        )
        if t and not fits:
            raise ValueError("The arrays do not belong together.")
