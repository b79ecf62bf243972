"""Does the Reconstructions page offer to try a sample of one's own, or say what is possible?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.trained import Trained

PAGE = "pages/reconstructions.py"
WAYS = ["Draw", "Upload", "Perturb"]


def open_page(open_tab: OpenTab) -> AppTest:
    """The page in a new tab, without an exception."""
    tab = open_tab().switch_page(PAGE).run()
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
