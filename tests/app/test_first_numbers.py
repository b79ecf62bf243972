"""Is an ordered code seen with its first numbers, wherever it can be?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore
from aecore.training import events
from aecore.training.first_numbers import FILE, FirstNumbers
from tests.app.conftest import OpenTab
from tests.app.trained import Trained

TITLE = "First numbers"
PAGES = ("pages/reconstructions.py", "pages/generate.py")


def ordered(run: Trained, folder: Path) -> Trained:
    """A copy of a run as one whose code was ordered."""
    shutil.copytree(run.folder, folder)
    changed = run.experiment.replace({"model.penalties.ordered": True})
    (folder / "experiment.json").write_text(changed.to_json())
    samples = run.samples
    original = events.pack(samples.original[:4])
    probes = [
        {
            "kind": "image",
            "measured_on": "validation",
            "original": original,
            "reconstruction": events.pack(samples.reconstruction[:4] * share),
            "labels": ["0", "1", "2", "3"],
        }
        for share in (0.5, 0.8, 1.0)
    ]
    FirstNumbers((1, 2, 8), (0.06, 0.05, 0.01), tuple(probes)).save(folder)
    return Trained(folder)


def sections(tab: AppTest) -> list[str]:
    """What the page offers to show."""
    shown = next(c for c in tab.segmented_control if c.label == "Show")
    return list(shown.options)


@pytest.mark.parametrize("page", PAGES)
def test_a_slider_over_the_lengths_of_a_code(
    page: str,
    open_tab: OpenTab,
    store: RunStore,
    trained: dict[str, Trained],
    tmp_path: Path,
) -> None:
    """A picture and a sentence for each length, all in one message."""
    ordered(trained["digits"], tmp_path / "ordered").add_to(store)
    tab = open_tab().switch_page(page).run()
    next(c for c in tab.segmented_control if c.label == "Show").set_value(TITLE).run()
    assert not tab.exception
    assert not tab.error
    [component] = tab.get("bidi_component")
    data = json.loads(component.proto.json)
    assert [sentence.split(" ·")[0] for sentence in data["sentences"]] == [
        "1 of 8",
        "2 of 8",
        "8 of 8",
    ]
    assert len(set(data["pictures"])) == 3
    assert all(picture.startswith("data:image/svg+xml,") for picture in data["pictures"])


@pytest.mark.parametrize("page", PAGES)
def test_other_codes_have_no_such_slider(
    page: str, open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Cut where they were not trained to be, they would say nothing."""
    trained["digits"].add_to(store)
    tab = open_tab().switch_page(page).run()
    assert TITLE not in sections(tab)


def test_what_is_gone_is_told(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], tmp_path: Path
) -> None:
    """In a sentence, with what to do."""
    run = ordered(trained["digits"], tmp_path / "ordered")
    (run.folder / FILE).unlink()
    run.add_to(store)
    tab = open_tab().switch_page(PAGES[0]).run()
    next(c for c in tab.segmented_control if c.label == "Show").set_value(TITLE).run()
    assert not tab.exception
    assert "Train it again" in tab.error[0].value
