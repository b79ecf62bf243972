"""Ways: sheets of codes, and codes between two samples."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from aecore.evaluation.alignment import shared_positions
from aecore.evaluation.samples import Samples
from aecore.generation import interpolation, traversal
from aecore.latent import codes, ordering
from ui.base.text import rounded
from ui.base.theme import Palette
from ui.generate.pictures import show_sheet
from ui.generate.sides import Side, each
from ui.generate.sliders import LEAST_RANGE, point, useful_units
from ui.generate.way_film import show_way_film
from ui.shared.gallery import caption

LEAST_STEPS, STEPS, MOST_STEPS = 5, 9, 20
FRAMES = 41
WAYS = {"linear": interpolation.linear, "spherical": interpolation.spherical}
WAY_TITLES = {"linear": "Straight", "spherical": "Along a circle"}


def show_grid(sides: Sequence[Side], palette: Palette) -> None:
    """Two units moved over their ranges, all others as the sliders stand."""
    samples = sides[0].samples
    if samples.kind != "image":
        st.info(
            "A sheet needs pictures; move one number at a time under Sliders.",
            icon=":material/info:",
        )
        return
    steps = st.slider(
        "Steps",
        LEAST_STEPS,
        MOST_STEPS,
        STEPS,
        key="generate-steps",
        help="How many pictures stand in a row and in a column.",
    )
    for side in each(sides):
        _show_grid(side, steps, palette)


def show_interpolation(sides: Sequence[Side], palette: Palette) -> None:
    """A few steps from the code of one sample to that of another, and of images a film."""
    positions = shared_positions([side.samples for side in sides])
    rows = len(positions[0])
    if not rows:
        st.info("The two runs kept no sample in common.", icon=":material/info:")
        return
    both = "-".join(side.run.run_id for side in sides)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.number_input(
            "From sample", 1, rows, 1, key=f"generate-from-{both}", help="Where the way begins."
        )
        last = st.number_input(
            "To sample",
            1,
            rows,
            min(2, rows),
            key=f"generate-to-{both}",
            help="Where the way ends.",
        )
        way = st.segmented_control(
            "Way",
            list(WAYS),
            format_func=WAY_TITLES.__getitem__,
            default="linear",
            required=True,
            help="Along a circle keeps the code's length, as codes of a normal prior have it.",
        )
    ends = [(int(own[first - 1]), int(own[last - 1])) for own in positions]
    for side, (a, b) in zip(each(sides), ends, strict=True):
        code = side.samples.code
        # A card takes much more room than a picture in a strip.
        steps = STEPS if side.samples.kind == "image" else LEAST_STEPS
        made = side.decode(WAYS[way](code[a], code[b], steps))[None]
        key = f"generate-way-{side.run.run_id}"
        show_sheet(side.samples, made, palette, "Steps between two samples", key)
        if side.samples.kind == "image":
            frames = side.decode(WAYS[way](code[a], code[b], FRAMES))
            show_way_film(frames, side.samples.display_range, f"{key}-film")
        st.caption(f"From {caption(side.samples, a)} to {caption(side.samples, b)}.")


def _show_grid(side: Side, steps: int, palette: Palette) -> None:
    samples = side.samples
    if samples.code.shape[1] == 1:
        st.info("A code of one number has no plane; move it under Sliders.", icon=":material/info:")
        return
    grid = _grid(side, steps)
    if grid is None:
        st.info("Choose two different numbers of the code.", icon=":material/info:")
        return
    made, key = codes.decoded(side.decode, grid.codes), f"generate-grid-{side.run.run_id}"
    show_sheet(samples, made, palette, "Grid of decoded codes", key)
    st.caption(
        f"Across from {rounded(grid.across[0])} to {rounded(grid.across[-1])}, "
        f"upwards from {rounded(grid.up[-1])} to {rounded(grid.up[0])}."
    )


def _grid(side: Side, steps: int) -> traversal.Grid | None:
    """The whole plane of a code of two numbers, or two units moved; None if they are the same."""
    samples = side.samples
    if samples.code.shape[1] == 2:
        return traversal.manifold(samples.code, steps)
    units = _choose_units(side)
    if units[0] == units[1]:
        return None
    across, up = _range(samples, units[0]), _range(samples, units[1])
    return traversal.plane(point(side.run.run_id, samples), units, (across, up), steps)


def _range(samples: Samples, unit: int) -> traversal.Range:
    low, high = ordering.quantile_ranges(samples.code, least=LEAST_RANGE)[unit].tolist()
    return low, high


def _choose_units(side: Side) -> tuple[int, int]:
    best = useful_units(side.run, side.samples).tolist()
    left, right = st.columns(2)
    across, up = (
        column.selectbox(
            f"{title} number of the code",
            best,
            index=place,
            format_func=lambda unit: f"Code {unit + 1}",
            key=f"generate-{title}-{side.run.run_id}",
            help="The first ones carry most.",
        )
        for place, (title, column) in enumerate((("Horizontal", left), ("Vertical", right)))
    )
    return int(across), int(up)
