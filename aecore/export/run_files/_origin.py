"""Where a file comes from: settings, seed, versions and the data's digest of its run."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from aecore.plain_files import read_object

PACKAGES = ("autoencoder-lab", "keras", "tensorflow", "tensorflow-cpu", "numpy", "scikit-learn")


@dataclass(frozen=True)
class Origin:
    """What every exported file carries.

    Attributes:
        experiment: the options of the run, as plain data.
        digest: of the data that it was trained on; empty where the run does not say.
        metrics: its final figures.
        versions: package -> version that exported it.
    """

    experiment: dict[str, Any]
    digest: str
    metrics: dict[str, Any]
    versions: dict[str, str]

    @property
    def as_data(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "experiment": self.experiment,
            "seed": self.experiment.get("seed"),
            "data_digest": self.digest,
            "exported_with": self.versions,
        }


def origin_of(folder: Path) -> Origin:
    """The origin of files that are made of a run's folder.

    Raises:
        DataError: there is no run in the folder, or it has not been measured.
    """
    metrics = read_object(folder / "metrics.json", "What was measured of this run")
    experiment = read_object(folder / "experiment.json", "The settings of this run")
    return Origin(experiment, str(metrics.get("data_digest", "")), metrics, _versions())


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
