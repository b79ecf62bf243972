"""Does each kind of sample fit into a snapshot event, and is what it carries right?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aecore.data.dataset import Dataset, Kind
from aecore.data.options import Preprocessing
from aecore.data.prepare.fitting import fit_arrays
from aecore.data.prepare.preparing import Prepared, SampleMetadata
from aecore.data.prepare.split import Split
from aecore.errors import DataError
from aecore.training import events
from aecore.training.first_numbers import FILE, FirstNumbers
from aecore.training.snapshot_history import SnapshotHistory
from aecore.training.snapshot_recorder import (
    LONGEST_NAME,
    PROBE_STEPS,
    PROBE_TERMS,
    SnapshotRecorder,
)

# As JSON, each of these letters is written as twelve.
LONG_NAME = "🙂" * 100
# What a connection takes in one piece, and a browser several times a second.
MOST_BYTES = 64 * 1024


class Halving:
    """Stands where a trained model would: half of every value comes back."""

    def codes(self, x: np.ndarray) -> np.ndarray:
        """The first two values of each sample."""
        return np.resize(x.reshape(len(x), -1), (len(x), 2))

    def reconstructions(self, x: np.ndarray, code: np.ndarray) -> np.ndarray:
        """Half of each sample."""
        return x / 2


def snapshots(
    kind: Kind, x: np.ndarray, seen: np.ndarray | None = None, **about: Any
) -> SnapshotRecorder:
    """Snapshots of samples x, all of them validation rows."""
    x = x.astype(np.float32)
    rows = np.arange(len(x))
    described = {"y": None, "feature_names": tuple(f"name {i}" for i in range(x.shape[-1]))}
    prepared = Prepared(
        train=x,
        validation=x,
        test=x[:0],
        calibration=x[:0],
        split=Split(rows, rows, rows[:0]),
        dataset=SampleMetadata(kind, **{**described, **about}),
        preparation=fit_arrays(Preprocessing(scaling="none"), Dataset(x, None, kind), rows),
        lengths={},
    )
    given = x if seen is None else seen.astype(np.float32)
    return SnapshotRecorder(prepared, given, given, 2, prepared.value_range)


def record(kind: Kind, x: np.ndarray, seen: np.ndarray | None = None, **about: Any) -> Any:
    """The probe of a look."""
    event = snapshots(kind, x, seen, **about).record(Halving(), 1)  # type: ignore[arg-type]
    assert len(json.dumps(event, allow_nan=False)) <= MOST_BYTES
    return event["probe"]


@pytest.mark.parametrize(("steps", "channels"), [(1, 1), (140, 1), (201, 3), (5000, 7)])
def test_series_are_thinned_evenly(steps: int, channels: int) -> None:
    """Every so manyth step of up to four samples and three channels, and how many were left out."""
    x = np.random.default_rng(0).normal(size=(6, steps, channels))

    probe = record("series", x)

    every = probe["every"]
    assert len(probe["channels"]) == min(channels, 3)
    assert (probe["of_steps"], probe["of_channels"]) == (steps, channels)
    assert every == -(-steps // PROBE_STEPS)
    for number, channel in enumerate(probe["channels"]):
        original = events.unpack(channel["original"])
        span = channel["original"]["high"] - channel["original"]["low"]
        kept = len(original)
        assert channel["name"] == f"name {number}"
        np.testing.assert_allclose(original, x[:kept, ::every, number], atol=span / 255)
        np.testing.assert_allclose(
            events.unpack(channel["reconstruction"]), original / 2, atol=span / 255
        )


def test_a_large_channel_does_not_blur_a_small_one() -> None:
    """Each is packed in its own range, with room for what overshoots."""
    x = np.stack([np.linspace(0, 1e-3, 50), np.linspace(0, 1e3, 50)], axis=-1)[None]

    small = record("series", x)["channels"][0]

    np.testing.assert_allclose(events.unpack(small["original"])[0], x[0, :, 0], atol=1e-5)
    assert small["original"]["low"] == pytest.approx(-0.25e-3)


def test_a_series_that_never_changes_is_drawn() -> None:
    """Its range is not empty."""
    channel = record("series", np.full((2, 30, 1), 5.0))["channels"][0]

    assert events.unpack(channel["original"])[0] == pytest.approx(np.full(30, 5.0), abs=0.01)


def test_noisy_series_come_with_what_the_encoder_saw() -> None:
    """Only where that is something else."""
    x = np.zeros((2, 20, 1)) + np.linspace(0, 1, 20)[:, None]

    assert "seen" in record("series", x, seen=x + 0.1)["channels"][0]
    assert "seen" not in record("series", x)["channels"][0]


def test_texts_are_carried_as_their_heaviest_terms() -> None:
    """Name, weight and whether the other side has it; no vector of thousands of numbers."""
    x = np.zeros((5, 2000))
    x[0, [7, 3]] = 0.25, 0.5

    probe = record("text", x)

    assert len(probe["texts"]) == 4
    assert probe["texts"][0] == {
        "original": [["name 3", 0.5, True], ["name 7", 0.25, True]],
        "reconstruction": [["name 3", 0.25, True], ["name 7", 0.125, True]],
    }
    assert probe["texts"][1] == {"original": [], "reconstruction": []}
    assert "original" not in probe


@pytest.mark.parametrize("kind", ["series", "text"])
def test_long_names_are_cut(kind: Kind) -> None:
    """The longest that a file may hold still fit into an event."""
    x = np.random.default_rng(0).random((4, 300, 3) if kind == "series" else (4, 300))

    probe = record(
        kind,
        x,
        feature_names=(LONG_NAME,) * x.shape[-1],
        y=np.zeros(4, int),
        class_names=(LONG_NAME,),
    )

    if kind == "series":
        found = [channel["name"] for channel in probe["channels"]]
    else:
        assert len(probe["texts"][0]["original"]) == PROBE_TERMS
        found = [term[0] for term in probe["texts"][0]["original"]]
    assert {len(name) for name in [*found, *probe["labels"]]} == {LONGEST_NAME}


def test_channels_without_names_are_numbered() -> None:
    """A file of numbers alone has none."""
    channels = record("series", np.zeros((1, 5, 2)), feature_names=())["channels"]

    assert [channel["name"] for channel in channels] == ["channel 1", "channel 2"]


@pytest.mark.parametrize(("kind", "shape"), [("image", (9, 200, 300, 3)), ("table", (9, 30_000))])
def test_large_images_and_tables_still_fit(kind: Kind, shape: tuple[int, ...]) -> None:
    """Thinned as before, with originals and reconstructions as packed arrays."""
    probe = record(kind, np.random.default_rng(0).random(shape))

    assert probe["original"]["shape"] == probe["reconstruction"]["shape"]
    assert probe["kind"] == kind


def test_few_long_series_are_kept_in_a_runs_folder() -> None:
    """Samples of half a million values are kept one, not four."""
    kept = snapshots("series", np.zeros((4, 5000, 100)))

    assert len(kept.probe) == 1


@pytest.mark.parametrize("size", [1e-7, 1.0, 1e6])
def test_what_was_seen_is_read_again(tmp_path: Path, size: float) -> None:
    """Reconstructions, codes, errors and labels of each look, whatever the size of the values."""
    x = size * np.random.default_rng(0).uniform(0.1, 1.0, (20, 6))
    kept = snapshots("table", x, y=np.arange(20) % 3, class_names=("a", "b", "c"))
    kept.keep(Halving(), 0)  # type: ignore[arg-type]
    kept.record(Halving(), 1)  # type: ignore[arg-type]
    kept.save(tmp_path / "snapshots.npz")

    history = SnapshotHistory.load(tmp_path / "snapshots.npz")

    assert history.epochs.tolist() == [0, 1]
    np.testing.assert_allclose(history.original, x[:10], rtol=1e-6)
    np.testing.assert_allclose(history.reconstruction[1], x[:10] / 2, rtol=1e-3)
    np.testing.assert_allclose(history.code[0], np.resize(x, (20, 2)), rtol=1e-3)
    assert history.error is not None and history.label is not None
    np.testing.assert_allclose(history.error, [np.square(x / 2).mean(axis=1)] * 2, rtol=1e-5)
    assert history.label.tolist() == (np.arange(20) % 3).tolist()
    assert history.rows.tolist() == list(range(10))


def test_errors_of_huge_samples_are_kept_of_a_few() -> None:
    """Training is not held up by decoding hundreds of large samples at every look."""
    kept = snapshots("table", np.zeros((500, 40_000)))

    kept.keep(Halving(), 1)  # type: ignore[arg-type]

    assert len(kept.errors[0]) == 50


def test_places_on_the_map_are_not_seen_to_be_rounded() -> None:
    """To a fiftieth of a pixel on a map of a thousand: no rows and columns of points."""
    x = np.random.default_rng(0).normal(size=(400, 6))
    event = snapshots("table", x).record(Halving(), 1)  # type: ignore[arg-type]
    points = events.unpack(event["map"]["points"])
    np.testing.assert_allclose(points, Halving().codes(x), atol=np.ptp(x) / 50_000)


class Adding:
    """Each number of a code stands for a value of the sample, in order."""

    def codes(self, x: np.ndarray) -> np.ndarray:
        """All values of each sample."""
        return x.reshape(len(x), -1)

    def reconstructions(self, x: np.ndarray, code: np.ndarray) -> np.ndarray:
        """The values that are left of the code."""
        return code.reshape(x.shape)


@pytest.mark.parametrize(
    ("kind", "x"),
    [
        ("image", np.linspace(0.1, 1, 36).reshape(4, 3, 3, 1)),
        ("table", np.linspace(0.1, 1, 20).reshape(4, 5)),
        ("series", np.linspace(0.1, 1, 24).reshape(4, 3, 2)),
        ("text", np.linspace(0.1, 1, 24).reshape(4, 6)),
    ],
)
def test_samples_are_kept_at_each_length_of_their_codes(
    kind: Kind, x: np.ndarray, tmp_path: Path
) -> None:
    """Errors fall to none, and what is kept is read again; what is damaged is told."""
    recorder = snapshots(kind, x)
    found = recorder.first_numbers(Adding())  # type: ignore[arg-type]
    assert found.lengths == tuple(range(1, x[0].size + 1))
    flat = recorder.probe.reshape(len(recorder.probe), -1)
    for length, error in zip(found.lengths, found.errors, strict=True):
        expected = np.square(flat[:, length:]).sum() / flat.size
        assert error == pytest.approx(expected, rel=1e-5, abs=1e-9)
    assert {probe["kind"] for probe in found.probes} == {kind}
    assert found.probes[0] != found.probes[-1]
    found.save(tmp_path)
    assert FirstNumbers.load(tmp_path / FILE) == found
    (tmp_path / FILE).write_text('{"length": 1}\n')
    with pytest.raises(DataError, match="Train it again"):
        FirstNumbers.load(tmp_path / FILE)
