"""Does the form of Train say what it holds, and get out of the way?"""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from aecore.experiment.presets import IN_SIGHT, PRESETS, in_sight, preset_for, suiting, tasks
from tests.app.conftest import OpenTab
from tests.app.test_form import draft, set_to
from tests.app.test_train import press
from ui.form import folds
from ui.form.starting_points import MORE_KEY, PRESET_KEY, TASK_KEY


def presets_shown(tab: AppTest) -> list[Any]:
    """The pills of presets: the six in sight, and the others."""
    return [pills for pills in tab.pills if pills.key in (PRESET_KEY, MORE_KEY)]


def choose_preset(tab: AppTest, name: str) -> AppTest:
    """Press a preset's pill, wherever it stands."""
    title = PRESETS[name].title
    pills = next(pills for pills in presets_shown(tab) if title in pills.options)
    return pills.set_value(name).run()


def lit(tab: AppTest) -> list[str]:
    """The presets that the form is equal to."""
    return [pills.value for pills in presets_shown(tab) if pills.value is not None]


def captions(tab: AppTest) -> list[str]:
    """The small texts of the page."""
    return [caption.value for caption in tab.caption]


def training(tab: AppTest) -> str:
    """The line under the fold of training options."""
    (line,) = (c for c in captions(tab) if c.startswith("100") and "Binary" in c)
    return line


def test_each_fold_says_what_it_holds_and_what_was_changed(open_tab: OpenTab) -> None:
    """In a line that is there without unfolding it; as the preset has it, nothing is marked."""
    tab = open_tab(**{"data.source": "digits"})
    assert "Dense · code of 8" in captions(tab)
    assert ":orange" not in training(tab)
    set_to(tab, "model.encoding_dim", 5)
    marked = next(value for value in captions(tab) if value.startswith("Dense · code of 5"))
    assert ":orange[**encoding dimension 8 → 5**]" in marked
    assert ":orange" not in training(tab)


def test_a_fold_with_something_wrong_opens(open_tab: OpenTab) -> None:
    """The reason stands beside its field, which must be seen."""
    tab = open_tab(**{"data.source": "digits"})
    set_to(tab, "preprocessing.scaling", "standardize")
    closed = [folds.key(fold) for fold in (*folds.FOLDS, folds.MORE)]
    for key in closed:
        tab.session_state[key] = False
    tab.run()
    assert any(tab.session_state[key] for key in closed)
    assert [m for m in tab.markdown if m.value.startswith(":red[") and "min\\-max" in m.value]


def test_a_link_hides_the_form_and_a_button_brings_it_back(open_tab: OpenTab) -> None:
    """The run has the whole width; the address keeps it, and the settings stay."""
    tab = open_tab(**{"data.source": "digits"})
    press(tab, "form_switch")
    assert tab.query_params["form"] == "hidden"
    assert not presets_shown(tab)
    shared = open_tab(**tab.query_params)
    assert not presets_shown(shared)
    assert draft(shared)["data"]["source"] == "digits"
    press(shared, "form_switch")
    assert presets_shown(shared)
    assert "form" not in shared.query_params


def test_six_presets_are_in_sight_and_one_says_what_it_changes(open_tab: OpenTab) -> None:
    """The others stand under "More"; what is changed is told against what is suggested."""
    tab = open_tab()
    first, others = presets_shown(tab)
    assert len(first.options) == IN_SIGHT
    assert len(first.options) + len(others.options) == len(suiting("mnist-5k"))
    first.set_value("two-numbers").run()
    assert any("Changes encoding dimension 32 → 2" in value for value in captions(tab))


@pytest.mark.parametrize("name", tasks())
def test_a_task_sets_the_preset_and_leads_to_its_page(open_tab: OpenTab, name: str) -> None:
    """What a user wants to do fills the form with what is usual for it."""
    tab = open_tab(**{"data.source": "digits"})
    pills = next(pills for pills in tab.pills if pills.key == TASK_KEY)
    pills.set_value(name).run()
    assert not tab.exception
    assert lit(tab) == [preset_for(name, "digits")]


def test_every_data_set_has_presets_in_sight_and_a_preset_for_every_task() -> None:
    """Where the usual one does not suit, another takes its place."""
    for source in ("iris", "mnist-5k", "sensor-stream"):
        assert len(in_sight(suiting(source))) == min(IN_SIGHT, len(suiting(source)))
        assert all(preset_for(name, source) in suiting(source) for name in tasks())
    assert all(task.page and PRESETS[preset].task is task for task, preset in tasks().values())


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_fills_the_form(open_tab: OpenTab, preset: Any) -> None:
    """Its pill is lit, the data set and the seed stay, and an edit puts the light out."""
    tab = open_tab(**{"data.source": "digits", "seed": "77", "training.optimizer": "sgd"})
    assert lit(tab) == []
    choose_preset(tab, preset.name)
    assert draft(tab) == {**preset.experiment("digits").to_dict(), "seed": 77}
    assert lit(tab) == [preset.name]
    set_to(tab, "training.batch_size", 99)
    assert lit(tab) == []
