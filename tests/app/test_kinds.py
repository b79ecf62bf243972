"""Do the pages show series and texts as what they are?"""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aecore.evaluation.reconstruction import errors_by_feature
from aecore.evaluation.samples import Samples
from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.trained import Trained
from tests.made import HOSTILE, series, texts
from ui.figures.series import MAX_POINTS
from ui.shared.gallery import MAX_CHANNELS

SERIES = [(1, 1), (140, 1), (64, 3), (200, 7), (5000, 2)]


def kept(run: Trained, folder: Path, samples: Samples) -> Trained:
    """A copy of a run that was measured on these samples."""
    shutil.copytree(run.folder, folder)
    samples.save(folder / "samples.npz")
    return Trained(folder)


def open_page(open_tab: OpenTab, page: str) -> AppTest:
    """A page in a new tab, without an exception."""
    tab = open_tab().switch_page(f"pages/{page}.py").run()
    assert not tab.exception
    return tab


def captions(tab: AppTest) -> str:
    """All that is said in captions."""
    return "\n".join(caption.value for caption in tab.caption)


@pytest.mark.parametrize(("steps", "channels"), SERIES)
def test_series_are_shown_as_lines(
    open_tab: OpenTab,
    store: RunStore,
    trained: dict[str, Trained],
    tmp_path: Path,
    steps: int,
    channels: int,
) -> None:
    """A chart a sample, one of the errors' spread and one by step, and a line a channel."""
    made = series(10, steps, channels)
    kept(trained["digits"], tmp_path / "run", made).add_to(store)

    tab = open_page(open_tab, "reconstructions")

    # Four samples, the histogram, the errors by step, the best and the worst.
    assert len(tab.get("plotly_chart")) == 8
    table = tab.dataframe[0].value
    expected = errors_by_feature(Trained(tmp_path / "run").samples)
    assert table["Channel"].tolist() == [item.name for item in expected]
    np.testing.assert_allclose(table["Mean error"], [item.mean for item in expected])
    assert "By step" in [header.value for header in tab.subheader]
    said = captions(tab)
    assert ("with the largest errors" in said) == (channels > MAX_CHANNELS)
    assert (f"Of {steps:,} steps" in said) == (steps > MAX_POINTS)


def test_texts_are_shown_as_terms(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """A picture a sample with its heaviest terms, and a line a term, the worst of many."""
    made = texts(20, 500)
    kept(trained["digits"], tmp_path / "run", made).add_to(store)

    tab = open_page(open_tab, "reconstructions")

    # Six samples, two of the best and two of the worst.
    assert len(tab.get("image")) == 10
    assert len(tab.get("plotly_chart")) == 1
    assert len(tab.dataframe[0].value) == 100
    assert "Term" in tab.dataframe[0].value
    assert "The 100 worst of 500." in captions(tab)
    assert "By step" not in [header.value for header in tab.subheader]


@pytest.mark.parametrize("made", [series(8, 30, 2), texts(8, 30)], ids=lambda made: made.kind)
def test_names_are_shown_as_text(
    open_tab: OpenTab,
    store: RunStore,
    trained: dict[str, Trained],
    tmp_path: Path,
    made: Samples,
) -> None:
    """A class, channel or term named in Markdown and HTML gives no markup anywhere."""
    labelled = dataclasses.replace(made, label=np.zeros(8, dtype=np.int64), class_names=(HOSTILE,))
    kept(trained["digits"], tmp_path / "run", labelled).add_to(store)

    tab = open_page(open_tab, "reconstructions")

    said = captions(tab)
    assert "row 0 · MSE" in said
    assert "](" not in said and ":red[" not in said and "<b>" not in said


@pytest.mark.parametrize("made", [series(30, 64, 3), texts(30, 40)], ids=lambda made: made.kind)
def test_the_map_has_their_cards(
    open_tab: OpenTab,
    store: RunStore,
    trained: dict[str, Trained],
    tmp_path: Path,
    made: Samples,
) -> None:
    """The latent map of series and texts is drawn, with a card for the sample under the mouse."""
    kept(trained["digits"], tmp_path / "run", made).add_to(store)

    tab = open_page(open_tab, "latent_space")

    assert len(tab.get("plotly_chart")) == 1
    card = str(tab.get("bidi_component")[0].proto)
    assert ("name 2" in card) and (("In: " in card) == (made.kind == "text"))
