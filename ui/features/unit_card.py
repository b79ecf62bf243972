"""A card for one number of a code: what it goes with, its spread, what it moves, its extremes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd
import streamlit as st

from aecore.data.terms import absent_weights, heaviest
from aecore.evaluation.reconstruction import class_name, feature_names
from aecore.evaluation.samples import Samples
from aecore.latent.units import Tie, Unit, extremes, histogram
from ui.base.text import count, plain, rounded
from ui.base.theme import Palette
from ui.figures.pictures import SHARPNESS, data_address, shades, strip, tints
from ui.figures.units import (
    CHANGES_WIDTH,
    MOVES_WIDTH,
    SPREAD_WIDTH,
    Change,
    panels_size,
    plot_changes,
    plot_moves,
    plot_panels,
    plot_unit_spread,
)

SIDE, STRIP_SIDE = 56, 66
SHOWN, LISTED, PANELS, ROWS = 8, 3, 4, 5
TIES, TERMS = 3, 4
CHANGES = 6
# Of a column's standard deviation.
NOTHING = 1e-6


@dataclass(frozen=True)
class Moved:
    """What is decoded as one unit moves and all others stay at their mean.

    Attributes:
        made: (steps, *sample_shape), from low to high, in scaled units.
        atom: (*sample_shape), what a standard deviation more of the unit adds.
    """

    made: np.ndarray
    atom: np.ndarray


def show_unit(samples: Samples, unit: Unit, moved: Moved | None, palette: Palette) -> None:
    """All that is known of a unit."""
    with st.container(border=True):
        st.markdown(f"**Code {unit.place + 1}** · {plain(_ties(unit))}")
        st.caption(_about(unit))
        left, right = st.columns([1, 2], gap="medium")
        with left:
            st.image(
                plot_unit_spread(*histogram(samples, unit.place), palette),
                alt=f"How the values of code {unit.place + 1} are spread",
                width=SPREAD_WIDTH,
            )
        if moved is not None:
            with right:
                _show_moved(samples, unit, moved, palette)
        _show_extremes(samples, unit, palette)


def _ties(unit: Unit) -> str:
    if not unit.ties:
        return "goes with nothing that is known of the samples"
    return "goes with " + ", ".join(_tie(tie) for tie in unit.ties[:TIES])


def _tie(tie: Tie) -> str:
    if tie.sign:
        return f"{tie.name} ({'−' if tie.sign < 0 else '+'}{tie.strength:.2f})"
    return f"{tie.name} ({tie.strength:.2f}; highest for {tie.highest}, lowest for {tie.lowest})"


def _about(unit: Unit) -> str:
    said = f"{unit.share:.0%} of the variance of the code, standard deviation " + rounded(
        unit.deviation
    )
    if unit.same_as is not None:
        said += f" · says the same as code {unit.same_as + 1}"
    return said


def _show_moved(samples: Samples, unit: Unit, moved: Moved, palette: Palette) -> None:
    name = f"code {unit.place + 1}"
    if samples.kind == "image":
        limit = float(np.abs(np.nan_to_num(moved.atom)).max()) or 1.0
        atom = tints(moved.atom[None], limit, palette.diverging)
        tiles = np.concatenate([shades(moved.made, samples.display_range), atom])
        picture = strip(tiles, STRIP_SIDE)
        alt = f"Decoded while {name} goes from low to high; last, what more of it adds"
        st.image(data_address(picture), width=picture.shape[1] // SHARPNESS, alt=alt)
        st.caption("Decoded from low to high; last what more of it adds (orange) and takes (blue).")
        return
    if samples.kind == "series":
        st.image(
            plot_moves(moved.made[..., 0], palette),
            width=MOVES_WIDTH,
            alt=f"Decoded series while {name} goes from low to high",
        )
        st.caption(f"Decoded from low (faint) to high (strong){_channel(samples)}.")
        return
    st.image(
        plot_changes(_changes(samples, moved), palette),
        width=CHANGES_WIDTH,
        alt=f"What changes most while {name} goes from low to high",
    )
    what = "terms" if samples.kind == "text" else "columns"
    st.caption(f"The {what} that change most from low to high, by bars in scaled units.")


def _channel(samples: Samples) -> str:
    names = feature_names(samples)
    return f", {plain(names[0])}" if len(names) > 1 else ""


def _changes(samples: Samples, moved: Moved) -> list[Change]:
    ends = moved.made[[0, -1]].reshape(2, -1)
    amount = ends[1] - ends[0]
    raw = samples.raw_sample(ends, 0)
    names = feature_names(samples)
    order = np.argsort(-np.abs(amount), kind="stable")[:CHANGES]
    return [
        Change(names[i], float(amount[i]), float(raw[0, i]), float(raw[1, i]))
        for i in order.tolist()
    ]


def _show_extremes(samples: Samples, unit: Unit, palette: Palette) -> None:
    high, low = extremes(samples, unit.place, SHOWN)
    if samples.kind in ("table", "text"):
        both = np.unique(np.concatenate([high[:LISTED], low[:LISTED]]))
        table = few_as_table(samples, both, both_sides=True)
        table.insert(1, f"code {unit.place + 1}", samples.code[both, unit.place])
        st.caption("The samples with the highest and the lowest values.")
        _show_table(table.sort_values(table.columns[1], ascending=False), unit)
        return
    for column, title, positions in zip(
        st.columns(2, gap="medium"), ("Highest", "Lowest"), (high, low), strict=True
    ):
        with column:
            st.caption(f"{title}{_labels(samples, positions)}")
            show_few(samples, positions, palette, f"{title} values of code {unit.place + 1}")


def _show_table(table: pd.DataFrame, unit: Unit) -> None:
    st.dataframe(
        table,
        hide_index=True,
        alt=f"Samples with the highest and the lowest values of code {unit.place + 1}",
        column_config={table.columns[1]: st.column_config.NumberColumn(format="%.3g")},
    )


def show_few(samples: Samples, positions: np.ndarray, palette: Palette, alt: str) -> None:
    """Some samples as small as can be."""
    if samples.kind == "image":
        picture = strip(shades(samples.original[positions], samples.display_range), SIDE)
        st.image(data_address(picture), width=picture.shape[1] // SHARPNESS, alt=alt)
        return
    if samples.kind == "series":
        lines = samples.original[positions][..., 0]
        width, _ = panels_size(len(lines), PANELS)
        st.image(plot_panels(lines, palette.original, PANELS), width=width, alt=alt)
        return
    st.dataframe(few_as_table(samples, positions[:ROWS]), hide_index=True, alt=alt)


def _labels(samples: Samples, positions: np.ndarray) -> str:
    """Classes of some samples, those that follow one another counted."""
    if samples.label is None:
        return ""
    names = [class_name(samples, int(samples.label[position])) for position in positions]
    told = [(name, len(list(same))) for name, same in groupby(names)]
    return ": " + plain(", ".join(f"{name} (×{n})" if n > 1 else name for name, n in told))


def few_as_table(
    samples: Samples, positions: np.ndarray, *, both_sides: bool = False
) -> pd.DataFrame:
    """Rows of a table with the columns in which they differ most from all, or texts by terms.

    Args:
        both_sides: whether some differ to one side and some to the other, as extremes do.
    """
    columns: dict[str, list[object]] = {
        "row": [count(int(samples.index[position])) for position in positions]
    }
    if samples.label is not None:
        columns["label"] = [class_name(samples, int(samples.label[i])) for i in positions]
    names = feature_names(samples)
    if samples.kind == "text":
        weights = samples.original[positions] - absent_weights(samples.original)
        columns["terms"] = [", ".join(names[i] for i in heaviest(each, TERMS)) for each in weights]
        return pd.DataFrame(columns)
    flat = samples.original.reshape(len(samples.original), -1)
    spread = flat.std(axis=0)
    away = (flat[positions] - flat.mean(axis=0)) / np.where(spread > 0, spread, 1)
    far = np.square(away).mean(axis=0) if both_sides else np.abs(away.mean(axis=0))
    raw = samples.raw(samples.original).reshape(len(flat), -1)
    # What is next to nothing is what 32 bits left of 0.
    raw = np.where(np.abs(raw) < NOTHING * raw.std(axis=0), 0.0, raw)[positions]
    for place in np.argsort(-far, kind="stable")[:CHANGES].tolist():
        columns[names[place]] = [rounded(float(value)) for value in raw[:, place]]
    return pd.DataFrame(columns)
