"""Does the Train page start, show, stop and find runs, on the real engine?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from aecore.experiment.cost import Capacity
from tests.app.conftest import OpenTab, look_until
from tests.app.test_live_route import asked
from ui.app import session
from ui.train import estimate

SMALL = {"data.source": "digits", "training.epochs": "4"}
LONG = {"data.source": "digits", "training.epochs": "2000"}


def run_id(tab: AppTest) -> str:
    """The run that the tab's address names."""
    named: str = tab.query_params["run"]
    return named


def press(tab: AppTest, key: str) -> AppTest:
    """Press a button by its key."""
    tab.get_by_key(key).click()
    return tab.run()


def started(tab: AppTest) -> AppTest:
    """The tab after Start, with the run under way or over."""
    press(tab, "start")
    return look_until(tab, lambda tab: "run" in tab.query_params)


def says(tab: AppTest, words: str) -> bool:
    """Whether these words stand on the page."""
    texts = [*tab.markdown, *tab.caption, *tab.error, *tab.info, *tab.warning]
    return any(words in text.value for text in texts)


def told(tab: AppTest) -> dict[str, Any]:
    """What the browser is told of the run that the page shows, as the panel asks for it."""
    (shown,) = panels(tab)
    answer: dict[str, Any] = json.loads(bytes(asked(shown["run"]).body))
    return answer


def panels(tab: AppTest) -> list[dict[str, Any]]:
    """What the panels of a run on the page are given."""
    given = [json.loads(panel.proto.json) for panel in tab.get("bidi_component")]
    return [data for data in given if data.get("run") and "follow" in data]


def curves(tab: AppTest) -> str:
    """The chart of the losses, in words."""
    words: str = told(tab)["loss"]["alt"]
    return words


def figures(tab: AppTest) -> dict[str, str]:
    """The figures on the page by name."""
    return {metric.label: metric.value for metric in tab.metric}


def test_before_the_first_run_the_page_is_ready(open_tab: OpenTab) -> None:
    """Sensible defaults, the model drawn, one button to press, and a hint in the other tab."""
    tab = open_tab()
    assert not tab.exception
    assert not tab.get_by_key("start").disabled
    assert tab.get_by_key("stop").disabled
    assert says(tab, "784 values are compressed into 32")
    assert tab.image[0].proto.imgs[0].alt.startswith("Layers from input to output: 28 × 28")


def test_a_run_is_trained_and_its_figures_stand_with_their_yardsticks(open_tab: OpenTab) -> None:
    """From Start to held-out figures, curves, samples and map, and links to what comes next."""
    tab = started(open_tab(**SMALL))
    look_until(tab, lambda tab: says(tab, "**Finished** 4 epochs"))
    kept = session.store().summary(run_id(tab))
    assert kept.state == "finished"
    shown = figures(tab)
    assert set(shown) == {"MSE", "MAE", "R²", "Error relative to PCA"}
    assert float(shown["MSE"]) == pytest.approx(kept.metrics["mse"], rel=0.01)
    assert says(tab, "Measured on 359 validation rows")
    assert curves(tab).startswith("Loss after epoch 4: training")
    assert "pca" in curves(tab) and "mean" in curves(tab)
    assert [link.proto.page for link in tab.page_link] == ["reconstructions", "latent_space"]
    assert not tab.get_by_key("start").disabled


def test_the_panel_asks_until_the_run_has_ended(open_tab: OpenTab) -> None:
    """Quickly while a stop is waited for, and not at all after the end."""
    tab = started(open_tab(**LONG))
    (shown,) = panels(tab)
    assert shown["run"] == run_id(tab) and shown["follow"]
    assert shown["pace"] > shown["quickPace"]
    look_until(tab, lambda tab: "after epoch" in curves(tab))
    press(tab, "stop")
    stopping = panels(tab)[0]
    assert not stopping["follow"] or stopping["pace"] == stopping["quickPace"]
    look_until(tab, lambda tab: says(tab, "what it learned is kept"))
    assert not panels(tab)[0]["follow"]


def test_stop_keeps_what_was_learned(open_tab: OpenTab) -> None:
    """A long run ends at Stop, with figures, and another can be started."""
    tab = started(open_tab(**LONG))
    assert tab.get_by_key("start").disabled
    look_until(tab, lambda tab: "after epoch" in curves(tab))
    press(tab, "stop")
    look_until(tab, lambda tab: says(tab, "what it learned is kept"))
    assert session.store().summary(run_id(tab)).state == "stopped"
    assert "MSE" in figures(tab)
    assert not tab.get_by_key("start").disabled


def test_every_tab_finds_the_run_that_goes_on(open_tab: OpenTab) -> None:
    """A refresh, a second tab and another page lose nothing; nobody's tab owns a run."""
    first = started(open_tab(**LONG))
    try:
        refreshed = open_tab(**first.query_params)
        second = open_tab()
        assert run_id(refreshed) == run_id(second) == run_id(first)
        assert not second.get_by_key("stop").disabled
        first.switch_page("pages/runs.py").run()
        first.switch_page("pages/train.py").run()
        assert run_id(first) == run_id(second)
        assert panels(first)[0]["follow"]
    finally:
        session.engine().stop(run_id(second))
    look_until(first, lambda tab: says(tab, "what it learned is kept"))


def test_a_double_click_starts_one_run(open_tab: OpenTab) -> None:
    """A second click that was on its way before the first was drawn does nothing."""
    tab = open_tab(**LONG)
    look_until(tab, lambda tab: session.engine_is_up())
    before = session.engine().active()
    press(tab, "start")
    # The click was sent by a browser to which the button was not disabled yet.
    tab.get_by_key("start").proto.disabled = False
    press(tab, "start")
    try:
        assert len(session.engine().active()) == len(before) + 1
    finally:
        session.engine().stop(run_id(tab))
    look_until(tab, lambda tab: says(tab, "what it learned is kept"))


def test_a_second_run_waits_for_the_first_and_says_so(open_tab: OpenTab) -> None:
    """Two tabs that were open before: the later run names its place, and can be called off."""
    first, second = open_tab(**LONG), open_tab(**LONG)
    started(first)
    look_until(first, lambda tab: "after epoch" in curves(tab))
    started(second)
    try:
        assert told(second)["head"]["doing"] == "Waiting for 1 run ahead of this one"
        press(second, "stop")
        look_until(second, lambda tab: says(tab, "Stopped"))
        assert not first.run().get_by_key("stop").disabled
    finally:
        session.engine().stop(run_id(first))
    look_until(first, lambda tab: says(tab, "what it learned is kept"))


def test_train_again_fills_the_form_and_starts(open_tab: OpenTab) -> None:
    """The settings of the run on screen, not those that the form had meanwhile."""
    tab = started(open_tab(**SMALL))
    look_until(tab, lambda tab: says(tab, "**Finished** 4 epochs"))
    first = run_id(tab)
    tab.get_by_key("form:training.epochs").set_value(9)
    tab.run()
    next(button for button in tab.button if button.label == "Train again").click()
    tab.run()
    look_until(tab, lambda tab: run_id(tab) != first and says(tab, "**Finished** 4 epochs"))
    assert tab.session_state["draft"].training.epochs == 4


def test_a_failed_run_says_why_and_keeps_its_curve(open_tab: OpenTab) -> None:
    """Cause and remedy stand where the figures would be."""
    wild = {"data.source": "breast-cancer", "training.optimizer": "sgd"}
    tab = started(open_tab(**wild, **{"training.learning_rate": "10.0"}))
    look_until(tab, lambda tab: says(tab, "Try a smaller learning rate"))
    assert says(tab, "The loss diverged at epoch")
    assert not figures(tab)


def test_a_run_that_is_not_there_is_explained(open_tab: OpenTab) -> None:
    """A deleted or mistyped run in the address breaks nothing."""
    tab = open_tab(run="0" * 32)
    look_until(tab, lambda tab: says(tab, "There is no run"))
    assert not tab.get_by_key("start").disabled
    next(button for button in tab.button if button.label == "Close this run").click()
    tab.run()
    assert "run" not in tab.query_params
    assert not says(tab, "There is no run")


@pytest.fixture
def unwritable_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A server whose run folder is a file, for one test."""
    home = tmp_path / "runs"
    home.write_text("in the way", "utf-8")
    st.cache_resource.clear()
    monkeypatch.setenv("AECORE_HOME", str(home))
    yield home
    st.cache_resource.clear()


def test_an_unwritable_run_folder_is_a_sentence(open_tab: OpenTab, unwritable_home: Path) -> None:
    """No traceback; the form stays, and works once the folder does."""
    tab = open_tab(**SMALL)
    look_until(tab, lambda tab: tab.error)
    assert str(unwritable_home) in tab.error[0].value.replace("\\", "")
    press(tab, "start")
    look_until(tab, lambda tab: tab.error and not tab.get_by_key("start").disabled)
    assert not tab.exception
    assert tab.session_state["draft"].data.source == "digits"
    unwritable_home.unlink()
    look_until(tab, lambda tab: session.engine_is_up())
    started(tab)
    look_until(tab, lambda tab: says(tab, "**Finished** 4 epochs"))


def test_a_start_before_the_engine_is_up_is_remembered(open_tab: OpenTab) -> None:
    """The page does not wait for the engine; the run begins once it is there."""
    st.cache_resource.clear()
    tab = open_tab(**SMALL)
    assert says(tab, "Getting ready (first time only)")
    press(tab, "start")
    assert tab.get_by_key("start").disabled
    look_until(tab, lambda tab: says(tab, "**Finished** 4 epochs"))
    assert session.store().summary(run_id(tab)).state == "finished"


def test_what_training_takes_is_said_before_it_starts(open_tab: OpenTab) -> None:
    """Memory and time, beside the model, once the worker can say what it has."""
    tab = open_tab(**SMALL)
    look_until(tab, lambda tab: any("Training takes about" in c.value for c in tab.caption))
    told = next(c.value for c in tab.caption if "Training takes about" in c.value)
    assert "that are free" in told
    assert "for 4 epochs" in told
    assert not tab.get_by_key("start").disabled


def test_more_than_is_free_does_not_start(
    open_tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Start is off, with what is missing and what to do; smaller layers turn it on again."""
    monkeypatch.setattr(estimate, "_asked", lambda: Capacity(free=int(1e9), speed=1e11))
    tab = open_tab(**SMALL, **{"model.backbone.units": "4096-4096-4096-4096"})
    look_until(tab, lambda tab: any("GB of memory" in w.value for w in tab.warning))
    assert tab.get_by_key("start").disabled
    assert any("Choose smaller layers" in warning.value for warning in tab.warning)
    tab = open_tab(**SMALL, **{"model.backbone.units": "64"})
    look_until(tab, lambda tab: not tab.get_by_key("start").disabled)
    assert not any("GB of memory" in warning.value for warning in tab.warning)
