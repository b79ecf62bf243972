"""Sample card: the picture or lines of the sample under the mouse.

Plotly cannot show pictures in its own labels, so a small component listens to the chart's hover.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from aecore.data.terms import Term
from aecore.evaluation.reconstruction import class_name, text_pairs, worst_features
from aecore.evaluation.samples import Samples
from ui.base.component import component
from ui.base.text import count, rounded
from ui.figures.pictures import Sprites, sprites
from ui.figures.sparklines import Sparklines, sparklines
from ui.figures.svg import shortened

TERMS = 5
LETTERS = 40

HTML = """
<div class="card" popover="manual" role="tooltip">
  <div class="pictures">
    <figure><canvas></canvas><figcaption>original</figcaption></figure>
    <figure><canvas></canvas><figcaption>reconstruction</figcaption></figure>
  </div>
  <div class="series">
    <div class="channels"></div>
    <div class="key"><span class="original">original</span>
      <span class="reconstruction">reconstruction</span></div>
  </div>
  <div class="title"></div>
  <div class="lines"></div>
</div>
"""

_card = component(__file__, HTML)


@dataclass(frozen=True)
class Cards:
    """What to show for each sample, by position.

    Attributes:
        titles: the sample's label, or its row.
        lines: further text, one line each.
        pictures: originals and reconstructions of images.
        series: those of series.
    """

    titles: list[str]
    lines: list[str]
    pictures: Sprites | None = None
    series: Sparklines | None = None


def cards(samples: Samples) -> Cards:
    """The cards of all samples: for images and series with a picture, else with what stands out."""
    positions = range(len(samples.error))
    extra = _stands_out(samples)
    return Cards(
        titles=[_title(samples, i) for i in positions],
        lines=["\n".join([*_lines(samples, i), *extra[i]]) for i in positions],
        pictures=sprites(samples) if samples.kind == "image" and positions else None,
        series=sparklines(samples) if samples.kind == "series" and positions else None,
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
    if cards.series is not None:
        data["series"] = asdict(cards.series)
    _card(key=key, data=data)


def _title(samples: Samples, position: int) -> str:
    if samples.label is None:
        return f"Row {count(int(samples.index[position]))}"
    return class_name(samples, int(samples.label[position]))


def _lines(samples: Samples, position: int) -> list[str]:
    lines = [f"Error {rounded(float(samples.error[position]))} (MSE, squared scaled units)"]
    if samples.label is not None:
        lines.append(f"Row {count(int(samples.index[position]))} of the data set")
    return lines


def _stands_out(samples: Samples) -> list[list[str]]:
    """Further lines of each sample: features that deviate most, or the heaviest terms."""
    positions = range(len(samples.error))
    if samples.kind == "table":
        return [_deviations(samples, i) for i in positions]
    if samples.kind == "text":
        pairs = text_pairs(samples, positions, TERMS)
        return [
            [f"In: {_listed(pair.original)}", f"Out: {_listed(pair.reconstruction)}"]
            for pair in pairs
        ]
    return [[] for _ in positions]


def _deviations(samples: Samples, position: int) -> list[str]:
    found = worst_features(samples, position)
    return ["Deviates most in:", *(f"{name} {_signed(value)}" for name, value in found)]


def _listed(terms: Sequence[Term]) -> str:
    return ", ".join(shortened(term.name, LETTERS) for term in terms) or "no term"


def _signed(value: float) -> str:
    return f"{value:+z.2f}".replace("-", "−")
