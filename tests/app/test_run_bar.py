"""Does every page say which run it shows, how it did, and how to look at another?"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from aecore.experiment import Experiment
from aecore.runs import RunStore
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained
from ui.app import services

PAGES = ("reconstructions", "latent_space", "dimensions", "features", "anomalies", "generate")


def said(tab: AppTest) -> str:
    """All captions and Markdown as one text."""
    return " ".join(text.value for text in [*tab.caption, *tab.markdown]).replace("\\", "")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_its_run_and_how_it_did(
    page: str, open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """What it is in a few words, its verdict, all runs to choose from, and what to do next."""
    trained["digits"].add_to(store)
    open_run = trained["digits"].add_to(store, "Mine")

    tab = open_tab(run=open_run).switch_page(f"pages/{page}.py").run()

    assert not tab.exception
    assert "Mine" in [popover.proto.popover.label for popover in tab.get("popover")]
    assert "Dense · code" in said(tab) and "2 epochs" in said(tab)
    assert "PCA" in said(tab)
    assert len(next(box for box in tab.selectbox if box.label == "Run").options) == 2


def test_another_run_is_chosen_by_its_picture(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Unfolded, the switcher shows samples of images and not of tables; a click opens the run."""
    table = trained["breast-cancer"].add_to(store, "Table")
    digits = trained["digits"].add_to(store, "Digits")
    tab = open_tab(run=table).switch_page("pages/reconstructions.py").run()
    assert not tab.get("image")

    tab.session_state[f"switch-{table}"] = True
    tab.run()
    assert [image.proto.imgs[0].alt for image in tab.get("image")] == [
        "Samples of Digits and their reconstructions"
    ]
    tab.get_by_key(f"switch-to-{digits}").click().run()

    assert tab.query_params["run"] == digits
    assert "row" in said(tab) and "SSIM" in said(tab)


def test_settings_of_a_run_are_in_sight(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Those that differ from their defaults come first, beside these."""
    run_id = trained["digits"].add_to(store)
    tab = open_tab(run=run_id).switch_page("pages/latent_space.py").run()

    tab.session_state[f"settings-{run_id}"] = True
    tab.run()

    changed, same = (frame.value for frame in tab.dataframe)
    epochs = changed[changed["Setting"] == "Epochs"].iloc[0]
    assert (epochs["This run"], epochs["Default"]) == ("2", "20")
    assert "Optimizer" in same["Setting"].tolist()


def test_every_page_tells_that_something_trains(open_tab: OpenTab, engine_store: RunStore) -> None:
    """On Runs and Data as well, with a way to it; on Train the run itself is seen."""
    engine = services.engine()
    run_id = engine.train(
        Experiment.from_dict({"data": {"source": "digits"}, "training": {"epochs": 1000}}), "Long"
    )
    try:
        tab = open_tab().switch_page("pages/runs.py").run()
        look_until(tab, lambda tab: "of 1,000" in said(tab))
        assert "**Long**" in said(tab)
        assert "watch-running" in [button.key for button in tab.button]
        assert "watch-running" in [
            button.key for button in tab.switch_page("pages/data.py").run().button
        ]
        tab = tab.switch_page("pages/train.py").run()
        assert "watch-running" not in [button.key for button in tab.button]
    finally:
        engine.stop(run_id)
    look_until(tab, lambda _: run_id not in engine.active())
