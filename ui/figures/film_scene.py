"""`FilmScene`: all that a run's film shows, frame by frame; browser and GIF draw it alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from aecore.data.dataset import Kind
from aecore.evaluation.reconstruction import class_name, feature_names
from aecore.evaluation.samples import Samples
from aecore.latent.colours import of_labels
from aecore.latent.film import Film
from ui.base.text import count, rounded
from ui.base.theme import Palette
from ui.figures.class_marks import ClassPoints, coloured_points
from ui.figures.pictures import shades, tints
from ui.figures.sparklines import MAX_CHANNELS
from ui.figures.svg import shortened

MAX_SIDE = 96
# Of all pictures of a film together; a message to the browser may have 20 MB.
MAX_PIXELS = 2_000_000
MAX_STEPS = 200
MAX_FEATURES = 16
SAMPLES = {"image": 10, "table": 3, "series": 4}
LETTERS = 24
CLASSES_NAMED = 20
HEADROOM = 0.15
CAPTIONS = {
    "image": "The same samples, rebuilt",
    "table": "The same rows, rebuilt: a ring for the original, a dot for its reconstruction",
    "series": "The same series, rebuilt: the broad line is the original, the thin one what is made",
}
MAP_CAPTION, ERRORS_CAPTION = "Map of the codes", "How errors are spread"
PICTURE_ROWS = ("original", "reconstruction", "difference")
ERROR_AXIS = "MSE of a sample (squared scaled units)"


@dataclass(frozen=True)
class Probe:
    """The samples that are rebuilt at each frame.

    Attributes:
        kind: what they are, which says how they are drawn.
        titles: one a sample.
        names: of the rows of pictures, the channels of series, or the features of a table.
        original: (samples, h, w, 3) bytes of pictures; of others shares of a common height or
            width, (samples, channels, steps) of series and (samples, features) of a table.
    """

    kind: Kind
    titles: tuple[str, ...]
    names: tuple[str, ...]
    original: np.ndarray

    @property
    def caption(self) -> str:
        """What is to be seen."""
        return CAPTIONS[self.kind]


@dataclass(frozen=True)
class FilmFrame:
    """One moment of a training.

    Attributes:
        epoch: after which it was, 0 before the first.
        moment: what is said of it.
        points: (m, 2) the codes as shares of the map's square, from its left and from its foot.
        counts: (bars,) samples of each bar of the histogram; empty where no errors were kept.
        mean, mean_at: the mean error in words, and its share of the way along the axis.
        made: reconstructions, in the shape of the probe's originals; None without a probe.
        difference: of pictures, made − original as (samples, h, w, 3) bytes.
    """

    epoch: int
    moment: str
    points: np.ndarray
    counts: np.ndarray
    mean: str = ""
    mean_at: float = 0.0
    made: np.ndarray | None = None
    difference: np.ndarray | None = None


@dataclass(frozen=True)
class FilmScene:
    """A film: its frames, and what is the same in all of them.

    Attributes:
        classes: the map's points by class, with colour and shape.
        named: how many of the classes the legend names.
        ticks: of the axis of errors: a share of the way along it, and what is written there.
        probe: None where there is nothing that could be seen being rebuilt.
    """

    frames: tuple[FilmFrame, ...]
    classes: tuple[ClassPoints, ...]
    named: int
    ticks: tuple[tuple[float, str], ...]
    probe: Probe | None
    palette: Palette

    @property
    def legend(self) -> tuple[ClassPoints, ...]:
        """The classes that the legend names."""
        return self.classes[: self.named]

    @property
    def unnamed(self) -> str:
        """How many more there are, in words."""
        more = len(self.classes) - self.named
        return f"and {count(more)} more" if self.named and more > 0 else ""


def film_scene(film: Film, samples: Samples, moments: Sequence[str], palette: Palette) -> FilmScene:
    """What a film shows.

    Args:
        moments: what is said of each frame.
    """
    on_map = replace(samples, label=film.label, error=np.zeros(film.points.shape[1]))
    classes = tuple(coloured_points(of_labels(on_map), palette))
    probe, rebuilt = _probe(film, samples, palette)
    frames = tuple(
        FilmFrame(
            epoch=int(epoch),
            moment=moments[i],
            points=film.points[i],
            **_errors(film, i),
            **{name: values[i] for name, values in rebuilt.items()},
        )
        for i, epoch in enumerate(film.snapshots.epochs)
    )
    named = 0 if film.label is None else min(len(classes), CLASSES_NAMED)
    return FilmScene(frames, classes, named, _ticks(film.edges), probe, palette)


def _errors(film: Film, frame: int) -> dict[str, Any]:
    if not len(film.edges):
        return {"counts": np.empty(0, dtype=np.int64)}
    mean = float(film.mean_error[frame])
    return {
        "counts": film.counts[frame],
        "mean": f"mean {rounded(mean)}",
        "mean_at": _along(mean, film.edges),
    }


def _along(error: float, edges: np.ndarray) -> float:
    """The share of the way from the first edge to the last, in equal ratios."""
    low, high = math.log(edges[0]), math.log(edges[-1])
    place = math.log(error) if error > 0 and math.isfinite(error) else low
    return min(max((place - low) / (high - low), 0.0), 1.0)


def _ticks(edges: np.ndarray) -> tuple[tuple[float, str], ...]:
    """The powers of ten between the edges; the edges themselves where there is none."""
    if not len(edges):
        return ()
    first, last = math.ceil(math.log10(edges[0])), math.floor(math.log10(edges[-1]))
    marked = [10.0**power for power in range(first, last + 1)] or [edges[0], edges[-1]]
    return tuple((_along(float(value), edges), rounded(float(value), 1)) for value in marked)


def _probe(
    film: Film, samples: Samples, palette: Palette
) -> tuple[Probe | None, dict[str, np.ndarray]]:
    """The probe, and what changes of it from frame to frame."""
    if samples.kind == "text" or not len(film.snapshots.rows):
        return None, {}
    shown = min(SAMPLES[samples.kind], len(film.snapshots.rows))
    titles = tuple(_title(film, samples, place) for place in range(shown))
    of_kind = {"image": _pictures, "table": _dots, "series": _lines}[samples.kind]
    names, original, rebuilt = of_kind(film, samples, palette, shown)
    return Probe(samples.kind, titles, names, original), rebuilt


Rebuilt = tuple[tuple[str, ...], np.ndarray, dict[str, np.ndarray]]


def _pictures(film: Film, samples: Samples, palette: Palette, shown: int) -> Rebuilt:
    """Thinned where they are large, so that all frames together stay small."""
    sides = film.snapshots.original.shape[1:3]
    step = _thinning(sides, (2 * len(film.snapshots.epochs) + 1) * shown)
    original = film.snapshots.original[:shown, ::step, ::step]
    made = film.snapshots.reconstruction[:, :shown, ::step, ::step]
    off = made - original
    limit = float(np.quantile(np.abs(off[-1]), 0.995)) or 1.0
    rebuilt = {
        "made": np.stack([shades(each, samples.display_range) for each in made]),
        "difference": np.stack([tints(each, limit, palette.diverging) for each in off]),
    }
    return PICTURE_ROWS, shades(original, samples.display_range), rebuilt


def _thinning(sides: tuple[int, ...], pictures: int) -> int:
    """Every so manyth pixel of pictures of these sides is shown."""
    pixels = pictures * math.prod(sides)
    return math.ceil(max(max(sides) / MAX_SIDE, math.sqrt(pixels / MAX_PIXELS)))


def _lines(film: Film, samples: Samples, palette: Palette, shown: int) -> Rebuilt:
    """(samples, channels, steps), each channel on a scale of its own."""
    total, channels = film.snapshots.original.shape[1:]
    every, drawn = math.ceil(total / MAX_STEPS), min(channels, MAX_CHANNELS)
    values = _with_originals(film, shown)[:, :, ::every, :drawn].swapaxes(2, 3)
    low, high = (edge(values[:1], axis=(0, 1, 3), keepdims=True) for edge in (np.min, np.max))
    names = tuple(shortened(name, LETTERS) for name in feature_names(samples)[:drawn])
    original, *made = _as_shares(values, low, high)
    return names, original, {"made": np.stack(made)}


def _dots(film: Film, samples: Samples, palette: Palette, shown: int) -> Rebuilt:
    """(samples, features), those that are furthest off at the end."""
    values = _with_originals(film, shown)
    deviation = np.square(values[-1] - values[0]).mean(axis=0)
    chosen = np.argsort(-deviation, kind="stable")[:MAX_FEATURES]
    values = values[:, :, chosen]
    names = tuple(shortened(feature_names(samples)[i], LETTERS) for i in chosen)
    original, *made = _as_shares(values, values[:1].min(), values[:1].max())
    return names, original, {"made": np.stack(made)}


def _with_originals(film: Film, shown: int) -> np.ndarray:
    snapshots = film.snapshots
    return np.concatenate([snapshots.original[None, :shown], snapshots.reconstruction[:, :shown]])


def _as_shares(values: np.ndarray, low: Any, high: Any) -> np.ndarray:
    """Values as shares, 0 to 1, of a range and a little room around it."""
    span = np.maximum(high - low, 1e-12)
    unit = np.nan_to_num((values - low) / span + HEADROOM) / (1 + 2 * HEADROOM)
    return np.asarray(unit.clip(0.0, 1.0), dtype=np.float32)


def _title(film: Film, samples: Samples, place: int) -> str:
    row = film.snapshots.rows[place]
    found = np.flatnonzero(film.snapshots.map_rows == row)
    if film.label is None or not len(found):
        return f"row {count(int(row))}"
    return shortened(class_name(samples, int(film.label[found[0]])), LETTERS)
