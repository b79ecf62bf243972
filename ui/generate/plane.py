"""The plane of codes: any place decoded, with how densely samples lie there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import streamlit as st

from aecore.data.prepare.split import drawn_rows
from aecore.errors import LatentError
from aecore.evaluation.reconstruction import class_name
from aecore.latent.maps.available import is_collapsed
from aecore.latent.maps.density import RARE, Density, density, share_emptier
from aecore.latent.maps.plane import Plane, plane_of
from ui.app import session
from ui.base.text import count, counted
from ui.base.theme import Palette
from ui.figures.class_marks import ClassPoints, class_points, points_without_class
from ui.generate.pictures import show_one, widths
from ui.generate.plane_map import Place, PlaneMap, ratio, shaded, show_plane_map
from ui.generate.sides import Side, each
from ui.shared.decoding import beside_nearest
from ui.shared.gallery import show_gallery

DOTS = 1500
DOT_RADIUS = 2.2
CLASSES_NAMED = 20
STEPS = 100
LINE = "A code of one number has no plane; move it under Sliders."
COLLAPSED = (
    "The encoder gives every sample the same code, so there is no plane. "
    "Train for longer, or with another learning rate or activation."
)
READING = (
    "Click or drag anywhere, or use the arrow keys: the decoder shows what is there. The stronger "
    "the shade, the more densely the kept codes lie; where there is none is a hole."
)
NO_INVERSE = (
    "t-SNE has no inverse: a place on its map stands for no code, so only this plane can be "
    "decoded anywhere."
)


@dataclass(frozen=True)
class Laid:
    """The kept codes laid out in a plane.

    Attributes:
        plane: leads from a place to its code.
        points: (n, 2) the samples' places.
        rows: (n,) their positions among the kept samples.
        found: how densely they lie.
    """

    plane: Plane
    points: np.ndarray
    rows: np.ndarray
    found: Density


def show_plane(sides: Sequence[Side], palette: Palette) -> None:
    """The plane of each run, shaded by density, and what the decoder makes of a chosen place."""
    shown = [_show(side, palette, alone=len(sides) == 1) for side in each(sides)]
    if any(shown):
        st.caption(NO_INVERSE)


def _show(side: Side, palette: Palette, *, alone: bool) -> bool:
    """Whether there is a plane to show; otherwise says why not."""
    try:
        code = side.code()
    except LatentError as error:
        session.show_error(error)
        return False
    if code.shape[1] == 1 or is_collapsed(code):
        st.info(LINE if code.shape[1] == 1 else COLLAPSED, icon=":material/info:")
        return False
    run_id, label = side.run.run_id, side.decode.label
    laid = _laid(run_id, label, side)
    if alone:
        left, right = st.columns(widths(side.samples), gap="medium")
    else:
        left, right = st.container(), st.container()
    with left:
        shown = _drawing(run_id, label, palette.dark, laid, side, palette)
        show_plane_map(shown, _place(run_id, laid), f"plane-map-{run_id}", partial(_go, run_id))
        st.caption(_of_plane(laid.plane))
    with right:
        _show_place(side, laid, palette)
    return True


def _show_place(side: Side, laid: Laid, palette: Palette) -> None:
    """Its coordinates to type, the sample there, how dense it is, and the nearest kept sample."""
    run_id, samples = side.run.run_id, side.samples
    _coordinates(run_id, laid)
    place = np.array([_place(run_id, laid)])
    made = side.decode(laid.plane.from_plane(place))
    key = f"generate-place-{run_id}"
    st.markdown(_density_there(laid, place))
    show_one(samples, made, palette, "Decoded place", key)
    if samples.kind == "image":
        st.caption("The nearest kept sample, what was decoded, and their difference:")
        show_gallery(beside_nearest(samples, made), [0], palette, key=key)


@st.cache_resource(show_spinner="Laying out the codes", max_entries=16)
def _laid(run_id: str, label: int | None, _side: Side) -> Laid:
    code, labels = _side.code(), _side.samples.label
    plane = plane_of(code)
    points = plane.to_plane(code)
    told = label is not None and labels is not None
    rows = np.flatnonzero(labels == label) if told else np.arange(len(code))
    return Laid(plane, points, rows, density(points))


@st.cache_resource(show_spinner=False, max_entries=16)
def _drawing(
    run_id: str, label: int | None, dark: bool, _laid: Laid, _side: Side, _palette: Palette
) -> PlaneMap:
    chosen = drawn_rows(len(_laid.points), DOTS, seed=0)
    classes = _classes(_side, _laid.rows[chosen], _palette)
    class_of = np.zeros(len(chosen), dtype=int)
    for place, one in enumerate(classes):
        class_of[one.positions] = place
    named = [one.name for one in classes[:CLASSES_NAMED]]
    more = len(classes) - len(named)
    return PlaneMap(
        drawn=f"{run_id}-{label}-{dark}",
        alt=f"Plane of {count(len(_laid.points))} latent codes, shaded by density",
        picture=shaded(share_emptier(_laid.found, _laid.points, _laid.found.values), _palette),
        extent=_laid.found.extent,
        ratio=ratio(_laid.found.extent),
        titles=_titles(_laid.plane),
        points=[[float(f"{value:.4g}") for value in point] for point in _laid.points[chosen]],
        class_of=class_of.tolist(),
        marks=[(one.mark.colour, one.mark.path(DOT_RADIUS)) for one in classes],
        names=named if len(classes) > 1 else [],
        unnamed=f"and {count(more)} more" if more else "",
    )


def _classes(side: Side, rows: np.ndarray, palette: Palette) -> list[ClassPoints]:
    """The samples by class; where there is one alone, in the colour of text, which stands out."""
    label = side.samples.label
    numbers = [] if label is None else np.unique(label[rows]).tolist()
    if label is None or len(numbers) < 2:
        plain = points_without_class(len(rows), palette)
        return [replace(plain, mark=replace(plain.mark, colour=palette.text))]
    names = [class_name(side.samples, number) for number in numbers]
    return class_points(np.searchsorted(numbers, label[rows]), names, palette, numbers)


def _titles(plane: Plane) -> tuple[str, str]:
    if len(plane.mean) == 2:
        return "Code 1", "Code 2"
    across, up = (f"Component {i + 1} ({share:.0%})" for i, share in enumerate(plane.explained))
    return across, up


def _of_plane(plane: Plane) -> str:
    if len(plane.mean) == 2:
        return "The code has two numbers: this plane is all of it."
    return (
        f"The code has {counted(len(plane.mean), 'number')}. This plane through their "
        "mean, along the "
        f"two principal components, carries {sum(plane.explained):.0%} of their variance; samples "
        "are drawn where they lie when seen at right angles to it."
    )


def _density_there(laid: Laid, place: np.ndarray) -> str:
    share = float(share_emptier(laid.found, laid.points, laid.found.at(place))[0])
    word = "A hole" if share < RARE else "Among the samples"
    return (
        f"**{word}**: {share:.0%} of the kept samples lie in emptier places. Below {RARE:.0%} "
        "counts as a hole, where the decoder was hardly ever trained."
    )


def _place(run_id: str, laid: Laid) -> Place:
    """Where the cross stands; at first in the middle of the codes."""
    if _key(run_id) not in st.session_state:
        across, up = np.median(laid.points, axis=0).tolist()
        _go(run_id, (across, up))
    left, right, bottom, top = laid.found.extent
    x, y = st.session_state[_key(run_id)]
    return min(max(x, left), right), min(max(y, bottom), top)


def _coordinates(run_id: str, laid: Laid) -> None:
    left, right, bottom, top = laid.found.extent
    keys = [f"plane-x-{run_id}", f"plane-y-{run_id}"]
    place, titles = _place(run_id, laid), _titles(laid.plane)
    with st.container(horizontal=True):
        for key, value, title, low, high in zip(
            keys, place, titles, (left, bottom), (right, top), strict=True
        ):
            st.session_state[key] = value
            st.number_input(
                title,
                low,
                high,
                step=(high - low) / STEPS,
                format="%.3f",
                key=key,
                on_change=_typed,
                args=(run_id, *keys),
                help="The exact place in the plane.",
            )


def _typed(run_id: str, across: str, up: str) -> None:
    _go(run_id, (st.session_state[across], st.session_state[up]))


def _go(run_id: str, place: Place) -> None:
    st.session_state[_key(run_id)] = place


def _key(run_id: str) -> str:
    return f"generate-place-of-{run_id}"
