"""Does the Reconstructions page offer to try a sample of one's own, or say what is possible?"""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.latent_page import PAGE as LATENT_PAGE
from tests.app.latent_page import choose, reading, traces, wait_for_map
from tests.app.trained import Trained

PAGE = "pages/reconstructions.py"
PLACE = re.compile(r"yours lies at (-?[\d.]+), (-?[\d.]+)")
NEAREST = "Distance to the nearest kept code"
WAYS = ["Draw", "Upload", "Perturb"]
# What else must be set for a control to matter.
NEEDS = {
    "Noise seed": {"Noise": 0.3},
    "Square across": {"Covered square": 0.4},
    "Square down": {"Covered square": 0.4},
}
PERTURBATIONS = {
    "Sample": 2,
    "Noise": 0.3,
    "Noise seed": 5,
    "Covered square": 0.6,
    "Square across": 1.0,
    "Square down": 1.0,
    "Shift right": 2,
    "Shift down": -2,
    "Rotation": 45,
}


def open_page(open_tab: OpenTab) -> AppTest:
    """The section in a new tab, without an exception."""
    tab = open_tab().switch_page(PAGE).run()
    next(c for c in tab.segmented_control if c.label == "Show").set_value("Try your own").run()
    assert not tab.exception
    return tab


def test_pictures_can_be_drawn_uploaded_and_disturbed(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """A pad that begins empty, a place for a file, and sliders that begin at nothing."""
    trained["digits"].add_to(store)
    tab = open_page(open_tab)
    ways = next(choice for choice in tab.segmented_control if choice.options == WAYS)

    assert any("Draw something" in caption.value for caption in tab.caption)
    ways.set_value("Upload").run()
    assert [uploader.label for uploader in tab.get("file_uploader")] == ["Picture"]
    next(choice for choice in tab.segmented_control if choice.options == WAYS).set_value(
        "Perturb"
    ).run()

    assert not tab.exception
    sliders = {slider.label: slider.value for slider in tab.slider}
    assert sliders == {
        "Noise": 0.0,
        "Covered square": 0.0,
        "Square across": 0.5,
        "Square down": 0.5,
        "Shift right": 0,
        "Shift down": 0,
        "Rotation": 0,
    }


def opened(open_tab: OpenTab, way: str) -> AppTest:
    """One way to try a sample."""
    tab = open_page(open_tab)
    next(choice for choice in tab.segmented_control if choice.options == WAYS).set_value(way).run()
    return tab


def set_to(tab: AppTest, title: str, value: float) -> None:
    """Move a slider or type a number, by its title."""
    widgets = [*tab.slider, *tab.number_input, *tab.toggle]
    next(widget for widget in widgets if widget.label == title).set_value(value).run()
    assert not tab.exception


def answer(tab: AppTest) -> tuple[list[str], list[str]]:
    """The pictures and the figures of what came back."""
    pictures = [str(image.proto.imgs[0].url) for image in tab.get("image")]
    return pictures, [metric.value for metric in tab.metric]


@pytest.mark.parametrize("title", PERTURBATIONS)
def test_every_perturbation_reaches_the_model(
    open_tab: OpenTab, engine_store: RunStore, title: str
) -> None:
    """Each control, moved alone, changes the picture that comes back and its error."""
    tab = opened(open_tab, "Perturb")
    for other, value in NEEDS.get(title, {}).items():
        set_to(tab, other, value)
    before = answer(tab)

    set_to(tab, title, PERTURBATIONS[title])

    pictures, figures = answer(tab)
    assert pictures[-1] != before[0][-1]
    assert figures != before[1]


def test_an_uploaded_picture_is_answered(open_tab: OpenTab, engine_store: RunStore) -> None:
    """Turning light into dark changes the answer; what is no picture is told."""
    tab = opened(open_tab, "Upload")
    assert not tab.get("image")
    content = io.BytesIO()
    Image.fromarray(np.linspace(0, 255, 400).reshape(20, 20).astype(np.uint8)).save(content, "PNG")

    tab.file_uploader[0].set_value(("own.png", content.getvalue(), "image/png")).run()
    first = answer(tab)
    set_to(tab, "Swap light and dark", True)

    assert len(first[0]) == 1
    assert answer(tab) != first
    tab.file_uploader[0].set_value(("own.png", b"no picture", "image/png")).run()
    assert tab.error and not tab.exception


def test_a_value_of_a_row_reaches_the_model(
    open_tab: OpenTab, engine_store: RunStore, trained: dict[str, Trained]
) -> None:
    """So do noise and the choice of the feature."""
    run_id = trained["breast-cancer"].add_to(engine_store)
    tab = open_tab(run=run_id).switch_page(PAGE).run()
    next(c for c in tab.segmented_control if c.label == "Show").set_value("Try your own").run()
    seen = [answer(tab)[1]]
    set_to(tab, "Its value", next(s for s in tab.slider if s.label == "Its value").max)
    seen.append(answer(tab)[1])
    next(box for box in tab.selectbox if box.label == "Feature to set").set_value(3).run()
    set_to(tab, "Its value", next(s for s in tab.slider if s.label == "Its value").max)
    seen.append(answer(tab)[1])
    set_to(tab, "Noise", 0.5)
    seen.append(answer(tab)[1])

    engine_store.delete(run_id)
    assert len({tuple(figures) for figures in seen}) == len(seen)


def test_pictures_in_colour_are_not_drawn(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """The page says what can be done instead."""
    samples = trained["digits"].samples
    original, reconstruction = (
        x.repeat(3, axis=-1) for x in (samples.original, samples.reconstruction)
    )
    kept = trained["digits"].changed(
        tmp_path / "colour", original=original, reconstruction=reconstruction
    )
    kept.add_to(store)

    tab = open_page(open_tab)

    assert any("the pad draws in grey" in info.value for info in tab.info)


def test_a_row_can_have_one_value_set(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Between the least and the greatest of the kept ones; there is nothing to draw."""
    trained["breast-cancer"].add_to(store)
    values = trained["breast-cancer"].samples.original[:, 0]

    tab = open_page(open_tab)

    value = next(slider for slider in tab.slider if slider.label == "Its value")
    np.testing.assert_allclose([value.min, value.max], [values.min(), values.max()])
    assert all(choice.options != WAYS for choice in tab.segmented_control)


def test_codes_that_are_not_finite_are_explained(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """A sentence instead of a pad."""
    code = np.full_like(trained["digits"].samples.code, np.nan)
    trained["digits"].changed(tmp_path / "spoilt", code=code).add_to(store)

    tab = open_page(open_tab)

    assert any("not finite numbers" in info.value for info in tab.info)


def drawn_place(tab: AppTest) -> np.ndarray:
    """(2,) where the map says that the sample tried last lies."""
    (chart,) = tab.get("echarts_chart")
    found = PLACE.search(chart.proto.alt)
    assert found
    return np.array(found.groups(), dtype=float)


def compute_map(tab: AppTest) -> np.ndarray:
    """(n, 2) the points of a t-SNE map that the page Latent space computes for its run."""
    tab.switch_page(LATENT_PAGE).run()
    choose(tab, "Map", "tsne")
    return points_of(wait_for_map(tab))


def points_of(tab: AppTest) -> np.ndarray:
    """(n, 2) the points of the map on the page Latent space, in the order of the samples."""
    rows = [values(trace["customdata"]) for trace in traces(tab)]
    order = np.argsort(np.concatenate(rows))
    axes = [np.concatenate([values(trace[axis]) for trace in traces(tab)]) for axis in "xy"]
    return np.stack(axes, axis=1)[order]


def values(packed: dict[str, str]) -> np.ndarray:
    """An array as Plotly packs it."""
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])


def test_a_computed_tsne_map_can_be_chosen_and_gives_the_place(
    open_tab: OpenTab, engine_store: RunStore
) -> None:
    """Until then there is PCA and a way to the page; after, a kept sample lands on its own."""
    tab = opened(open_tab, "Perturb")
    assert "Map" not in [choice.label for choice in tab.segmented_control]
    assert "can be chosen here once" in reading(tab)
    assert "Latent space" in [link.proto.label for link in tab.get("page_link")]
    by_pca = drawn_place(tab)

    points = compute_map(tab)
    tab = opened(open_tab, "Perturb")
    np.testing.assert_allclose(drawn_place(tab), by_pca, atol=0.002)
    assert "can be chosen here once" not in reading(tab)
    choose(tab, "Map", "tsne")

    assert "t-SNE with perplexity 30, 500 iterations, seed 0" in reading(tab)
    off = np.linalg.norm(points - drawn_place(tab), axis=1)
    assert off.argmin() == 0
    assert off[0] < 0.05 * np.median(off)
    # Rounded otherwise in a batch of its own, the code lies on the kept one all the same.
    assert {metric.label: metric.value for metric in tab.metric}[NEAREST] == "0.000"

    set_to(tab, "Rotation", 90)
    assert np.linalg.norm(drawn_place(tab) - points[0]) > 0.05 * np.median(off)
    assert {metric.label: metric.value for metric in tab.metric}[NEAREST] != "0.000"
