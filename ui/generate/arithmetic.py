"""Arithmetic: sums and differences of codes, decoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from aecore.errors import LatentError
from aecore.evaluation.alignment import shared_positions
from aecore.evaluation.reconstruction import class_name
from aecore.evaluation.samples import Samples
from aecore.generation.interpolation import analogy, class_means, direction
from aecore.latent.groups import attributes, falls_in_two, halves, rows_named
from ui.app import session
from ui.base.text import count, counted, plain, rounded
from ui.base.theme import Palette
from ui.generate.pictures import show_one, show_sheet
from ui.generate.sides import Side, each
from ui.shared.gallery import caption
from ui.shared.map_selection import group

STRENGTHS = np.linspace(-2.0, 2.0, 9)
STRONGEST = 3.0
MEANS = "Means of classes"
ROWS = "Rows"
WAY = "arithmetic"
SECTION, TITLE = "generate-section", "Arithmetic"
WAYS_HELP = (
    "A direction leads from the mean code of one group to that of another: two classes, samples "
    "below and above the median of a number, or samples that you name."
)
ROWS_HELP = (
    "Rows, such as 3, 17, 40-52. On the map of Latent space, two selections can be kept for this."
)
TERMS = ("A", "minus B", "plus C")
STRIP = "From left to right strengths −2, −1.5, −1, −0.5, 0, 0.5, 1, 1.5 and 2."
READING = (
    "Strength 0 is the sample as it is rebuilt, 1 adds the whole way from the one mean to the "
    "other, −1 takes it away. What else changes goes along with the attribute in this data."
)

# Masks (n,) of two groups among the samples of a run.
Groups = Callable[[Samples], tuple[np.ndarray, np.ndarray]]


def show_arithmetic(sides: Sequence[Side], palette: Palette) -> None:
    """Class means added and subtracted, or a sample moved along the difference of two groups."""
    samples = sides[0].samples
    several = len(_classes(samples)) > 1
    ways = [MEANS, "Two classes", "A number", ROWS] if several else ["A number", ROWS]
    way = st.segmented_control(
        "Difference of", ways, default=ways[0], required=True, key=WAY, help=WAYS_HELP
    )
    if way == MEANS:
        _show_means(sides, palette)
        return
    groups = {"Two classes": _two_classes, "A number": _number, ROWS: _rows}[way](sides[0])
    positions = shared_positions([side.samples for side in sides])
    if not len(positions[0]):
        st.info("The two runs kept no sample in common.", icon=":material/info:")
        return
    with st.container(horizontal=True):
        start = st.number_input(
            "Start from sample",
            1,
            len(positions[0]),
            1,
            help="The one that is changed; 1 is the first that was kept.",
        )
        strength = st.slider(
            "Strength", -STRONGEST, STRONGEST, 1.0, 0.1, help="How much of the way is added."
        )
    for side, own in zip(each(sides), positions, strict=True):
        _show_direction(side, int(own[start - 1]), groups, strength, palette)


def show_rows_next() -> None:
    """Open Generate with the difference of two groups of rows when it is drawn next."""
    st.session_state[SECTION] = TITLE
    st.session_state[WAY] = ROWS


def _show_means(sides: Sequence[Side], palette: Palette) -> None:
    """A − B + C of three class means, beside the three."""
    samples = sides[0].samples
    with st.container(horizontal=True):
        chosen = [
            _choose_class(samples, term, place, "Its mean code is taken.")
            for place, term in enumerate(TERMS)
        ]
    names = [plain(class_name(samples, label)) for label in chosen]
    for side in each(sides):
        if side.samples.label is None:
            st.info("This run kept no labels.", icon=":material/info:")
            continue
        means = class_means(side.samples.code, side.samples.label)
        if not means.keys() >= set(chosen):
            st.info("This run kept no sample of one of the classes.", icon=":material/info:")
            continue
        a, b, c = (means[label] for label in chosen)
        made = side.decode(np.stack([a, b, c, analogy(a, b, c)]))
        key = f"generate-means-{side.run.run_id}"
        show_sheet(side.samples, made[None], palette, "Means of three classes and their sum", key)
        st.caption(
            f"In this order the means of {names[0]}, {names[1]} and {names[2]}, and "
            f"**{names[0]} − {names[1]} + {names[2]}**."
        )


def _show_direction(
    side: Side, start: int, groups: Groups, strength: float, palette: Palette
) -> None:
    samples = side.samples
    try:
        these, those = groups(samples)
        way = direction(samples.code, these, those)
    except LatentError as error:
        session.show_error(error)
        return
    strengths = np.append(STRENGTHS, strength)[:, None]
    made = side.decode(samples.code[start] + strengths * way.length * way.unit)
    key = f"generate-direction-{side.run.run_id}"
    st.caption(
        f"From the mean of {counted(int(these.sum()), 'sample')} to that of "
        f"{count(int(those.sum()))}, "
        f"{rounded(way.length)} apart in units of the code; added to {caption(samples, start)}."
    )
    show_one(samples, made[-1:], palette, f"Strength {strength:+z.1f}", key)
    if samples.kind == "image":
        show_sheet(samples, made[None, :-1], palette, "Strengths from −2 to 2", f"{key}-strip")
        st.caption(STRIP)
    st.caption(READING)


def _two_classes(side: Side) -> Groups:
    samples = side.samples
    with st.container(horizontal=True):
        first = _choose_class(samples, "From class", 0, "What is taken away.")
        last = _choose_class(samples, "To class", 1, "What is added.")
    return lambda kept: (_of(kept, first), _of(kept, last))


def _number(side: Side) -> Groups:
    known = attributes(side.samples)
    name = st.selectbox(
        "Number",
        # Where none does, the first one says why.
        [name for name, values in known.items() if falls_in_two(values)] or list(known)[:1],
        help="From the samples below its median to those above.",
    )
    return lambda kept: halves(attributes(kept)[name])


def _rows(side: Side) -> Groups:
    rows = [str(row) for row in side.samples.index.tolist()]
    run_id = side.run.run_id
    with st.container(horizontal=True):
        these = st.text_input(
            "These rows", group(run_id, "these") or ", ".join(rows[:3]), help=ROWS_HELP
        )
        those = st.text_input(
            "Minus those", group(run_id, "those") or ", ".join(rows[3:6]), help=ROWS_HELP
        )
    return lambda kept: (rows_named(those, kept.index), rows_named(these, kept.index))


def _choose_class(samples: Samples, title: str, place: int, meaning: str) -> int:
    labels = _classes(samples)
    chosen: int = st.selectbox(
        title,
        labels,
        index=min(place, len(labels) - 1),
        format_func=lambda label: class_name(samples, label),
        key=f"arithmetic-{title}",
        help=meaning,
    )
    return chosen


def _classes(samples: Samples) -> list[int]:
    """The classes that kept samples have; none without labels."""
    return [] if samples.label is None else [int(label) for label in np.unique(samples.label)]


def _of(samples: Samples, label: int) -> np.ndarray:
    if samples.label is None:
        raise LatentError("This run kept no labels.", "Choose another difference.")
    return np.asarray(samples.label == label)
