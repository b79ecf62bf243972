"""Does the Reconstructions page show what a run made of held-out samples, or say why not?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aecore.evaluation.image_quality import compare_images
from aecore.evaluation.reconstruction import errors_by_class, errors_by_feature
from aecore.experiment import Experiment
from aecore.runs import RunStore
from aecore.wording import against
from tests.app.conftest import OpenTab
from tests.app.trained import Trained

PAGE = "pages/reconstructions.py"
ON_A_PAGE = 12
CARD = re.compile(r"row ([\d,]+) · MSE ([\d.e-]+)(?: |$)")


def open_page(open_tab: OpenTab, **address: str) -> AppTest:
    """The page in a new tab, without an exception."""
    tab = open_tab(**address).switch_page(PAGE).run()
    assert not tab.exception
    return tab


def rows(tab: AppTest) -> list[int]:
    """The rows whose cards are shown among the samples, in order."""
    found = [CARD.search(caption.value) for caption in tab.caption]
    return [int(match[1].replace(",", "")) for match in found if match][:ON_A_PAGE]


def control(tab: AppTest, label: str) -> Any:
    """The selectbox with a label."""
    return next(box for box in tab.selectbox if box.label == label)


def reorder(tab: AppTest, order: str) -> AppTest:
    """Choose another order of the samples."""
    next(c for c in tab.segmented_control if c.label == "Order").set_value(order).run()
    assert not tab.exception
    return tab


def test_without_runs_the_page_says_where_to_get_one(open_tab: OpenTab, store: RunStore) -> None:
    """It explains, links to Train and Runs, and shows no figures."""
    tab = open_page(open_tab)

    assert "There is no run to look at yet" in tab.info[0].value
    assert len(tab.get("page_link")) == 2
    assert not tab.metric


def test_the_newest_run_is_shown_with_its_figures(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Held-out figures with a yardstick, and how many rows they stand for."""
    trained["digits"].add_to(store)

    tab = open_page(open_tab)

    metrics = trained["digits"].metrics
    shown = {metric.label: metric for metric in tab.metric}
    assert float(shown["MSE"].value) == pytest.approx(metrics["mse"], rel=0.01)
    assert float(shown["MAE"].value) == pytest.approx(metrics["mae"], rel=0.01)
    assert shown["MSE"].delta == against(metrics["relative_to_pca"], "PCA")
    assert any("359 validation rows" in caption.value for caption in tab.caption)
    quality = compare_images(trained["digits"].samples)
    assert float(shown["SSIM"].value) == pytest.approx(quality.run.ssim, rel=0.01)
    assert float(shown["PSNR (dB)"].value) == pytest.approx(quality.run.psnr, rel=0.01)
    assert shown["SSIM"].delta.startswith(f"PCA {quality.pca.ssim:.2f}")


def test_samples_are_shown_in_the_order_asked_for(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """At first as in the data; worst first begins with the largest error."""
    trained["digits"].add_to(store)
    samples = trained["digits"].samples

    tab = open_page(open_tab)
    assert rows(tab) == samples.index[:ON_A_PAGE].tolist()

    worst = samples.index[np.argsort(-samples.error)[:ON_A_PAGE]].tolist()
    assert rows(reorder(tab, "worst")) == worst
    best = samples.index[np.argsort(samples.error)[:ON_A_PAGE]].tolist()
    assert rows(reorder(tab, "best")) == best


def test_only_one_class_can_be_shown(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """All cards are of that class, and no other sample is among them."""
    trained["digits"].add_to(store)
    samples = trained["digits"].samples
    tab = open_page(open_tab)

    control(tab, "Class").select(7).run()

    assert samples.label is not None
    assert rows(tab) == samples.index[samples.label == 7][:ON_A_PAGE].tolist()


def test_classes_are_compared_with_the_average(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """One line a class, worst first, as counted from the samples."""
    trained["digits"].add_to(store)

    (table,) = (frame.value for frame in open_page(open_tab).dataframe)

    expected = errors_by_class(trained["digits"].samples)
    assert table["Class"].tolist() == [item.name for item in expected]
    np.testing.assert_allclose(table["Relative"], [item.relative for item in expected])
    assert table["Rows"].sum() == 359


def test_a_table_is_compared_feature_by_feature(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Dots for each sample instead of pictures, and one line a feature, worst first."""
    trained["breast-cancer"].add_to(store)

    tab = open_page(open_tab)

    features = tab.dataframe[1].value
    expected = errors_by_feature(trained["breast-cancer"].samples)
    assert features["Feature"].tolist() == [item.name for item in expected]
    assert not tab.get("image") and "SSIM" not in {metric.label for metric in tab.metric}
    # Two samples, the histogram, the best and the worst.
    assert len(tab.get("plotly_chart")) == 5


@pytest.mark.parametrize("order", ["best", "worst"])
def test_a_sample_can_stand_in_two_places(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], order: str
) -> None:
    """The first in that order is also the best or worst of all."""
    trained["breast-cancer"].add_to(store)

    tab = reorder(open_page(open_tab), order)

    shown = [CARD.search(caption.value) for caption in tab.caption]
    found = [match[1] for match in shown if match]
    assert len(found) == 4 and len(set(found)) == 3


def test_the_run_in_the_address_is_shown(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Not the newest one; another can be chosen, and the address follows."""
    older = trained["digits"].add_to(store, "older")
    newer = trained["breast-cancer"].add_to(store, "newer")

    tab = open_page(open_tab, run=older)
    assert control(tab, "Run").value == older

    control(tab, "Run").select(newer).run()
    assert tab.query_params["run"] == newer
    assert len(tab.dataframe) == 2


def test_runs_of_one_name_and_minute_are_told_apart(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Of three alike the one in the address is shown, and stays when something else is clicked."""
    ids = [trained["digits"].add_to(store) for _ in range(3)]
    for run_id in ids:
        tab = open_page(open_tab, run=run_id)
        reorder(tab, "worst")
        assert tab.query_params["run"] == run_id
        assert len(set(control(tab, "Run").options)) == 3


@pytest.mark.parametrize("run_id", ["0" * 32, "../../etc/passwd", "**bold** " * 20])
def test_a_run_that_does_not_exist_is_said_to_be_gone(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], run_id: str
) -> None:
    """The page goes on with the newest one, and no markup comes of the address."""
    kept = trained["digits"].add_to(store)

    tab = open_page(open_tab, run=run_id)

    assert "There is no run" in tab.warning[0].value
    assert "**bold" not in tab.warning[0].value
    assert control(tab, "Run").value == kept


def test_a_failed_run_says_why_there_is_nothing_to_see(open_tab: OpenTab, store: RunStore) -> None:
    """Its cause and what to do, with links, and no figures or cards."""
    run_id = store.create(Experiment.from_dict({"data": {"source": "digits"}}))
    store.end(run_id, "failed", cause="The loss diverged at epoch 3.", remedy="Train slower.")

    tab = open_page(open_tab)

    assert "The loss diverged at epoch 3" in tab.warning[0].value.replace("\\", "")
    assert len(tab.get("page_link")) == 2
    assert not tab.metric and not tab.get("image")


def test_a_run_that_goes_on_is_not_shown_half(open_tab: OpenTab, store: RunStore) -> None:
    """It is said to be still training, and can be chosen only because it is open."""
    run_id = store.create(Experiment.from_dict({"data": {"source": "digits"}}))
    store.claim(run_id)

    tab = open_page(open_tab, run=run_id)

    assert "still training" in tab.info[0].value
    assert not tab.metric


def test_a_damaged_run_is_explained(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """A samples file cut short gives a sentence, not a traceback."""
    run_id = trained["digits"].add_to(store)
    path = store.path(run_id, "samples.npz")
    path.write_bytes(path.read_bytes()[:500])

    tab = open_page(open_tab)

    assert "cannot be read" in tab.error[0].value
    assert not tab.metric


def test_figures_of_training_rows_are_marked_as_such(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Where nothing was held out, the page does not let remembered rows pass for new ones."""
    run_id = store.create(trained["digits"].experiment)
    store.keep(run_id, trained["digits"].folder)
    store.end(run_id, "finished", {**trained["digits"].metrics, "measured_on": "training"})

    tab = open_page(open_tab)

    assert "No rows were held out" in tab.warning[0].value


def test_names_are_shown_as_text(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """A class named in Markdown gives no link, no colour and no HTML."""
    hostile = "[x](http://a.b) :red[y] <b>z</b>"
    names = (hostile, *"123456789")
    trained["digits"].changed(tmp_path / "named", class_names=names).add_to(store)

    tab = open_page(open_tab)
    control(tab, "Class").select(0).run()

    named = [caption.value for caption in tab.caption if CARD.search(caption.value)]
    assert named
    assert all("](" not in card and ":red[" not in card and "<b>" not in card for card in named)
