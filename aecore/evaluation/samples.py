"""What a run keeps of the rows it was measured on: samples, codes, reconstructions, errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from aecore.data.dataset import Kind
from aecore.data.prepare.split import drawn_rows
from aecore.errors import DataError
from aecore.training.files import compact

MAX_SAMPLES = 5000
# SSIM takes about a quarter of a millisecond an image, and is worked out three times.
COMPARED_AT_MOST = 500
# What simpler ways make of images, where a run kept it.
SIMPLER = ("by_mean", "by_pca")


@dataclass(frozen=True)
class Samples:
    """Rows as the trained model sees them, in scaled units.

    Attributes:
        measured_on: `test`, `validation` or `training`.
        kind: how a sample is to be shown.
        index: (n,) row numbers in the data set.
        original: (n, *sample_shape) float32.
        reconstruction: the same, from the model.
        code: (n, k) float32, latent codes.
        error: (n,) mean squared error of each sample, in squared scaled units.
        label: (n,) class indices, or None without labels.
        class_names: names of the classes.
        feature_names: names of a table's columns.
        display_range: values to draw as black and white.
        total: rows measured, of which at most MAX_SAMPLES are kept.
        factors: name -> (n,) numbers known of each sample that are no part of it.
        scale, offset: raw values are scaled ones times `scale` plus `offset`; broadcast to
            `original`.
        by_mean: (*sample_shape), of images the mean training image; None of other kinds, and in
            runs up to 0.4.
        by_pca: (m, *sample_shape), what PCA fitted on training rows makes of the images at
            `compared`; None where `by_mean` is.
    """

    measured_on: str
    kind: Kind
    index: np.ndarray
    original: np.ndarray
    reconstruction: np.ndarray
    code: np.ndarray
    error: np.ndarray
    label: np.ndarray | None
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...]
    display_range: tuple[float, float]
    total: int
    factors: Mapping[str, np.ndarray] = field(default_factory=dict)
    scale: np.ndarray = field(default_factory=lambda: np.ones(1))
    offset: np.ndarray = field(default_factory=lambda: np.zeros(1))
    by_mean: np.ndarray | None = None
    by_pca: np.ndarray | None = None

    @property
    def compared(self) -> np.ndarray:
        """(m,) positions of the images that are compared with simpler ways, at most 500."""
        return drawn_rows(len(self.error), COMPARED_AT_MOST, seed=0)

    def of(self, positions: np.ndarray) -> Samples:
        """Some of the samples, without what simpler ways make of them."""
        own = len(self.scale) > 1
        return replace(
            self,
            index=self.index[positions],
            original=self.original[positions],
            reconstruction=self.reconstruction[positions],
            code=self.code[positions],
            error=self.error[positions],
            label=None if self.label is None else self.label[positions],
            factors={name: values[positions] for name, values in self.factors.items()},
            scale=self.scale[positions] if own else self.scale,
            by_mean=None,
            by_pca=None,
        )

    def raw(self, x: np.ndarray) -> np.ndarray:
        """Samples (n, *sample_shape) in the data's own units, from scaled ones."""
        return x * self.scale + self.offset

    def raw_sample(self, x: np.ndarray, position: int) -> np.ndarray:
        """A sample (*sample_shape) in the data's own units, from one scaled as that at a place."""
        own = len(self.scale) > 1
        return np.asarray(x * self.scale[position if own else 0] + self.offset[0])

    def save(self, path: Path) -> None:
        """Write everything to one compressed `.npz`."""
        about = {
            "measured_on": self.measured_on,
            "kind": self.kind,
            "class_names": self.class_names,
            "feature_names": self.feature_names,
            "display_range": self.display_range,
            "total": self.total,
            "factors": list(self.factors),
        }
        factors = [np.asarray(values, np.float64) for values in self.factors.values()]
        label = np.full(len(self.index), -1) if self.label is None else self.label
        made = ((name, getattr(self, name)) for name in SIMPLER)
        simpler: dict[str, Any] = {name: self._packed(x) for name, x in made if x is not None}
        np.savez_compressed(
            path,
            about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
            index=self.index,
            original=self._packed(self.original),
            reconstruction=self._packed(self.reconstruction),
            code=self.code,
            error=self.error,
            label=label,
            factors=np.array(factors) if factors else np.empty((0, len(self.index))),
            scale=self.scale,
            offset=self.offset,
            **simpler,
        )

    def _packed(self, x: np.ndarray) -> np.ndarray:
        """Three digits are few for the columns of a table, which are read in their own units."""
        return x if self.kind == "table" else compact(x)

    @classmethod
    def load(cls, path: Path) -> Samples:
        """Read what `save` wrote; but for tables, originals and reconstructions to three digits.

        Raises:
            DataError: the file is missing or damaged.
        """
        try:
            # Opened here, because numpy leaves a damaged archive open.
            with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
                about = json.loads(archive["about"].tobytes())
                arrays = {name: archive[name] for name in archive.files if name != "about"}
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise DataError(
                f"The samples of this run cannot be read ({type(error).__name__}).",
                "Train it again.",
            ) from None
        label = arrays.pop("label")
        factors = dict(zip(about.get("factors", ()), arrays.pop("factors", ()), strict=True))
        wide = {
            name: arrays.pop(name).astype(np.float32)
            for name in ("original", "reconstruction", *SIMPLER)
            if name in arrays
        }
        return cls(
            measured_on=about["measured_on"],
            kind=about["kind"],
            class_names=tuple(about["class_names"]),
            feature_names=tuple(about["feature_names"]),
            display_range=tuple(about["display_range"]),
            total=about["total"],
            label=None if (label < 0).all() else label,
            factors=factors,
            **wide,
            **arrays,
        )


def sample_errors(x: np.ndarray, x_hat: np.ndarray) -> np.ndarray:
    """(n,) mean squared error of each sample over all its values."""
    return np.square(x - x_hat).reshape(len(x), -1).mean(axis=1, dtype=np.float64)
