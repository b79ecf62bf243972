"""What lies on a plane of codes, and between the codes of two samples?"""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent import codes, interpolation, ordering, traversal
from ui.generate_decoding import Decoder
from ui.generate_pictures import show_sheet
from ui.generate_sliders import LEAST_RANGE, point, useful_units
from ui.theme import Palette

GRID_STEPS = 9
WAYS = {"linear": interpolation.linear, "spherical": interpolation.spherical}
WAY_TITLES = {"linear": "Straight", "spherical": "Along a circle"}


def show_grid(decode: Decoder, samples: Samples, palette: Palette) -> None:
    """Two units moved over their ranges, all others as the sliders stand."""
    if samples.kind != "image":
        st.info(
            "A sheet needs pictures; move one number at a time under Sliders.",
            icon=":material/info:",
        )
        return
    width = samples.code.shape[1]
    if width == 1:
        st.info("A code of one number has no plane; move it under Sliders.", icon=":material/info:")
        return
    if width == 2:
        grid = traversal.manifold(samples.code, GRID_STEPS)
    else:
        units = _choose_units(decode, samples)
        if units[0] == units[1]:
            st.info("Choose two different numbers of the code.", icon=":material/info:")
            return
        of = ordering.quantile_ranges(samples.code, least=LEAST_RANGE).tolist()
        ranges = ((of[units[0]][0], of[units[0]][1]), (of[units[1]][0], of[units[1]][1]))
        grid = traversal.plane(point(decode.run.run_id, samples), units, ranges, GRID_STEPS)
    show_sheet(samples, codes.decoded(decode, grid.codes), palette, "Grid of decoded codes")
    st.caption(
        f"Across from {grid.across[0]:.3g} to {grid.across[-1]:.3g}, "
        f"upwards from {grid.up[-1]:.3g} to {grid.up[0]:.3g}."
    )


def show_interpolation(decode: Decoder, samples: Samples, palette: Palette) -> None:
    """Nine steps from the code of one sample to that of another."""
    rows, run_id = len(samples.code), decode.run.run_id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.number_input("From sample", 1, rows, 1, key=f"generate-from-{run_id}")
        last = st.number_input("To sample", 1, rows, min(2, rows), key=f"generate-to-{run_id}")
        way = st.segmented_control(
            "Way",
            list(WAYS),
            format_func=WAY_TITLES.__getitem__,
            default="linear",
            required=True,
            help="Along a circle keeps the code's length, as codes of a normal prior have it.",
        )
    path = WAYS[way](samples.code[int(first) - 1], samples.code[int(last) - 1], GRID_STEPS)
    show_sheet(samples, decode(path)[None], palette, "Steps between two samples")


def _choose_units(decode: Decoder, samples: Samples) -> tuple[int, int]:
    best = useful_units(decode.run, samples).tolist()
    left, right = st.columns(2)
    across, up = (
        column.selectbox(
            f"{title} number of the code",
            best,
            index=place,
            format_func=lambda unit: f"Code {unit + 1}",
            key=f"generate-{title}-{decode.run.run_id}",
        )
        for place, (column, title) in enumerate(((left, "Horizontal"), (right, "Vertical")))
    )
    return int(across), int(up)
