"""What is in a code: its numbers one by one, the interesting ones first, and the first layer."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.latent.ordering import quantile_ranges
from aecore.latent.units import Unit, units_of
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import plain
from ui.base.theme import Palette
from ui.features.filters import show_filters
from ui.features.unit_card import Moved, show_unit
from ui.shared import worker
from ui.shared.decoding import Decoder, choose_decoder, reason_unavailable

A_PAGE = 6
STEPS = 7
MOST_NAMED = 12
HOW_TO_READ = (
    "For each number of the code: what it goes with (of numbers the correlation, of classes the "
    "root of the share of its variance that lies between them), how its values are spread, what "
    "the decoder changes as it moves while all others stay at their mean, and the samples that "
    "excite it most and least. Those that go with something come first."
)


def show_units(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """Cards of some numbers at a time, and what the first layer looks for."""
    why = reason_unavailable(samples)
    if why:
        st.info(why, icon=":material/info:")
        return
    units = _units(run.run_id, samples, _least_deviation(run))
    alive = [unit for unit in units if not unit.dead]
    st.caption(HOW_TO_READ)
    _show_dead(units)
    if not alive:
        return
    pages = -(-len(alive) // A_PAGE)
    number = st.pagination(pages, key=f"features-units-{run.run_id}") if pages > 1 else 1
    shown = alive[(number - 1) * A_PAGE : number * A_PAGE]
    decoder = choose_decoder(run, samples)
    moved = _moved(decoder, samples, shown)
    for unit in shown:
        show_unit(samples, unit, moved.get(unit.place), palette)
    show_filters(run, samples, palette)


def _show_dead(units: list[Unit]) -> None:
    dead = [unit.place + 1 for unit in units if unit.dead]
    copies = [unit for unit in units if unit.same_as is not None]
    said = []
    if dead:
        named = ", ".join(str(place) for place in sorted(dead)[:MOST_NAMED])
        more = " and more" if len(dead) > MOST_NAMED else ""
        said.append(
            f"{len(dead)} of {len(units)} numbers are dead, the same for all samples or as good "
            f"as: {named}{more}. A shorter code would hold as much."
        )
    if copies:
        pairs = ", ".join(
            f"{unit.place + 1} the same as {unit.same_as + 1}"
            for unit in copies[:MOST_NAMED]
            if unit.same_as is not None
        )
        said.append(f"{len(copies)} say what another says: {pairs}.")
    if said:
        st.warning(plain(" ".join(said)), icon=":material/content_copy:")


def _least_deviation(run: RunSummary) -> float:
    """What a unit must vary to be alive whatever the others do; 0 where units have no scale."""
    spec = BOTTLENECKS[run.experiment.tree.model.bottleneck.kind]
    return float(np.sqrt(spec.active_variance))


def _moved(decoder: Decoder, samples: Samples, units: list[Unit]) -> dict[int, Moved]:
    """Place of a unit -> what is decoded as it moves; nothing until the worker answers."""
    if not worker.is_ready():
        return {}
    try:
        return _decoded(
            decoder.run.run_id, decoder.label, tuple(unit.place for unit in units), samples
        )
    except LabError as error:
        session.show_error(error)
        worker.offer_again()
        return {}


@st.cache_resource(show_spinner="Decoding", max_entries=32)
def _decoded(
    run_id: str, label: int | None, places: tuple[int, ...], _samples: Samples
) -> dict[int, Moved]:
    mean = _samples.code.mean(axis=0, dtype=np.float64)
    deviation = _samples.code.std(axis=0)
    ranges = quantile_ranges(_samples.code)
    codes = []
    for place in places:
        beside = [mean[place] - deviation[place], mean[place] + deviation[place]]
        low, high = ranges[place].tolist()
        for value in (*np.linspace(low, high, STEPS), *beside):
            code = mean.copy()
            code[place] = value
            codes.append(code)
    made = session.engine().decode(run_id, np.array(codes, np.float32), label)
    parts = np.split(made, len(places))
    return {
        place: Moved(part[:STEPS], (part[-1] - part[-2]) / 2)
        for place, part in zip(places, parts, strict=True)
    }


@st.cache_resource(show_spinner=False, max_entries=16)
def _units(run_id: str, _samples: Samples, least_deviation: float) -> list[Unit]:
    return units_of(_samples, least_deviation)
