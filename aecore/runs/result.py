"""`Result`: a trained autoencoder and everything known of it, in memory or from a run's folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from aecore.data.limits import refuse_above
from aecore.data.prepare.fitted_preparation import FittedPreparation, refuse_none
from aecore.data.prepare.given_rows import as_raw
from aecore.data.prepare.new_rows import Labels
from aecore.data.prepare.prepared_rows import PreparedRows
from aecore.data.reading_rows import read_rows
from aecore.data.shards import FLOAT_BYTES, Shards
from aecore.errors import DataError
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.applied_rows import AppliedRows, applied_together, apply_model
from aecore.evaluation.samples import Samples
from aecore.experiment.tree import ExperimentTree
from aecore.training.events import Event
from aecore.training.snapshot_history import SnapshotHistory

if TYPE_CHECKING:
    import keras

    from aecore.models.autoencoder import Autoencoder
    from aecore.training.snapshot_recorder import SnapshotRecorder


class Contents(Protocol):
    """What is large in a result, in memory or read from its folder when it is first asked for.

    Reading raises `DataError` for what is missing or damaged.
    """

    @property
    def preparation(self) -> FittedPreparation | None: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def autoencoder(self) -> Autoencoder: ...
    @property
    def encoder(self) -> keras.Model: ...
    @property
    def decoder(self) -> keras.Model: ...
    @property
    def samples(self) -> Samples: ...
    @property
    def snapshots(self) -> SnapshotRecorder | SnapshotHistory: ...
    @property
    def scorer(self) -> Scorer: ...
    @property
    def events(self) -> list[Event]: ...


@dataclass(frozen=True, eq=False)
class Result:
    """A trained autoencoder and everything measured on it; `train` and `load` give the same.

    Attributes:
        experiment: the options of the run.
        history: one list an entry, such as `loss` and `val_loss`, an item an epoch.
        metrics: held-out figures by name; `measured_on` and `rows` say on what, and
            `data_digest` of which data.
        contents: what the properties give.
    """

    experiment: ExperimentTree
    history: dict[str, list[float]]
    metrics: dict[str, Any]
    contents: Contents

    @property
    def preparation(self) -> FittedPreparation:
        """What takes raw rows to the encoder, and back to their own units.

        Raises:
            DataError: the run kept none, and it cannot be fitted again; see `notes`.
        """
        found = self.contents.preparation
        if found is None:
            raise DataError(
                " ".join(self.notes) or "This run kept no preparation of its data.",
                "Train it again to apply it to new rows; rows that are scaled already can be given "
                "to encode(…).",
            )
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how this result was loaded, in sentences."""
        return self.contents.notes

    @property
    def autoencoder(self) -> Autoencoder:
        """The whole model; samples in and out are scaled."""
        return self.contents.autoencoder

    @property
    def encoder(self) -> keras.Model:
        """Sample -> latent code."""
        return self.contents.encoder

    @property
    def decoder(self) -> keras.Model:
        """Latent code -> sample."""
        return self.contents.decoder

    @property
    def samples(self) -> Samples:
        """Rows that were measured, with code and reconstruction."""
        return self.contents.samples

    @property
    def snapshots(self) -> SnapshotRecorder | SnapshotHistory:
        """Looks at the model while it trained."""
        return self.contents.snapshots

    @property
    def scorer(self) -> Scorer:
        """What tells how odd a row is.

        Raises:
            DataError: the run kept none.
        """
        return self.contents.scorer

    @property
    def events(self) -> list[Event]:
        """All that was emitted but progress."""
        return self.contents.events

    def apply(self, rows: Any, labels: Labels = None) -> AppliedRows:
        """Code and reconstruct new rows of the kind that the run was trained on.

        Rows that do not fit are left out and told in `notes`; the rest goes on.

        Args:
            rows: a DataFrame, a list of dicts, an array, what `aecore.data.load` gives, or the
                name, upload or path of a data set.
            labels: a class for each row, by name or index, for a model that is conditional on it;
                in its place the label column, or the labels that come with arrays.

        Raises:
            DataError: they are of another kind than those of training, with what was expected;
                classes are needed and not there; or none of the rows can be used.
        """
        raw = as_raw(self._read(rows), self.preparation.kind)
        if isinstance(raw, Shards):
            held = raw.rows * int(np.prod(self.preparation.sample_shape)) * FLOAT_BYTES
            remedy = "Use apply_in_parts(…), which gives some rows at a time."
            refuse_above("in_memory_bytes", held, "What would be made of the rows", remedy)
        found = applied_together(list(self.apply_in_parts(raw, labels)))
        refuse_none(found.prepared)
        return found

    def apply_in_parts(
        self, rows: Any, labels: Labels = None, size: int | None = None, *, beside: bool = False
    ) -> Iterator[AppliedRows]:
        """The same in parts of at most `size` samples, for tables that memory cannot hold.

        A part may be empty, and says why in its notes. With `beside`, columns that the run did not
        learn, such as ids and labels, come along in `prepared.beside`.

        Raises:
            DataError: as `apply`, but for rows none of which can be used.
        """
        for part in self.prepared_in_parts(rows, labels, size, beside=beside):
            yield apply_model(self.autoencoder, part)

    def prepared_in_parts(
        self, rows: Any, labels: Labels = None, size: int | None = None, *, beside: bool = False
    ) -> Iterator[PreparedRows]:
        """New rows as the encoder takes them, as `apply_in_parts` does before it applies them."""
        needs_labels = bool(self.autoencoder.labels)
        yield from self.preparation.parts(
            self._read(rows), labels, needs_labels=needs_labels, size=size, beside=beside
        )

    def _read(self, rows: Any) -> Any:
        return read_rows(rows, self.preparation, self.experiment.data.reading)

    def encode(self, x: np.ndarray, labels: np.ndarray | None = None) -> np.ndarray:
        """(n, k) latent codes of samples that are scaled already, (n, *sample_shape).

        Args:
            labels: (n,) class indices, for a model that is conditional on them.
        """
        model = self.autoencoder
        x = np.asarray(x, np.float32)
        if model.labels:
            from aecore.models.autoencoder import with_labels

            x = with_labels(x, _refuse_none(labels), model.labels)
        return model.codes(x)


def _refuse_none(labels: np.ndarray | None) -> np.ndarray:
    if labels is None:
        raise DataError(
            "This model is conditional on the class of a sample, and no classes were given.",
            "Give the class index of each sample as labels=….",
        )
    return np.asarray(labels)
