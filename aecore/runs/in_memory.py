"""`InMemory`: what is large in a result, as training left it."""

from __future__ import annotations

from dataclasses import dataclass

import keras

from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.samples import Samples
from aecore.models.autoencoder import Autoencoder
from aecore.training.events import Event
from aecore.training.first_numbers import FirstNumbers
from aecore.training.snapshot_recorder import SnapshotRecorder


@dataclass(frozen=True)
class InMemory:
    """What is large in a result, as training left it."""

    preparation: FittedPreparation
    autoencoder: Autoencoder
    samples: Samples
    snapshots: SnapshotRecorder
    scorer: Scorer
    events: list[Event]
    first_numbers: FirstNumbers | None = None
    notes: tuple[str, ...] = ()

    @property
    def encoder(self) -> keras.Model:
        """Sample -> code."""
        return self.autoencoder.encoder

    @property
    def decoder(self) -> keras.Model:
        """Code -> sample."""
        return self.autoencoder.decoder
