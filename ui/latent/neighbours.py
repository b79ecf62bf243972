"""Neighbours of one sample, in the code beside the map."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.reconstruction import text_pairs
from aecore.evaluation.samples import Samples
from aecore.latent.neighbours import DISTANCES, Comparison, Neighbours, compare
from ui.app import session
from ui.base.text import count, plain, rounded
from ui.base.theme import Palette
from ui.figures.svg import shortened
from ui.figures.thumbnails import thumbnail
from ui.shared import map_selection
from ui.shared.latent_map import CHART, LINE, Drawn
from ui.shared.map_marks import Ring, show_marks
from ui.shared.sample_card import Cards

NEIGHBOURS = 8
METRIC_HELP = (
    "Euclidean compares positions in the code; cosine compares directions from its origin, however "
    "far out."
)
PLANE = 2
CELL_WIDTH = 96
TERMS, LETTERS = 3, 16
FOCUS_RING, NEIGHBOUR_RING = (11.0, 2.5), (7.0, 1.5)


def show_neighbours(
    run_id: str, samples: Samples, drawn: Drawn, cards: Cards, palette: Palette
) -> None:
    """The neighbours of the sample that was clicked on or found, and their rings on the map."""
    focus = map_selection.focus(run_id)
    found = None if focus is None else _compared(samples, drawn, focus)
    rings = _rings(drawn, focus, found, palette)

    def on_click(position: int) -> None:
        map_selection.set_focus(run_id, position if 0 <= position < len(samples.code) else None)

    show_marks(CHART, rings, "map-marks", on_click)
    if focus is None or found is None:
        return
    _show_sample(samples, cards, focus, palette)
    _show_rows(samples, cards, found, palette)
    if rings:
        st.caption("Thin rings on the map show where the neighbours in the code came to lie.")


def _compared(samples: Samples, drawn: Drawn, focus: int) -> Comparison | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.header(f"Neighbours of row {count(int(samples.index[focus]))}", anchor=False)
        metric = st.segmented_control(
            "Distance in the code",
            list(DISTANCES),
            format_func=lambda name: DISTANCES[name].title,
            default="euclidean",
            required=True,
            key="neighbour-metric",
            persist_state="session",
            help=METRIC_HELP,
        )
    # A line is drawn against the error, which is no part of where a sample lies.
    points = samples.code if drawn.key == LINE else drawn.points
    try:
        return compare(samples.code, points, focus, metric, NEIGHBOURS)
    except LabError as error:
        session.show_error(error)
        return None


def _show_rows(samples: Samples, cards: Cards, found: Comparison, palette: Palette) -> None:
    total = len(found.in_code.index)
    st.markdown(
        f"**{len(found.shared)} of {total}** neighbours in the code are its neighbours in the map "
        f"too; a map drawn at random would keep {rounded(found.chance * total, 2)}."
    )
    _show_row("In the code", samples, cards, found.in_code, found, palette)
    _show_row("In the map", samples, cards, found.in_map, found, palette)


def _show_row(
    title: str,
    samples: Samples,
    cards: Cards,
    row: Neighbours,
    found: Comparison,
    palette: Palette,
) -> None:
    st.subheader(title, anchor=False)
    both = set(found.shared.tolist())
    grid = st.grid(min_column_width=CELL_WIDTH)
    for position, distance in zip(row.index.tolist(), row.distance.tolist(), strict=True):
        with grid.cell():
            _show_sample(samples, cards, position, palette, f"at a distance of {rounded(distance)}")
            if position in both:
                st.badge("in both", icon=":material/join_inner:")


def _show_sample(
    samples: Samples, cards: Cards, position: int, palette: Palette, distance: str = ""
) -> None:
    """Its picture or its terms, its label and its row, and how far it is."""
    picture = thumbnail(samples, position, palette)
    if picture is not None:
        st.image(picture, alt=f"Row {samples.index[position]}")
    said = [f"**{plain(cards.titles[position])}**"]
    if samples.label is not None:
        said.append(f"row {count(int(samples.index[position]))}")
    st.caption("  \n".join([*said, *([distance] if distance else [])]))
    if samples.kind == "text":
        (pair,) = text_pairs(samples, [position], TERMS)
        st.caption(plain(", ".join(shortened(term.name, LETTERS) for term in pair.original)))


def _rings(
    drawn: Drawn, focus: int | None, found: Comparison | None, palette: Palette
) -> list[Ring]:
    if focus is None or drawn.points.shape[1] != PLANE:
        return []
    near = [] if found is None else found.in_code.index.tolist()
    thin = [_ring(drawn, i, NEIGHBOUR_RING, palette.text) for i in near]
    return [*thin, _ring(drawn, focus, FOCUS_RING, palette.positive)]


def _ring(drawn: Drawn, position: int, size: tuple[float, float], colour: str) -> Ring:
    x, y = (float(value) for value in drawn.points[position])
    return Ring(x, y, *size, colour)
