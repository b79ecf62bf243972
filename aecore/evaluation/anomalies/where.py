"""Where a sample is odd: the features that say most, in the data's own units and in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore.data.columns.hot_columns import category_of, source_columns
from aecore.data.dataset import Kind
from aecore.data.prepare.scaling import Units
from aecore.evaluation.anomalies.scores import Evidence, Fitted
from aecore.evaluation.anomalies.stretches import Stretch, odd_stretches
from aecore.wording import rounded

# A term below this weight, as a share of the other's, counts as absent.
HARDLY = 0.2
MOST_DECIMALS = 6
# What the last axis counts, where it has no names.
UNNAMED: dict[Kind, str] = {
    "table": "column",
    "series": "channel",
    "text": "term",
    "image": "channel",
}


@dataclass(frozen=True)
class Meaning:
    """What the values of a sample stand for.

    Attributes:
        kind: of the data.
        names: of the last axis: columns, channels or terms; empty where they have none.
        units: of the samples in question, one or as many as they are.
    """

    kind: Kind
    names: tuple[str, ...]
    units: Units


@dataclass(frozen=True)
class Oddity:
    """One feature of a sample: a column, a stretch of a channel, a term or a pixel.

    Attributes:
        name: of the feature.
        share: of the sample's score, 0 to 1.
        value, expected: in the data's own units; the names of categories.
        usual: deviation that is usual on training rows, in own units; NaN for categories.
        words: all of it in a few words.
        places: of its values among those of a sample, flattened.
        stretch: of a series, the steps.
    """

    name: str
    share: float
    value: float | str
    expected: float | str
    usual: float
    words: str
    places: tuple[int, ...]
    stretch: Stretch | None = None


def learn_usual(evidence: Evidence) -> Fitted:
    """Middle and robust spread of each feature's residual on training rows, (features,) both.

    The spread is 1.4826 · MAD, or the standard deviation where more than half of the residuals
    are equal.
    """
    from scipy.stats import median_abs_deviation

    residual = evidence.residual
    spread = median_abs_deviation(residual, axis=0, scale="normal")
    return {
        "middle": np.median(residual, axis=0),
        "spread": np.where(spread > 0, spread, residual.std(axis=0)),
    }


def where_odd(
    evidence: Evidence,
    position: int,
    parts: np.ndarray,
    usual: Fitted,
    meaning: Meaning,
    count: int = 10,
) -> tuple[Oddity, ...]:
    """The features of one sample, those with the largest share of its score first.

    Expected is the reconstruction plus the residual's middle on training rows: what the network
    gets wrong on every row is not odd. Features without a share are left out.

    Args:
        evidence: of some samples.
        position: of the sample among them.
        parts: (features,) its part of the score by each value, as `ScoreSpec.parts` gives it.
        usual: what `learn_usual` learned.
        meaning: of the samples' values.
        count: features at most.
    """
    seen = _seen(evidence, position, parts, usual, meaning)
    found = sorted(_BY_KIND[meaning.kind](seen, count), key=lambda oddity: -oddity.share)
    return tuple(oddity for oddity in found if oddity.share > 0)[:count]


@dataclass(frozen=True)
class _Seen:
    """One sample, flattened and in its own units; `x` is in scaled ones, (*sample_shape)."""

    x: np.ndarray
    value: np.ndarray
    expected: np.ndarray
    rebuilt: np.ndarray
    usual: np.ndarray
    share: np.ndarray
    names: tuple[str, ...]

    def oddity(self, name: str, place: int, words: str) -> Oddity:
        value, expected = float(self.value[place]), float(self.expected[place])
        usual, share = float(self.usual[place]), float(self.share[place])
        return Oddity(name, share, value, expected, usual, words, (place,))

    def largest(self, count: int) -> list[int]:
        """Places of the values with the largest shares."""
        return np.argsort(-self.share, kind="stable")[:count].tolist()

    def figures(self, place: int) -> str:
        """Value, expectation and usual deviation, such as "81.2, expected 64.0 ± 2.1"."""
        value, expected, usual = (
            float(numbers[place]) for numbers in (self.value, self.expected, self.usual)
        )
        digits = _decimals(usual or max(abs(value), abs(expected)))
        shown = [_number(number, digits) for number in (value, expected, usual)]
        return f"{shown[0]}, expected {shown[1]} ± {shown[2]}"


def _seen(
    evidence: Evidence, position: int, parts: np.ndarray, usual: Fitted, meaning: Meaning
) -> _Seen:
    x, x_hat = (np.asarray(a[position], np.float64) for a in (evidence.x, evidence.x_hat))
    units = meaning.units.of(np.array([position]))
    scale = np.broadcast_to(units.scale[0] if units.scale.ndim > 1 else units.scale, x.shape)
    expected = x_hat + usual["middle"].reshape(x.shape)
    whole = float(parts.sum())
    last = x.shape[-1]
    return _Seen(
        x=x,
        value=units.raw(x[None])[0].ravel(),
        expected=units.raw(expected[None])[0].ravel(),
        rebuilt=x_hat.ravel(),
        usual=np.abs(usual["spread"] * scale.ravel()),
        share=parts / whole if whole > 0 else np.zeros(len(parts)),
        names=meaning.names or tuple(f"{UNNAMED[meaning.kind]} {i}" for i in range(1, last + 1)),
    )


def _columns(seen: _Seen, count: int) -> list[Oddity]:
    found = []
    for column, places in source_columns(seen.names, seen.x[None]):
        if len(places) > 1:
            found.append(_category(seen, column, places))
        else:
            words = f"{column} {seen.figures(places[0])}"
            found.append(seen.oddity(column, places[0], words))
    return found


def _category(seen: _Seen, column: str, places: tuple[int, ...]) -> Oddity:
    hot = list(places)
    names = [category_of(seen.names[place]) for place in places]
    given = seen.x[hot]
    value = names[int(given.argmax())] if given.any() else "none that is known"
    expected = names[int(seen.rebuilt[hot].argmax())]
    share = float(seen.share[hot].sum())
    close = "expected less surely" if expected == value else f"expected {expected}"
    words = f"{column} = {value}, {close}"
    return Oddity(column, share, value, expected, math.nan, words, places)


def _stretches(seen: _Seen, count: int) -> list[Oddity]:
    found = odd_stretches(seen.share.reshape(seen.x.shape), count)
    return [_of_stretch(seen, stretch) for stretch in found]


def _of_stretch(seen: _Seen, stretch: Stretch) -> Oddity:
    """Told by the step in it that has the largest share; steps are counted from 1."""
    channels = seen.x.shape[1]
    places = tuple(s * channels + stretch.channel for s in range(stretch.start, stretch.end))
    worst = places[int(seen.share[list(places)].argmax())]
    name, figures = seen.names[stretch.channel], seen.figures(worst)
    steps = f"step {stretch.start + 1}"
    if len(places) > 1:
        steps = f"steps {stretch.start + 1} to {stretch.end}"
        figures = f"at step {worst // channels + 1} {figures}"
    value, expected = float(seen.value[worst]), float(seen.expected[worst])
    words = f"{name}, {steps}: {figures}"
    usual = float(seen.usual[worst])
    return Oddity(name, stretch.share, value, expected, usual, words, places, stretch)


def _terms(seen: _Seen, count: int) -> list[Oddity]:
    return [
        seen.oddity(seen.names[place], place, f"“{seen.names[place]}” {_of_term(seen, place)}")
        for place in seen.largest(count)
    ]


def _of_term(seen: _Seen, place: int) -> str:
    weight, expected = max(0.0, seen.value[place]), max(0.0, seen.expected[place])
    if expected <= HARDLY * weight:
        return f"occurs, not expected ({seen.figures(place)})"
    if weight <= HARDLY * expected:
        return f"is missing ({seen.figures(place)})"
    return seen.figures(place)


def _pixels(seen: _Seen, count: int) -> list[Oddity]:
    """Rows and columns are counted from 1."""
    found = []
    for place in seen.largest(count):
        row, column, channel = np.unravel_index(place, seen.x.shape)
        name = f"row {row + 1}, column {column + 1}"
        if seen.x.shape[-1] > 1:
            name += f", {seen.names[channel]}"
        found.append(seen.oddity(name, place, f"{name}: {seen.figures(place)}"))
    return found


_BY_KIND: dict[Kind, Callable[[_Seen, int], list[Oddity]]] = {
    "table": _columns,
    "series": _stretches,
    "text": _terms,
    "image": _pixels,
}


def _decimals(size: float) -> int:
    """Decimals that show two digits of a number of this size."""
    if size <= 0 or not math.isfinite(size):
        return 1
    return max(0, 1 - math.floor(math.log10(size)))


def _number(value: float, decimals: int) -> str:
    if decimals > MOST_DECIMALS or abs(value) >= 1e9:
        return rounded(value)
    # Zero has no sign.
    return f"{value:z,.{decimals}f}"
