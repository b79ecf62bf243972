"""`ScoredRows`: rows of a data set with how odd each is, as a run keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from aecore.data.dataset import Kind
from aecore.data.prepare.scaling import Units
from aecore.errors import DataError
from aecore.evaluation.anomalies.blind_spots import BlindSpot
from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.anomalies.scores import Evidence, Fitted
from aecore.evaluation.anomalies.simulation import SimulatedRecall

# Rows that can be looked at, of each score the oddest, and values of them; so many at least.
SHOWN_OF_EACH = 200
SHOWN_VALUES = 4_000_000
FEWEST_SHOWN = 20
# Among detectors, the run's own network before it was trained.
UNTRAINED = "untrained"
COMMITTEE, COMMITTEE_TITLE = "committee", "A committee of networks"
UNTRAINED_TITLE = "The same network, untrained"


@dataclass(frozen=True)
class ShownRows:
    """The oddest rows with all that is needed to look at them.

    Attributes:
        position: (s,) their places among all rows that were scored.
        x, x_hat: (s, *sample_shape) float32, scaled.
        code: (s, k).
        units: how their values become raw again.
    """

    position: np.ndarray
    x: np.ndarray
    x_hat: np.ndarray
    code: np.ndarray
    units: Units

    @property
    def evidence(self) -> Evidence:
        """For scores that come from single features."""
        return Evidence(self.x, self.x_hat, self.code)

    def of(self, places: np.ndarray) -> ShownRows:
        """Some of them, by their places here."""
        return ShownRows(
            self.position[places],
            self.x[places],
            self.x_hat[places],
            self.code[places],
            self.units.of(places),
        )

    def and_more(self, other: ShownRows) -> ShownRows:
        """These and then others, of the same data."""
        return ShownRows(
            np.concatenate([self.position, other.position]),
            np.concatenate([self.x, other.x]),
            np.concatenate([self.x_hat, other.x_hat]),
            np.concatenate([self.code, other.code]),
            self.units.and_more(len(self.x), other.units, len(other.x)),
        )


@dataclass(frozen=True)
class Expected:
    """What a detector would have expected in the place of its oddest rows.

    Attributes:
        position: (s,) ascending, the places of these rows among all that were scored.
        x_hat: (s, *sample_shape), scaled.
        middle, spread: (features,) of what its training rows differ by from what is expected, as
            `where.learn_usual` gives them.
    """

    position: np.ndarray
    x_hat: np.ndarray
    middle: np.ndarray
    spread: np.ndarray

    @property
    def usual(self) -> Fitted:
        """What is usual of training rows."""
        return {"middle": self.middle, "spread": self.spread}


@dataclass(frozen=True)
class Comparison:
    """What other detectors say of the same rows, learned of the same training rows.

    Attributes:
        position: (c,) which of the scored rows were compared; all, or a sample.
        scores: name -> (c,), higher is odder.
        calibration: name -> (m,) of the rows that calibrate.
        expected: name -> what explains its oddest rows; not of all.
        note: which of them learned of a sample of the training rows, in a sentence; may be empty.
    """

    position: np.ndarray
    scores: Mapping[str, np.ndarray]
    calibration: Mapping[str, np.ndarray]
    expected: Mapping[str, Expected] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class ScoredRows:
    """Rows and how odd each is.

    Attributes:
        title: what was scored, such as "held-out rows".
        kind: of the data.
        rows: (n,) the numbers, from 0, of the rows in their data set; of windows, that of the
            first row of each.
        scores: name of a score -> (n,), higher is odder.
        calibration: name -> (m,) scores of rows that nothing was learned from.
        calibration_labels: (m,) class indices, or None without labels.
        label: (n,) class indices, -1 for an unknown class; None without labels.
        class_names: names of the classes.
        feature_names: of the last axis.
        shown: the oddest rows.
        notes: what was left out or filled, as sentences.
        comparison: other detectors on the same rows; None where they were not asked.
        simulated: recall of planted defects, at the default promise.
        blind_spots: rows far from training that are rebuilt well; `row` is a place among `rows`.
    """

    title: str
    kind: Kind
    rows: np.ndarray
    scores: Mapping[str, np.ndarray]
    calibration: Mapping[str, np.ndarray]
    calibration_labels: np.ndarray | None
    label: np.ndarray | None
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...]
    shown: ShownRows
    notes: tuple[str, ...] = ()
    comparison: Comparison | None = None
    simulated: tuple[SimulatedRecall, ...] = ()
    blind_spots: tuple[BlindSpot, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write everything to one compressed `.npz`."""
        plain = {
            "title": self.title,
            "kind": self.kind,
            "class_names": self.class_names,
            "feature_names": self.feature_names,
            "notes": self.notes,
            "simulated": [asdict(each) for each in self.simulated],
            "blind_spots": [asdict(each) for each in self.blind_spots],
            "about": dict(self.about),
        }
        arrays: dict[str, Any] = {"rows": self.rows, **_named("scores", self.scores)}
        arrays |= _named("calibration", self.calibration)
        arrays |= {f"shown/{name}": getattr(self.shown, name) for name in _SHOWN}
        arrays |= {"units/scale": self.shown.units.scale, "units/offset": self.shown.units.offset}
        if self.label is not None:
            arrays["label"] = self.label
        if self.calibration_labels is not None:
            arrays["calibration_labels"] = self.calibration_labels
        if self.comparison is not None:
            arrays["compared"] = self.comparison.position
            arrays |= _named("others", self.comparison.scores)
            arrays |= _named("others_calibration", self.comparison.calibration)
            plain["comparison_note"] = self.comparison.note
            for name, expected in self.comparison.expected.items():
                arrays |= _named(f"expected/{name}", vars(expected))
        packed = np.frombuffer(json.dumps(plain).encode(), dtype=np.uint8)
        np.savez_compressed(path, plain=packed, **arrays)

    @classmethod
    def load(cls, path: Path) -> ScoredRows:
        """Read what `save` wrote.

        Raises:
            DataError: the file is missing or damaged.
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
            return _of_arrays(json.loads(arrays.pop("plain").tobytes()), arrays)
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
            raise DataError(
                f"These scores cannot be read ({type(error).__name__}).", "Score the rows again."
            ) from None


_SHOWN = ("position", "x", "x_hat", "code")


def most_shown(x: np.ndarray) -> int:
    """How many samples (n, *sample_shape) of each score can be looked at."""
    return max(FEWEST_SHOWN, min(SHOWN_OF_EACH, SHOWN_VALUES // max(1, x[0].size)))


def oddest(scores: Mapping[str, np.ndarray], count: int = SHOWN_OF_EACH) -> np.ndarray:
    """Ascending, the places of the oddest rows of each score, so many of each."""
    found = [np.argsort(-values, kind="stable")[:count] for values in scores.values()]
    return np.unique(np.concatenate(found)) if found else np.arange(0)


def _named(group: str, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {f"{group}/{name}": values for name, values in arrays.items()}


def _group(group: str, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    start = f"{group}/"
    return {n.removeprefix(start): values for n, values in arrays.items() if n.startswith(start)}


def _of_arrays(plain: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> ScoredRows:
    comparison = None
    if "compared" in arrays:
        comparison = Comparison(
            arrays["compared"],
            _group("others", arrays),
            _group("others_calibration", arrays),
            _expected(arrays),
            plain.get("comparison_note", ""),
        )
    return ScoredRows(
        title=plain["title"],
        kind=plain["kind"],
        rows=arrays["rows"],
        scores=_group("scores", arrays),
        calibration=_group("calibration", arrays),
        calibration_labels=arrays.get("calibration_labels"),
        label=arrays.get("label"),
        class_names=tuple(plain["class_names"]),
        feature_names=tuple(plain["feature_names"]),
        shown=ShownRows(**_group("shown", arrays), units=Units(**_group("units", arrays))),
        notes=tuple(plain["notes"]),
        comparison=comparison,
        simulated=tuple(_recall(each) for each in plain["simulated"]),
        blind_spots=tuple(BlindSpot(**each) for each in plain["blind_spots"]),
        about=plain["about"],
    )


def _expected(arrays: Mapping[str, np.ndarray]) -> dict[str, Expected]:
    names = dict.fromkeys(path.split("/")[0] for path in _group("expected", arrays))
    return {name: Expected(**_group(f"expected/{name}", arrays)) for name in names}


def _recall(plain: Mapping[str, Any]) -> SimulatedRecall:
    return SimulatedRecall(**{**plain, "recall": Estimate(**plain["recall"])})
