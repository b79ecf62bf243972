"""Does the Generate page decode codes in the worker, and say what it cannot do?"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore
from tests.app.conftest import OpenTab
from tests.app.trained import Trained
from ui.app import session
from ui.shared.worker import WARMING

PAGE = "pages/generate.py"


def open_page(open_tab: OpenTab, section: str = "Sliders") -> AppTest:
    """A section of the page in a new tab, without an exception."""
    tab = open_tab().switch_page(PAGE).run()
    assert not tab.exception
    next(c for c in tab.segmented_control if c.label == "Show").set_value(section).run()
    assert not tab.exception
    assert not tab.error
    return tab


def picture(tab: AppTest) -> str:
    """The address of the first picture, which is made from its content."""
    return str(tab.get("image")[0].proto.imgs[0].url)


def test_a_slider_and_its_exact_value_move_together(
    open_tab: OpenTab, engine_store: RunStore
) -> None:
    """Moving it changes the picture; the mean brings the first one back."""
    tab = open_page(open_tab)
    first = picture(tab)

    tab.slider[0].set_value(tab.slider[0].max).run()

    typed = next(box for box in tab.number_input if "exact" in box.label)
    assert typed.value == pytest.approx(tab.slider[0].max)
    assert picture(tab) != first
    next(button for button in tab.button if button.label == "Mean").click().run()
    assert picture(tab) == first


def test_a_worker_that_is_not_ready_is_waited_for(
    open_tab: OpenTab, engine_store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No error and no click: the page says so, and draws the picture once the worker answers."""
    with monkeypatch.context() as before_it_starts:
        not_started = JobEngine(engine_store)
        before_it_starts.setattr(session, "engine", lambda: not_started)
        tab = open_page(open_tab)
        assert [info.value for info in tab.info] == [WARMING]
        assert not tab.get("image")
        assert not tab.error
    tab.run()
    assert tab.get("image")
    assert not tab.info


def test_units_come_by_what_they_tell(
    open_tab: OpenTab, engine_store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """A run that knows its divergence to the prior, unit by unit, puts the largest first."""
    kept = trained["digits"].changed(tmp_path / "variational")
    kl = [0.1] * kept.samples.code.shape[1]
    kl[5] = 2.0
    *lines, last = (kept.folder / "events.jsonl").read_text("utf-8").splitlines()
    event = json.loads(last)
    event["metrics"]["kl_per_unit"] = kl
    (kept.folder / "events.jsonl").write_text("\n".join([*lines, json.dumps(event)]) + "\n")
    run_id = kept.add_to(engine_store)

    tab = open_tab(run=run_id).switch_page(PAGE).run()

    assert not tab.exception
    assert tab.slider[0].label == "Code 6"
    engine_store.delete(run_id)


def test_every_control_of_a_way_changes_it(open_tab: OpenTab, engine_store: RunStore) -> None:
    """Steps and numbers of the code of a grid; both ends and the kind of an interpolation."""
    tab = open_page(open_tab, "Grid")
    seen = [picture(tab)]
    next(slider for slider in tab.slider if slider.label == "Steps").set_value(5).run()
    seen.append(picture(tab))
    for title in ("Horizontal", "Vertical"):
        units = next(box for box in tab.selectbox if box.label.startswith(title))
        units.set_value(units.options.index(units.options[-1 if title == "Vertical" else -2])).run()
        seen.append(picture(tab))
    tab = open_page(open_tab, "Interpolate")
    seen.append(picture(tab))
    for title in ("From sample", "To sample"):
        next(box for box in tab.number_input if box.label == title).set_value(9).run()
        seen.append(picture(tab))
        next(box for box in tab.number_input if box.label == title).set_value(4).run()
    next(box for box in tab.number_input if box.label == "To sample").set_value(7).run()
    straight = picture(tab)
    next(c for c in tab.segmented_control if c.label == "Way").set_value("spherical").run()
    seen += [straight, picture(tab)]

    assert not tab.exception
    assert len(set(seen)) == len(seen)


def test_every_control_of_sums_changes_them(open_tab: OpenTab, engine_store: RunStore) -> None:
    """The classes of a sum, and start, groups and numbers of a direction."""
    tab = open_page(open_tab, "Arithmetic")
    seen = [picture(tab)]
    for term in ("A", "minus B", "plus C"):
        next(box for box in tab.selectbox if box.label == term).set_value(7).run()
        seen.append(picture(tab))
    choices = {
        "Two classes": (("From class", 4), ("To class", 5)),
        "A number": (("Number", "Reconstruction error"),),
    }
    for way, boxes in choices.items():
        next(c for c in tab.segmented_control if c.label == "Difference of").set_value(way).run()
        seen.append(picture(tab))
        for title, value in boxes:
            next(box for box in tab.selectbox if box.label == title).set_value(value).run()
            seen.append(picture(tab))
    next(c for c in tab.segmented_control if c.label == "Difference of").set_value("Rows").run()
    seen.append(picture(tab))
    next(box for box in tab.number_input if box.label == "Start from sample").set_value(3).run()
    seen.append(picture(tab))

    assert not tab.exception
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(("section", "pictures"), [("Grid", 1), ("Interpolate", 1)])
def test_ways_through_the_code_are_one_sheet(
    open_tab: OpenTab, engine_store: RunStore, section: str, pictures: int
) -> None:
    """A single picture holds all steps."""
    assert len(open_page(open_tab, section).get("image")) == pictures


def test_new_samples_stand_beside_their_nearest(open_tab: OpenTab, engine_store: RunStore) -> None:
    """24 of them, with a word on what is compared."""
    tab = open_page(open_tab, "New samples")

    assert len(tab.get("image")) == 24
    assert any("Only the kept held-out samples" in caption.value for caption in tab.caption)


def test_codes_that_are_not_finite_are_explained(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """A sentence instead of sliders."""
    code = np.full_like(trained["digits"].samples.code, np.nan)
    trained["digits"].changed(tmp_path / "spoilt", code=code).add_to(store)

    tab = open_tab().switch_page(PAGE).run()

    assert not tab.exception
    assert "not finite numbers" in tab.info[0].value
    assert not tab.slider


def test_a_place_is_decoded_and_its_density_told(open_tab: OpenTab, engine_store: RunStore) -> None:
    """Typed coordinates change the picture; the corner of the plane is called a hole."""
    tab = open_page(open_tab, "Anywhere")
    first = picture(tab)
    said = next(text.value for text in tab.markdown if "lie in emptier places" in text.value)
    assert said.startswith("**Among the samples**")

    across = next(box for box in tab.number_input if box.label.startswith("Component 1"))
    across.set_value(across.max).run()

    assert not tab.exception
    assert picture(tab) != first
    said = next(text.value for text in tab.markdown if "lie in emptier places" in text.value)
    assert said.startswith("**A hole**: 0%")


def test_two_runs_of_the_same_data_stand_side_by_side(
    open_tab: OpenTab, engine_store: RunStore, trained: dict[str, Trained]
) -> None:
    """Only runs of the same data are offered; one control asks both for the same two rows."""
    other = trained["digits"].add_to(engine_store, "the other")
    table = trained["breast-cancer"].add_to(engine_store, "a table")
    tab = open_tab(run=other).switch_page(PAGE).run()
    beside = next(box for box in tab.selectbox if box.label == "Beside it")
    assert len(beside.options) == 1

    beside.set_value(beside.options[0]).run()
    next(c for c in tab.segmented_control if c.label == "Show").set_value("Interpolate").run()

    assert not tab.exception
    assert len(tab.get("image")) == 2
    assert len([box for box in tab.number_input if box.label == "From sample"]) == 1
    told = [caption.value for caption in tab.caption if caption.value.startswith("From ")]
    assert len(told) == 2 and told[0] == told[1]
    engine_store.delete(other)
    engine_store.delete(table)


def test_sums_and_differences_of_codes(open_tab: OpenTab, engine_store: RunStore) -> None:
    """Class means are one sheet of four; a row that is none is told; strength 0 is the sample."""
    tab = open_page(open_tab, "Arithmetic")
    assert len(tab.get("image")) == 1
    assert any("**0 − 1 \\+ 2**" in c.value or "**0 − 1 + 2**" in c.value for c in tab.caption)

    way = next(c for c in tab.segmented_control if c.label == "Difference of")
    way.set_value("Two classes").run()
    at_one = picture(tab)
    tab.slider[0].set_value(0.0).run()
    at_none = picture(tab)
    assert at_none != at_one
    next(c for c in tab.segmented_control if c.label == "Difference of").set_value("Rows").run()
    assert picture(tab) == at_none
    next(box for box in tab.text_input if box.label == "These rows").set_value("x").run()

    assert not tab.exception
    assert "is no row" in tab.error[0].value


def test_new_samples_are_judged_beside_real_ones(open_tab: OpenTab, engine_store: RunStore) -> None:
    """Four figures, each with its yardstick, and the number compared; the source can be chosen."""
    tab = open_page(open_tab, "New samples")
    assert [m.label for m in tab.metric] == ["Precision", "Recall", "Density", "Coverage"]
    assert all(metric.delta.startswith("real samples ") for metric in tab.metric)
    assert any(c.value.startswith("179 new samples") for c in tab.caption)

    drawn = picture(tab)
    next(box for box in tab.number_input if box.label == "Seed").set_value(1).run()
    assert picture(tab) != drawn
    next(box for box in tab.number_input if box.label == "Seed").set_value(0).run()
    next(c for c in tab.segmented_control if c.label == "Drawn from").set_value("Kept codes").run()

    assert not tab.exception
    assert picture(tab) != drawn
    assert any("Aggregated posterior" in caption.value for caption in tab.caption)


def test_three_samples_without_labels_are_enough(
    open_tab: OpenTab, engine_store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """Each section offers what is possible; only the figures say that they need more samples."""
    whole = trained["digits"].samples
    names = ("index", "original", "reconstruction", "code", "error")
    few = {name: getattr(whole, name)[:3] for name in names}
    changed = trained["digits"].changed(tmp_path / "few", **few, label=None)
    run_id = changed.add_to(engine_store)
    tab = open_tab(run=run_id).switch_page(PAGE).run()

    told = {}
    for section in ("Anywhere", "Interpolate", "Arithmetic", "New samples"):
        next(c for c in tab.segmented_control if c.label == "Show").set_value(section).run()
        assert not tab.exception
        assert tab.get("image")
        assert not tab.error
        told[section] = [info.value for info in tab.info]

    assert [section for section, said in told.items() if said] == ["New samples"]
    assert "3 real samples are too few" in told["New samples"][0]
    engine_store.delete(run_id)
