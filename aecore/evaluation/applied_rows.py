"""`AppliedRows`: what a trained model makes of rows that were prepared for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from aecore.data.prepare.prepared_rows import PreparedRows, joined
from aecore.evaluation.samples import sample_errors


class Model(Protocol):
    """An autoencoder that codes and reconstructs samples in batches."""

    labels: int

    def codes(self, x: np.ndarray) -> np.ndarray: ...
    def reconstructions(self, x: np.ndarray, code: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class AppliedRows:
    """Rows with their codes, reconstructions and errors.

    Attributes:
        prepared: the rows as the encoder took them, and which they were.
        codes: (n, k) float32, latent codes.
        reconstructions: (n, *sample_shape) float32, in scaled units.
        errors: (n,) mean squared error of each sample, in squared scaled units, as a run keeps it
            of its held-out rows. The encoder saw the sample as it is, without corruption.
    """

    prepared: PreparedRows
    codes: np.ndarray
    reconstructions: np.ndarray
    errors: np.ndarray

    @property
    def rows(self) -> np.ndarray:
        """(n,) the numbers, from 0, of the rows given; of a window that of its first row."""
        return self.prepared.rows

    @property
    def labels(self) -> np.ndarray | None:
        """(n,) class indices, -1 for an unknown class; None without labels."""
        return self.prepared.labels

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, filled or ignored, as sentences."""
        return self.prepared.notes

    @property
    def original_in_units(self) -> np.ndarray:
        """(n, *sample_shape) the samples in the data's own units, with all their digits."""
        return self.prepared.original

    @property
    def reconstructions_in_units(self) -> np.ndarray:
        """(n, *sample_shape) float64, the reconstructions in the data's own units."""
        return self.prepared.units.raw(self.reconstructions)

    @property
    def errors_in_units(self) -> np.ndarray:
        """(n, *sample_shape) float64, reconstruction minus original in the data's own units."""
        return self.reconstructions_in_units - self.prepared.original


def given_to(model: Model, x: np.ndarray, labels: np.ndarray | None) -> np.ndarray:
    """Samples as a model takes them: with their class indices where it is conditional on those."""
    if not model.labels:
        return x
    from aecore.models.autoencoder import with_labels

    assert labels is not None
    return with_labels(x, labels, model.labels)


def apply_model(model: Model, prepared: PreparedRows) -> AppliedRows:
    """Code and reconstruct rows; those of a model that is conditional on the class have labels."""
    x = prepared.x
    if not len(x):
        return AppliedRows(prepared, np.empty((0, 0), np.float32), x, np.empty(0))
    given = given_to(model, x, prepared.labels)
    codes = model.codes(given)
    made = model.reconstructions(given, codes)
    return AppliedRows(prepared, codes, made, sample_errors(x, made))


def applied_together(parts: Sequence[AppliedRows]) -> AppliedRows:
    """Parts, one at least, one after another."""
    filled = [part for part in parts if len(part.errors)] or parts[:1]
    return AppliedRows(
        joined([part.prepared for part in parts]),
        np.concatenate([part.codes for part in filled]),
        np.concatenate([part.reconstructions for part in filled]),
        np.concatenate([part.errors for part in filled]),
    )
