"""The same few series, reconstruction over original, and what is between them beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from aecore.training.events import Event, unpack
from ui.base.text import count, counted
from ui.base.theme import Palette
from ui.figures import svg

WIDTH = 640
LABEL_WIDTH = 106
GAP = 6
HEAD = 20
KEY_HEIGHT = 26
# Height of a channel's lines, by how many channels there are; the difference gets half of it more.
HEIGHTS = {1: 112, 2: 76, 3: 56}
# Samples of a usual probe; see aecore/training/snapshot_recorder.py.
USUAL_SAMPLES = 4
# Lines are drawn on a grid as high as this, in whole numbers, which keeps the image small.
FINENESS = 240
# A difference is drawn on the scale of the lines, up to half of their height.
DIFFERENCE = FINENESS // 2
LETTERS = 13
LABEL_LETTERS = 20
# Width and opacity of each line; the original is the broad one behind.
STROKES = {"seen": (0.8, 0.5), "original": (3.2, 0.5), "reconstruction": (1.5, 1.0)}

Channel = dict[str, Any]


def plot_series_probe(snapshot: Event, palette: Palette) -> str:
    """The probe of a snapshot event of series as an SVG: a row a channel, a column a sample."""
    probe = snapshot["probe"]
    channels = probe["channels"]
    samples, steps = channels[0]["original"]["shape"]
    return _grid(
        heads=probe["labels"] or [""] * samples,
        names=[channel["name"] for channel in channels],
        cells=[[_cell(channel, i, palette) for i in range(samples)] for channel in channels],
        steps=steps,
        key=_key(probe, palette),
        palette=palette,
    )


def plot_empty_series(channels: int, palette: Palette) -> str:
    """The frames that a probe of so many channels will fill."""
    shown, blank = min(channels, max(HEIGHTS)), [""] * USUAL_SAMPLES
    return _grid(
        heads=blank, names=[""] * shown, cells=[blank] * shown, steps=2, key="", palette=palette
    )


def describe_series_probe(snapshot: Event) -> str:
    """The figure in words, for those who do not see it."""
    probe = snapshot["probe"]
    channels = probe["channels"]
    errors = [
        np.mean(np.square(unpack(channel["reconstruction"]) - unpack(channel["original"])))
        for channel in channels
    ]
    names = ", ".join(channel["name"] for channel in channels)
    return (
        f"{channels[0]['original']['shape'][0]} series ({names}) as original, reconstruction and "
        f"difference after epoch {snapshot['epoch']}; mean squared error {np.mean(errors):.4f}."
    )


def left_out(snapshot: Event) -> str:
    """What of the series is not drawn, as a sentence; empty where all is."""
    probe, said = snapshot["probe"], []
    if probe["of_channels"] > len(probe["channels"]):
        said.append(
            f"the first {len(probe['channels'])} of {counted(probe['of_channels'], 'channel')}"
        )
    if probe["every"] > 1:
        said.append(f"one in {count(probe['every'])} of {counted(probe['of_steps'], 'step')}")
    return f"Drawn: {', '.join(said)}." if said else ""


def _grid(
    *,
    heads: Sequence[str],
    names: Sequence[str],
    cells: Sequence[Sequence[str]],
    steps: int,
    key: str,
    palette: Palette,
) -> str:
    """Cells in frames, under the samples' labels and beside the channels' names, over a key."""
    lines = HEIGHTS[len(names)]
    tall = lines * (1 + DIFFERENCE / FINENESS)
    pitch = (WIDTH - LABEL_WIDTH + GAP) / len(heads)
    wide = pitch - GAP
    view = f'viewBox="0 0 {max(1, steps - 1)} {FINENESS + DIFFERENCE}" preserveAspectRatio="none"'
    lefts = [LABEL_WIDTH + i * pitch for i in range(len(heads))]
    body = [_label(head, left, 0, wide, palette) for head, left in zip(heads, lefts, strict=True)]
    y: float = HEAD
    for name, row in zip(names, cells, strict=True):
        body.append(_name(name, y, lines, tall, palette))
        for cell, left in zip(row, lefts, strict=True):
            body.append(svg.clipped(cell, left, y, wide, tall, view))
            body.append(_frame(left, y, wide, lines, tall, palette))
        y += tall + GAP
    body.append(svg.moved(key, 0, y))
    return svg.document("".join(body), WIDTH, y + KEY_HEIGHT)


def _label(label: str, x: float, y: float, wide: float, palette: Palette) -> str:
    shown = svg.text(svg.shortened(label, LABEL_LETTERS), 0, 14, palette.muted)
    return svg.clipped(shown, x, y, wide, HEAD)


def _name(name: str, y: float, lines: float, tall: float, palette: Palette) -> str:
    """The channel beside its lines, and what is drawn beneath them."""
    if not name:
        return ""
    shown = svg.text(svg.shortened(name, LETTERS), 0, lines / 2 + 4, palette.text)
    beneath = svg.text("difference", 0, (lines + tall) / 2 + 4, palette.muted)
    return svg.clipped(shown + beneath, 0, y, LABEL_WIDTH - GAP, tall)


def _frame(x: float, y: float, wide: float, lines: float, tall: float, palette: Palette) -> str:
    return (
        svg.box(x, y, wide, tall, f'fill="none" stroke="{palette.grid}"')
        + f'<path d="M{x:.1f} {y + lines:.1f}h{wide:.1f}" stroke="{palette.grid}"/>'
    )


def _cell(channel: Channel, sample: int, palette: Palette) -> str:
    """Lines and difference of one channel of one sample."""
    low, high = channel["original"]["low"], channel["original"]["high"]
    span = (high - low) or 1.0
    sides = {
        name: (unpack(channel[name])[sample] - low) / span for name in STROKES if name in channel
    }
    colours = _colours(palette)
    lines = (
        _line(FINENESS * (1 - values), colours[name], *STROKES[name])
        for name, values in sides.items()
    )
    difference = FINENESS * (sides["reconstruction"] - sides["original"])
    return _area(difference, palette) + "".join(lines)


def _line(y: np.ndarray, colour: str, width: float, opacity: float) -> str:
    return (
        f'<polyline points="{_points(y)}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-opacity="{opacity}" stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
    )


def _area(difference: np.ndarray, palette: Palette) -> str:
    """What is too low under a line of zero, and what is too high over it."""
    zero, reach = FINENESS + DIFFERENCE / 2, DIFFERENCE / 2
    last = max(1, len(difference) - 1)
    drawn = [
        f'<polygon points="0,{zero:.0f} {_points(zero - part)} {last},{zero:.0f}" fill="{colour}"/>'
        for part, colour in (
            (np.clip(difference, -reach, 0), palette.negative),
            (np.clip(difference, 0, reach), palette.positive),
        )
    ]
    return "".join(drawn)


def _points(y: np.ndarray) -> str:
    """Heights at every step, as the points of a line; a single step is drawn from side to side."""
    heights = np.rint(np.repeat(y, 2) if len(y) == 1 else y).astype(int).tolist()
    return " ".join(f"{x},{height}" for x, height in enumerate(heights))


def _key(probe: dict[str, Any], palette: Palette) -> str:
    """What the lines and colours mean."""
    x, drawn, colours = LABEL_WIDTH, "", _colours(palette)
    names = {"original": "original", "seen": "noisy input", "reconstruction": "reconstruction"}
    for side, name in names.items():
        if side not in probe["channels"][0]:
            continue
        width, opacity = STROKES[side]
        stroke = f'stroke="{colours[side]}" stroke-width="{width}" stroke-opacity="{opacity}"'
        drawn += f'<path d="M{x} 12h20" {stroke}/>' + svg.text(name, x + 25, 16, palette.muted)
        x += 36 + 7 * len(name)
    for name, colour in (("too low", palette.negative), ("too high", palette.positive)):
        drawn += svg.box(x, 7, 12, 10, f'fill="{colour}"')
        drawn += svg.text(name, x + 17, 16, palette.muted)
        x += 28 + 7 * len(name)
    return drawn


def _colours(palette: Palette) -> dict[str, str]:
    return {
        "seen": palette.muted,
        "original": palette.original,
        "reconstruction": palette.reconstruction,
    }
