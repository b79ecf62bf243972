"""A map in a file: whole, or refused with a sentence."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from aecore.errors import LatentError
from aecore.latent.maps.settings import MapSettings
from aecore.latent.maps.stored import MAX_BYTES, VERSION, StoredMap

SETTINGS = MapSettings("tsne", 2, 500, 7, (("perplexity", 30),))
POINTS = np.random.default_rng(0).normal(size=(40, 2)).astype(np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of a map."""
    file = tmp_path / "map.npz"
    StoredMap(SETTINGS, POINTS, 500, divergence=1.25).save(file)
    return file


def test_a_map_comes_back_as_it_was(path: Path, tmp_path: Path) -> None:
    """Points to the last digit, all settings, and how far it came."""
    found = StoredMap.load(path)
    np.testing.assert_array_equal(found.points, POINTS)
    assert (found.settings, found.iterations, found.divergence) == (SETTINGS, 500, 1.25)
    assert found.is_whole

    part = tmp_path / "part.npz"
    StoredMap(SETTINGS, POINTS, 120).save(part)
    assert (StoredMap.load(part).is_whole, StoredMap.load(part).divergence) == (False, None)


def test_equal_settings_have_one_name(path: Path) -> None:
    """In whatever order and as whole numbers or not; each setting tells maps apart."""
    own = (("min_dist", 0.1), ("neighbours", 15))
    first = MapSettings("umap", 2, 500, 0, own)
    assert first == MapSettings("umap", 2, 500, 0, own[::-1])
    assert first.digest == MapSettings("umap", 2, 500, 0, (own[0], ("neighbours", 15.0))).digest
    others = [
        dataclasses.replace(SETTINGS, **change)
        for change in (
            {"method": "umap"},
            {"dimensions": 3},
            {"iterations": 501},
            {"seed": 8},
            {"own": (("perplexity", 31),)},
        )
    ]
    assert len({SETTINGS.digest, *(other.digest for other in others)}) == 6
    assert StoredMap.load(path).settings.digest == SETTINGS.digest


def about(**changes: object) -> str:
    """What a file says beside its points."""
    settings = dataclasses.asdict(SETTINGS)
    told = {"version": VERSION, "settings": settings, "iterations": 500, "divergence": None}
    return json.dumps({**told, **changes})


@pytest.mark.parametrize(
    "arrays",
    [
        {"points": POINTS, "about": np.array(about(version=VERSION + 1))},
        {"points": POINTS, "about": np.array(about(settings={"method": "tsne"}))},
        {"points": POINTS, "about": np.array(about(further=1))},
        {"points": POINTS, "about": np.array(about(iterations="all"))},
        {"points": POINTS, "about": np.array("no JSON")},
        {"points": POINTS[:, :1], "about": np.array(about())},
        {"points": POINTS * np.nan, "about": np.array(about())},
        {"points": np.array([["a", "b"]]), "about": np.array(about())},
        {"points": np.array([[object(), 1]]), "about": np.array(about())},
        {"points": POINTS},
    ],
)
def test_what_is_no_map_is_refused(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Of another version, without a part, with points that are none; nothing is unpickled."""
    np.savez(tmp_path / "map.npz", **arrays)
    with pytest.raises(LatentError, match="damaged, or of another version"):
        StoredMap.load(tmp_path / "map.npz")


def test_a_file_that_is_cut_gone_or_huge_is_refused(path: Path, tmp_path: Path) -> None:
    """As after a full disk, or by someone else's hand."""
    path.write_bytes(path.read_bytes()[:200])
    huge = tmp_path / "huge.npz"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for file in (path, huge, tmp_path / "gone.npz"):
        with pytest.raises(LatentError, match="cannot be read"):
            StoredMap.load(file)
