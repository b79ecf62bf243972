"""How tests use the Latent space page: by its labels, as a visitor does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained

PAGE = "pages/latent_space.py"


def open_page(open_tab: OpenTab, **address: str) -> AppTest:
    """The page in a new tab, without an exception."""
    tab = open_tab(**address).switch_page(PAGE).run()
    assert not tab.exception
    return tab


def choose(tab: AppTest, label: str, value: Any) -> AppTest:
    """Choose a segment of a control."""
    next(c for c in tab.segmented_control if c.label == label).set_value(value).run()
    assert not tab.exception
    return tab


def colour_by(tab: AppTest, key: str) -> AppTest:
    """Let colours stand for something else."""
    next(c for c in tab.selectbox if c.label == "Colour").set_value(key).run()
    assert not tab.exception
    return tab


def labels(tab: AppTest) -> list[str]:
    """The controls that are offered."""
    return [control.label for control in tab.segmented_control]


def traces(tab: AppTest) -> list[dict[str, Any]]:
    """The traces of the map."""
    (chart,) = tab.get("plotly_chart")
    found: list[dict[str, Any]] = json.loads(chart.proto.spec)["data"]
    return found


def reading(tab: AppTest) -> str:
    """All captions as one text."""
    return " ".join(caption.value for caption in tab.caption)


def few(trained: Trained, folder: Path, rows: int) -> Trained:
    """The run with its first few samples alone."""
    arrays = ("index", "original", "reconstruction", "code", "error", "label")
    kept = {name: getattr(trained.samples, name)[:rows] for name in arrays}
    return trained.changed(folder, **kept, total=rows)


def wait_for_map(tab: AppTest) -> AppTest:
    """Look again until the map is drawn."""
    return look_until(tab, lambda tab: tab.get("plotly_chart"))
