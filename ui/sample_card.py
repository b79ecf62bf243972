"""What does the point under the mouse stand for? A card with the sample's picture and figures.

Plotly cannot show pictures in its own labels, so a small component listens to the chart's hover.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from aecore.evaluation.reconstruction import class_name, worst_features
from aecore.evaluation.samples import Samples
from ui.pictures import Sprites, sprites
from ui.text import count, figure

HTML = """
<div class="card" popover="manual" role="tooltip">
  <div class="pictures">
    <figure><canvas></canvas><figcaption>original</figcaption></figure>
    <figure><canvas></canvas><figcaption>reconstruction</figcaption></figure>
  </div>
  <div class="title"></div>
  <div class="lines"></div>
</div>
"""

_HERE = Path(__file__).parent
_card = st.components.v2.component(
    "sample_card",
    html=HTML,
    css=(_HERE / "sample_card.css").read_text(encoding="utf-8"),
    js=(_HERE / "sample_card.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Cards:
    """What to show for each sample, by position.

    Attributes:
        titles: the sample's label, or its row.
        lines: further text, one line each.
        pictures: originals and reconstructions; None for a table.
    """

    titles: list[str]
    lines: list[str]
    pictures: Sprites | None


def cards(samples: Samples) -> Cards:
    """The cards of all samples; for a table with the features that deviate most."""
    positions = range(len(samples.error))
    return Cards(
        titles=[_title(samples, i) for i in positions],
        lines=["\n".join(_lines(samples, i)) for i in positions],
        pictures=sprites(samples) if samples.kind == "image" and len(samples.error) else None,
    )


def show_cards(chart: str, cards: Cards, key: str) -> None:
    """Show the card of the point under the mouse on the Plotly chart in the container `chart`.

    The chart's `customdata` must be positions among the samples.
    """
    pictures = cards.pictures
    data: dict[str, Any] = {
        "chart": chart,
        "titles": cards.titles,
        "lines": cards.lines,
        "sheet": "",
    }
    if pictures is not None:
        data |= {
            "sheet": pictures.source,
            "columns": pictures.columns,
            "width": pictures.width,
            "height": pictures.height,
        }
    _card(key=key, data=data)


def _title(samples: Samples, position: int) -> str:
    if samples.label is None:
        return f"Row {count(int(samples.index[position]))}"
    return class_name(samples, int(samples.label[position]))


def _lines(samples: Samples, position: int) -> list[str]:
    lines = [f"Error {figure(float(samples.error[position]))} (MSE, squared scaled units)"]
    if samples.label is not None:
        lines.append(f"Row {count(int(samples.index[position]))} of the data set")
    if samples.kind == "table":
        deviations = worst_features(samples, position)
        lines += ["Deviates most in:", *(f"{name} {_signed(value)}" for name, value in deviations)]
    return lines


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
