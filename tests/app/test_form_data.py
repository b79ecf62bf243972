"""Does the form follow the data set?"""

from __future__ import annotations

from aecore.experiment import Experiment
from aecore.experiment.presets import PRESETS
from tests.app.conftest import OpenTab
from tests.app.test_folds import choose_preset, lit, presets_shown
from tests.app.test_form import draft, set_to


def test_another_data_set_refits_all_but_what_was_chosen(open_tab: OpenTab) -> None:
    """Defaults follow the data, deliberate choices stay, and the form says which."""
    tab = open_tab()
    set_to(tab, "model.encoding_dim", 5)
    set_to(tab, "data.source", "breast-cancer")
    suited = Experiment.from_dict({"data": {"source": "breast-cancer"}})
    assert draft(tab) == suited.replace({"model.encoding_dim": 5}).to_dict()
    note = next(c.value for c in tab.caption if "suit this data set" in c.value)
    assert "Kept as you chose\\: encoding dimension" in note
    set_to(tab, "data.source", "mnist-5k")
    assert draft(tab) == Experiment().replace({"model.encoding_dim": 5}).to_dict()


def test_a_preset_is_kept_for_the_next_data_set(open_tab: OpenTab) -> None:
    """Who starts from "Deep" still does after the data set was changed."""
    tab = open_tab()
    choose_preset(tab, "deep")
    set_to(tab, "data.source", "digits")
    assert draft(tab) == PRESETS["deep"].experiment("digits").to_dict()
    assert lit(tab) == ["deep"]


def test_a_preset_that_is_not_offered_says_why(open_tab: OpenTab) -> None:
    """Four columns are too few for a wide code; digits have nothing to leave out."""
    tab = open_tab(**{"data.source": "iris"})
    offered = [title for pills in presets_shown(tab) for title in pills.options]
    assert "Deep" in offered and "Sparse" not in offered
    told = next(c for c in tab.caption if c.value.startswith("Not offered for this data"))
    assert "Sparse" in told.value
    assert "**Sparse**: A sample has 4 values here" in told.help
    tab = open_tab(**{"data.source": "digits"})
    assert not [c for c in tab.caption if c.value.startswith("Not offered")]


def test_rows_held_out_are_counted(open_tab: OpenTab) -> None:
    """Shares are said in rows, validation and test apart."""
    tab = open_tab(**{"data.source": "digits", "data.test_fraction": "0.1"})
    assert any(
        c.value == "1,258 rows to train on, 359 to validate, 180 to test." for c in tab.caption
    )
    tab = open_tab(**{"data.source": "digits", "data.calibration_fraction": "0.2"})
    assert any(
        c.value == "1,079 rows to train on, 359 to validate, 359 to calibrate." for c in tab.caption
    )
