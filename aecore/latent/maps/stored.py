"""`StoredMap`: a map of the codes as a file keeps it, with all that it was made with."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from aecore.errors import LatentError
from aecore.latent.maps.settings import MapSettings

# Of the file; one of another is not read.
VERSION = 1
# Three numbers of four bytes for each of the samples that a run keeps are a hundredth of this.
MAX_BYTES = 8 * 2**20


@dataclass(frozen=True)
class StoredMap:
    """A map, whole or as far as it came.

    Attributes:
        settings: what it was asked for with.
        points: (n, dimensions) float32.
        iterations: how many were done.
        divergence: Kullback-Leibler divergence of the map from the codes in nats, which t-SNE
            makes small; None where the method has none.
    """

    settings: MapSettings
    points: np.ndarray
    iterations: int
    divergence: float | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it was drawn to its end and not stopped before."""
        return self.iterations >= self.settings.iterations

    def save(self, path: Path) -> None:
        """Write it to one compressed `.npz`: points, and all else as JSON."""
        about = {
            "version": VERSION,
            "settings": asdict(self.settings),
            "iterations": self.iterations,
            "divergence": self.divergence,
        }
        np.savez_compressed(
            path, points=self.points.astype(np.float32), about=np.array(json.dumps(about))
        )

    @classmethod
    def load(cls, path: Path) -> StoredMap:
        """The map in a file that `save` wrote.

        Raises:
            LatentError: it is damaged, of another version, or too large to be one.
        """
        try:
            if path.stat().st_size > MAX_BYTES:
                raise ValueError("too large")
            with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                about, points = json.loads(str(file["about"])), file["points"]
            if about.pop("version") != VERSION:
                raise ValueError("another version")
            settings = MapSettings(**about.pop("settings"))
            found = cls(settings, points.astype(np.float32), **about)
            if not found._is_sound():
                raise ValueError("unsound")
        except Exception as error:
            raise LatentError(
                f"The map in {path.name} cannot be read: it is damaged, or of another version.",
                "Draw it anew.",
            ) from error
        return found

    def _is_sound(self) -> bool:
        points, divergence = self.points, self.divergence
        return (
            points.ndim == 2
            and points.shape[1] == self.settings.dimensions
            and bool(np.isfinite(points).all())
            and isinstance(self.iterations, int)
            and (divergence is None or math.isfinite(divergence))
        )
