"""Does a film show every frame from one fixed place, and what was there?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aecore.latent.film import losses_at, make_film
from aecore.latent.maps.projection import pca
from tests.made import kept_snapshots, samples

ROWS = np.zeros((2, 4))


def test_the_last_frame_is_the_map_that_pca_draws() -> None:
    """Up to scale and place: distances between points are in one proportion."""
    snapshots = kept_snapshots(4, ROWS)

    film = make_film(snapshots, samples("table", ROWS, ROWS))

    drawn, expected = film.points[-1], pca(snapshots.code[-1], 2).points
    inside = (drawn > 0).all(axis=1) & (drawn < 1).all(axis=1)
    ratios = np.ptp(drawn[inside], axis=0) / np.ptp(expected[inside], axis=0)
    assert inside.sum() > 20 and ratios[0] == pytest.approx(ratios[1], rel=1e-3)
    assert film.explained == pytest.approx(pca(snapshots.code[-1], 2).explained)


def test_only_the_code_moves_and_not_the_view() -> None:
    """Codes that stay stay where they are; codes that are shifted all move by the same."""
    snapshots = kept_snapshots(3, ROWS)
    code = np.stack([snapshots.code[-1]] * 3)
    code[0] += 0.01 * (snapshots.code[-1][0] - snapshots.code[-1][1])

    points = make_film(replace(snapshots, code=code), samples("table", ROWS, ROWS)).points

    np.testing.assert_allclose(points[1], points[2], atol=1e-6)
    inside = ((points > 0) & (points < 1)).all(axis=(0, 2))
    moved = (points[0] - points[2])[inside]
    np.testing.assert_allclose(moved, moved[:1].repeat(len(moved), axis=0), atol=1e-5)
    assert np.abs(moved).max() > 1e-4


def test_every_error_is_counted_at_every_frame() -> None:
    """Also those beyond what the axis spans; edges stand in equal ratios."""
    snapshots = kept_snapshots(3, ROWS)
    assert snapshots.error is not None
    snapshots.error[0, 0], snapshots.error[1, 1] = 0.0, 1e-30

    film = make_film(snapshots, samples("table", ROWS, ROWS))

    assert film.counts.sum(axis=1).tolist() == [30, 30, 30]
    np.testing.assert_allclose(film.edges[1:] / film.edges[:-1], film.edges[1] / film.edges[0])
    np.testing.assert_allclose(film.mean_error, snapshots.error.mean(axis=1))


@pytest.mark.parametrize("error", [None, np.zeros((3, 30)), np.full((3, 30), np.nan)])
def test_without_errors_there_is_no_histogram(error: np.ndarray | None) -> None:
    """Of earlier versions, or where nothing was off."""
    film = make_film(replace(kept_snapshots(3, ROWS), error=error), samples("table", ROWS, ROWS))

    assert len(film.edges) == film.counts.size == len(film.mean_error) == 0


def test_a_long_film_keeps_its_first_and_last_frame() -> None:
    """And says how many looks there were."""
    film = make_film(kept_snapshots(90, ROWS), samples("table", ROWS, ROWS), most=10)

    assert len(film.snapshots.epochs) == len(film.points) == len(film.counts) == 10
    assert (film.snapshots.epochs[0], film.snapshots.epochs[-1], film.snapshots_kept) == (0, 89, 90)


@pytest.mark.parametrize(("known", "expected"), [(30, True), (29, False)])
def test_missing_labels_are_taken_from_samples_that_hold_every_row(
    known: int, expected: bool
) -> None:
    """By row number, not by place."""
    rows = np.arange(30)[::-1][:known]
    kept = samples("table", np.zeros((known, 4)), np.zeros((known, 4)), index=rows, label=rows % 7)

    film = make_film(replace(kept_snapshots(2, ROWS), label=None), kept)

    assert (film.label is not None) == expected
    assert film.label is None or film.label.tolist() == (np.arange(30) % 7).tolist()


@pytest.mark.parametrize("width", [1, 2, 40])
def test_codes_of_any_width_and_a_single_look_make_a_film(width: int) -> None:
    """Also if all codes are the same."""
    snapshots = kept_snapshots(1, ROWS, width)
    for code in (snapshots.code, np.zeros_like(snapshots.code)):
        film = make_film(replace(snapshots, code=code), samples("table", ROWS, ROWS))
        assert film.points.shape == (1, 30, 2) and np.isfinite(film.points).all()


def test_losses_stand_at_their_epochs() -> None:
    """Validation before training loss; none before training, and none where it is not known."""
    epochs = np.array([0, 1, 3, 9])

    assert losses_at(epochs, {"loss": [9.0] * 3, "val_loss": [3.0, 2.0, 1.0]}) == [None, 3, 1, None]
    assert losses_at(epochs, {"loss": [9.0, 8.0, 7.0], "val_loss": []}) == [None, 9, 7, None]
