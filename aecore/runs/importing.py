"""Importing a run from its ZIP: built anew by our own code, and no file of it is trusted."""

from __future__ import annotations

import zipfile
from pathlib import Path

from aecore.data.checked_archives import Members, open_archive, read_member
from aecore.data.limits import refuse_above
from aecore.errors import DataError
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.experiment.stored import StoredExperiment
from aecore.models import blueprint
from aecore.runs.loading import load
from aecore.training.snapshot_history import SnapshotHistory

REMEDY = "Choose a ZIP that an Autoencoder Lab made of a run."
# What is read of such an archive; whatever else it holds stays packed.
NEEDED = (
    "experiment.json",
    "metrics.json",
    "history.csv",
    "events.jsonl",
    "preparation.json",
    "samples.npz",
    blueprint.BLUEPRINT,
    blueprint.WEIGHTS,
)
BESIDE = ("preparation.npz", "snapshots.npz", "anomalies.npz", "first-numbers.jsonl")


def import_run(path: Path, folder: Path) -> None:
    """Unpack a run into an empty folder, and make its models from settings and weights.

    The folder is then as `save` leaves one, but that the optimizer begins anew.

    Raises:
        DataError: the file holds no run, more than the limits allow, or is damaged.
    """
    with open_archive(path, REMEDY) as (archive, members):
        _unpack(archive, members, folder)
    _build(folder)
    _refuse_unreadable(folder)


def _unpack(archive: zipfile.ZipFile, members: Members, folder: Path) -> None:
    missing = [name for name in NEEDED if name not in members]
    if missing:
        raise DataError(f"This ZIP holds no whole run: there is no {missing[0]}.", REMEDY)
    taken = [name for name in (*NEEDED, *BESIDE) if name in members]
    size = sum(members[name].file_size for name in taken)
    refuse_above("unpacked_bytes", size, "What this ZIP unpacks to", REMEDY)
    for name in taken:
        (folder / name).write_bytes(read_member(archive, members[name]))


def _build(folder: Path) -> None:
    """Write the models' archives, each compiled from the settings."""
    stored = StoredExperiment.from_json((folder / "experiment.json").read_text("utf-8", "replace"))
    if not stored.is_whole:
        raise DataError(" ".join(stored.notes), "Update the app that opens it, or export it again.")
    from aecore.models import archives
    from aecore.training.optimizers import OPTIMIZERS

    training = stored.tree.training
    model = blueprint.rebuilt(folder, stored.tree.model, training.loss)
    optimizer = OPTIMIZERS[training.optimizer]
    model.compile(optimizer=optimizer.build(training.learning_rate, training.clip_norm))
    model.build_optimizers()
    archives.write(model, folder)


def _refuse_unreadable(folder: Path) -> None:
    """Every file that a page would read is read once, so that a damaged one is told now."""
    found = load(folder)
    if not found.events or found.preparation.sample_shape != found.samples.original.shape[1:]:
        raise DataError("The files of this ZIP do not belong together.", REMEDY)
    if found.samples.code.shape[1:] != (found.experiment.model.encoding_dim,):
        raise DataError("The samples are those of another model.", REMEDY)
    if (folder / "snapshots.npz").is_file():
        SnapshotHistory.load(folder / "snapshots.npz")
    if (folder / "anomalies.npz").is_file():
        Scorer.load(folder)
