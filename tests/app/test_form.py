"""Does every control of the form reach the draft, the address and back?"""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from aecore.experiment import Experiment, link
from aecore.settings import Control, controls
from tests.app.conftest import OpenTab

# With all that can be switched on, so that its options are there to be changed.
EARLY_STOPPING = {
    "training.stop": {"kind": "validation", "patience": 7},
    "model.penalties.kl_sparsity": 0.1,
}
# What must be chosen for an option to be shown.
STREAM = {"data.source": "sensor-stream"}
NEEDED = {
    "data.contamination": {"data.classes": ["1", "2"]},
    "model.conditional": {"model.bottleneck.kind": "variational"},
    "preprocessing.missing": STREAM,
    "preprocessing.window_length": STREAM,
    "preprocessing.window_stride": STREAM,
    "preprocessing.max_terms": {
        "data.source": "20newsgroups",
        "preprocessing.scaling": "none",
        "training.loss": "mse",
    },
    "preprocessing.colour": {"data.source": "cifar-10"},
    "model.penalties.k_sparse": {"model.penalties.kl_sparsity": None},
    "model.penalties.ordered": {"model.penalties.kl_sparsity": None},
}
# No data set of the lab has categories as features; see tests/browser/test_own_data.py.
OF_OWN_DATA = "preprocessing.max_categories"
EVERY_CONTROL = [
    control
    for control in controls(Experiment().replace(EARLY_STOPPING))
    if not control.on_data_page and control.path != OF_OWN_DATA
]


def key(path: str, part: object = "") -> str:
    """The key of an option's widget."""
    return f"form:{path}:{part}" if part != "" else f"form:{path}"


def draft(tab: AppTest) -> dict[str, Any]:
    """The experiment that the form holds."""
    held: dict[str, Any] = tab.session_state["draft"].to_dict()
    return held


def at(tree: dict[str, Any], path: str) -> Any:
    """The value under a dotted path."""
    value: Any = tree
    for name in path.split("."):
        value = value[name]
    return value


def set_to(tab: AppTest, path: str, value: Any, part: object = "") -> AppTest:
    """Give a widget another value, as its user does."""
    tab.get_by_key(key(path, part)).set_value(value)
    return tab.run()


def press(tab: AppTest, label: str) -> AppTest:
    """Press the first button with this label."""
    next(button for button in tab.button if button.label == label).click()
    return tab.run()


def start_button(tab: AppTest) -> Any:
    """The button that starts a run."""
    return tab.get_by_key("start")


def another(control: Control, value: Any) -> Any:
    """A value of an option that it does not have."""
    if control.kind == "boolean":
        return not value
    if control.kind == "choice":
        return next(c.value for c in control.choices if c.value != value)
    if control.kind == "number":
        return 0.02 if control.log else round(value + 0.1, 2)
    others = {"integer": lambda: value + 1, "optional": lambda: not value, "text": lambda: "4"}
    return others[control.kind]()


@pytest.mark.parametrize("control", EVERY_CONTROL, ids=lambda control: control.path)
def test_every_control_changes_its_field(open_tab: OpenTab, control: Control) -> None:
    """A change of the widget is a change of the experiment at that path, and of the address."""
    needed = NEEDED.get(control.path, EARLY_STOPPING)
    tab = open_tab(**link.to_query(Experiment().replace(needed)))
    before = at(draft(tab), control.path)
    if control.kind == "integers":
        wanted = [before[0] + 1, *before[1:]]
        set_to(tab, control.path, wanted[0], part=0)
    elif control.start is not None and before is None:
        wanted = control.start
        set_to(tab, control.path, True, part="on")
    else:
        wanted = another(control, before)
        set_to(tab, control.path, wanted)
    if control.kind == "optional":
        wanted = None
    assert not tab.exception
    assert at(draft(tab), control.path) == wanted != before
    if start_button(tab).disabled:
        # What does not fit the rest is in the address all the same, and refused where it is read.
        assert control.path in tab.query_params
        return
    told, ignored = link.from_query(dict(tab.query_params))
    assert not ignored and at(told.to_dict(), control.path) == wanted


def test_another_kind_brings_its_own_options(open_tab: OpenTab) -> None:
    """Choosing a bottleneck shows what it can be told, and the draft is whole at once."""
    tab = open_tab()
    set_to(tab, "model.bottleneck.kind", "variational")
    assert not tab.exception
    assert draft(tab)["model"]["bottleneck"]["beta"] == 1.0
    set_to(tab, "model.bottleneck.beta", 4.0)
    set_to(tab, "model.bottleneck.kind", "vector-quantized")
    assert draft(tab)["model"]["bottleneck"]["codebook_size"] == 128
    set_to(tab, "model.backbone.kind", "convolutional")
    assert not tab.exception
    assert "filters" in draft(tab)["model"]["backbone"]
    assert not start_button(tab).disabled


def test_only_what_applies_is_offered(open_tab: OpenTab) -> None:
    """A table is offered no convolutions, and a variational code no penalty on its size."""
    assert "Convolutional" in open_tab().get_by_key(key("model.backbone.kind")).options
    tab = open_tab(**{"data.source": "breast-cancer"})
    assert key("model.backbone.kind") not in {widget.key for widget in tab.selectbox}
    assert tab.get_by_key(key("model.penalties.activity_l1", "on"))
    set_to(tab, "model.bottleneck.kind", "variational")
    keys = {widget.key for widget in tab.toggle}
    assert key("model.penalties.l1", "on") in keys
    assert key("model.penalties.activity_l1", "on") not in keys


def test_what_cannot_be_had_is_left_out_and_the_help_says_why(open_tab: OpenTab) -> None:
    """Of losses a standardised table has those for any values; min-max scaling brings another."""
    tab = open_tab(**{"data.source": "breast-cancer"})
    loss = tab.get_by_key(key("training.loss"))
    assert "Binary cross-entropy" not in loss.options
    assert "Binary cross-entropy needs values from 0 to 1" in loss.help
    set_to(tab, "preprocessing.scaling", "min-max")
    loss = tab.get_by_key(key("training.loss"))
    assert "Binary cross-entropy" in loss.options
    assert "needs values" not in loss.help


def test_a_number_that_can_be_off_is_switched(open_tab: OpenTab) -> None:
    """On gives a sensible number to change, off takes it away again."""
    tab = open_tab()
    set_to(tab, "training.clip_norm", True, part="on")
    set_to(tab, "training.clip_norm", 0.25, part="exact")
    assert draft(tab)["training"]["clip_norm"] == 0.25
    set_to(tab, "training.clip_norm", False, part="on")
    assert draft(tab)["training"]["clip_norm"] is None


def test_every_control_has_help(open_tab: OpenTab) -> None:
    """Each widget says in a line what it does."""
    tab = open_tab()
    hidden = {
        "training.stop.patience",
        "model.penalties.sparsity_target",
        *NEEDED,
    }
    for control in EVERY_CONTROL:
        if control.kind == "integers" or control.path in hidden:
            continue
        part = "on" if control.start is not None else ""
        assert control.help in tab.get_by_key(key(control.path, part)).help


def test_the_address_reproduces_the_form(open_tab: OpenTab) -> None:
    """What one tab has in its address, another opens with, value for value."""
    wanted = Experiment.from_dict(
        {
            "data": {"source": "breast-cancer", "validation_fraction": 0.137, "split": "ordered"},
            "model": {"encoding_dim": 3, "backbone": {"units": [20, 7], "activation": "tanh"}},
            "training": {"learning_rate": 0.0033, "stop": {"kind": "validation", "patience": 4}},
            "seed": 12345,
        }
    )
    first = open_tab(**link.to_query(wanted))
    assert draft(first) == wanted.to_dict()
    assert first.get_by_key(key("training.learning_rate")).value == 0.0033
    assert first.get_by_key(key("training.learning_rate", "exact")).value == 0.0033
    assert first.get_by_key(key("data.validation_fraction")).value == 0.137
    set_to(first, "training.epochs", 42)
    second = open_tab(**first.query_params)
    assert draft(second) == draft(first)
    assert draft(second)["training"]["epochs"] == 42


def test_a_bad_address_opens_the_defaults_with_a_note(open_tab: OpenTab) -> None:
    """What is ignored is listed, as text, until it is dismissed."""
    address = {"training.epochs": "many", "data.nope": "<b>", "model.encoding_dim": "5"}
    tab = open_tab(**address)
    assert draft(tab) == Experiment().replace({"model.encoding_dim": 5}).to_dict()
    notes = [m.value for m in tab.markdown if "ignored" in m.value]
    assert len(notes) == 2
    assert "\\<b\\>" in "".join(notes)
    press(tab, "Dismiss")
    assert not [m for m in tab.markdown if "ignored" in m.value]


def test_an_address_cannot_name_a_file(open_tab: OpenTab) -> None:
    """Files of the server are for the command line alone."""
    tab = open_tab(**{"data.source": "/etc/secret.npz"})
    assert draft(tab)["data"]["source"] == "mnist-5k"
    assert [m for m in tab.markdown if "ignored" in m.value]


def test_impossible_settings_cannot_be_started_and_say_why(open_tab: OpenTab) -> None:
    """The reason stands at the top and beside the field; the way out that it names works."""
    tab = open_tab(**{"data.source": "digits"})
    assert not start_button(tab).disabled
    set_to(tab, "preprocessing.scaling", "standardize")
    assert start_button(tab).disabled
    assert "Choose min\\-max scaling" in tab.warning[0].value
    assert [m for m in tab.markdown if m.value.startswith(":red[") and "min\\-max" in m.value]
    set_to(tab, "preprocessing.scaling", "min-max")
    assert not start_button(tab).disabled
    assert not tab.warning


def test_hidden_layers_are_added_and_removed(open_tab: OpenTab) -> None:
    """From none up to the limit; the diagram follows."""
    tab = open_tab()
    press(tab, "Remove")
    assert draft(tab)["model"]["backbone"]["units"] == [128]
    press(tab, "Remove")
    assert draft(tab)["model"]["backbone"]["units"] == []
    assert tab.query_params["model.backbone.units"] == "none"
    for _ in range(10):
        press(tab, "Add hidden layer")
    assert draft(tab)["model"]["backbone"]["units"] == [64] * 10
    assert tab.get_by_key(key("model.backbone.units", "add")).disabled
    set_to(tab, "model.backbone.units", 33, part=9)
    assert draft(tab)["model"]["backbone"]["units"] == [64] * 9 + [33]
    assert any("parameters" in caption.value for caption in tab.caption)


def test_the_dice_gives_another_seed_and_nothing_else(open_tab: OpenTab) -> None:
    """A new seed is one click away."""
    tab = open_tab()
    before = draft(tab)
    press(tab, "New seed")
    assert draft(tab)["seed"] != before["seed"]
    assert {**draft(tab), "seed": 0} == {**before, "seed": 0}
    assert tab.get_by_key(key("seed")).value == draft(tab)["seed"]


def test_the_form_survives_a_change_of_page(open_tab: OpenTab) -> None:
    """Widgets are gone on another page; what they showed is not."""
    tab = open_tab()
    set_to(tab, "model.encoding_dim", 6)
    set_to(tab, "training.learning_rate", 0.007, part="exact")
    tab.switch_page("pages/runs.py").run()
    assert not tab.exception
    assert tab.query_params["model.encoding_dim"] == "6"
    tab.switch_page("pages/train.py").run()
    assert tab.get_by_key(key("model.encoding_dim")).value == 6
    assert tab.get_by_key(key("training.learning_rate")).value == 0.007
    assert draft(tab)["training"]["learning_rate"] == 0.007


def test_an_emptied_field_changes_nothing(open_tab: OpenTab) -> None:
    """The number that was there comes back."""
    tab = open_tab(**{"training.epochs": "30"})
    set_to(tab, "training.epochs", None)
    assert not tab.exception
    assert draft(tab)["training"]["epochs"] == 30
    assert tab.run().get_by_key(key("training.epochs")).value == 30


@pytest.mark.parametrize("typed", [0, 10**9])
def test_a_number_beyond_the_limits_is_refused_with_them(open_tab: OpenTab, typed: int) -> None:
    """It stays as typed, the settings stay as they were, and Start is off until it is mended."""
    tab = open_tab(**{"training.epochs": "30"})
    set_to(tab, "training.epochs", typed)
    assert not tab.exception
    assert draft(tab)["training"]["epochs"] == 30
    assert start_button(tab).disabled
    assert any("2,000" in warning.value for warning in tab.warning)
    set_to(tab, "training.epochs", 40)
    assert draft(tab)["training"]["epochs"] == 40
    assert not start_button(tab).disabled
