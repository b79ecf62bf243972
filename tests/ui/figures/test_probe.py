"""Are original, reconstruction and difference drawn pixel for pixel?"""

from __future__ import annotations

import base64
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from aecore.training import events
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.probe import describe_probe, plot_empty_probe, plot_probe

SVG = "{http://www.w3.org/2000/svg}"
RNG = np.random.default_rng(0)


def look(original: np.ndarray, reconstruction: np.ndarray, low: float = 0.0) -> events.Event:
    """A snapshot of these samples, values from `low` to 1."""
    kind = "image" if original.ndim == 4 else "table"
    probe = {
        "kind": kind,
        "measured_on": "validation",
        "original": events.pack(original, low=low, high=1.0),
        "reconstruction": events.pack(reconstruction, low=low, high=1.0),
    }
    return events.snapshot(3, probe, {})


def pictures(event: events.Event, palette: Palette = LIGHT) -> list[np.ndarray]:
    """The pixels of every picture in the figure, (height, width, 3), in order."""
    svg = ElementTree.fromstring(plot_probe(event, palette))
    found = []
    for image in svg.iter(f"{SVG}image"):
        assert image.attrib["image-rendering"] == "pixelated"
        data = base64.b64decode(image.attrib["href"].split(",", 1)[1])
        found.append(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
    return found


@pytest.mark.parametrize("channels", [1, 3])
def test_images_stand_in_three_rows(channels: int) -> None:
    """Five samples are fifteen pictures and a key, each original with its own pixels."""
    x = RNG.random((5, 4, 6, channels))
    drawn = pictures(look(x, x))
    assert len(drawn) == 3 * 5 + 1
    assert all(picture.shape == (4, 6, 3) for picture in drawn[:15])
    expected = np.broadcast_to(x[2] * 255, (4, 6, 3))
    np.testing.assert_allclose(drawn[2], expected, atol=1.5)
    np.testing.assert_array_equal(drawn[2], drawn[5 + 2])


def test_what_the_encoder_saw_has_a_row_of_its_own() -> None:
    """Of a denoising run the noisy samples stand under the originals."""
    x, noisy = RNG.random((2, 3, 4, 4, 1))
    event = look(x, x)
    event["probe"]["seen"] = events.pack(noisy)
    drawn = pictures(event)
    assert len(drawn) == 4 * 3 + 1
    np.testing.assert_allclose(drawn[3][..., 0], noisy[0, ..., 0] * 255, atol=1.5)
    assert "Noisy input" in plot_probe(event, LIGHT)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_sign_of_a_difference_is_its_colour(palette: Palette) -> None:
    """Too high is warm, too low is blue, and no difference is neither."""
    x = np.full((3, 2, 2, 1), 0.5)
    too_high, too_low, equal = (
        pictures(look(x, x + shift), palette)[6][0, 0].astype(int) for shift in (0.4, -0.4, 0.0)
    )
    assert too_high[0] > too_high[2] + 60
    assert too_low[2] > too_low[0] + 60
    assert abs(equal[0] - equal[2]) < 20


@pytest.mark.parametrize("low", [0.0, -1.0])
def test_a_table_is_three_blocks_of_samples_by_features(low: float) -> None:
    """Every sample is a line and every feature a column."""
    x = RNG.uniform(low, 1.0, (6, 9))
    drawn = pictures(look(x, x * 0.5, low))
    assert [picture.shape for picture in drawn[:3]] == [(6, 9, 3)] * 3
    assert not np.array_equal(drawn[0], drawn[1])


def test_a_few_large_values_do_not_wash_out_a_table() -> None:
    """Usual values keep different colours beside one that is fifty times larger."""
    x = np.tile(np.linspace(-0.02, 0.02, 20), (10, 1))
    x[0, 0] = 1.0
    columns = pictures(look(x, x, -1.0))[0][5].astype(int)
    assert np.abs(columns[0] - columns[-1]).max() > 100


@pytest.mark.parametrize("shape", [(28, 28, 1), (8, 8, 1), (30,)])
def test_room_is_kept_before_the_first_look(shape: tuple[int, ...]) -> None:
    """The empty frame is as large as the figure that will fill it."""
    x = RNG.random((10, *shape))
    empty = ElementTree.fromstring(
        plot_empty_probe("image" if len(shape) == 3 else "table", shape, LIGHT)
    )
    filled = ElementTree.fromstring(plot_probe(look(x, x), LIGHT))
    assert empty.attrib["viewBox"] == filled.attrib["viewBox"]


def test_one_large_picture_does_not_fill_the_page() -> None:
    """A probe of a single image is no wider than a thumbnail."""
    x = RNG.random((1, 64, 64, 3))
    svg = ElementTree.fromstring(plot_probe(look(x, x), LIGHT))
    assert float(svg.attrib["height"]) < 420


def test_the_figure_is_described_in_words() -> None:
    """How many samples, when, and how far off."""
    x = np.zeros((4, 2, 2, 1))
    assert describe_probe(look(x, x + 1.0)) == (
        "4 samples as original, reconstruction and difference after epoch 3; "
        "mean squared error 1.0000."
    )
