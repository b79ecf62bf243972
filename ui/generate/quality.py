"""Quality of new samples, beside what real ones reach."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.generation.quality import (
    QualityBeside,
    assess_drawn,
    quantities,
    raw_features,
)
from aecore.generation.sampling import Fit, Prior
from ui.base.text import count, plain, rounded
from ui.generate.sides import Side
from ui.shared.metric_row import show_beside


def show_quality(side: Side, prior: Prior, fit: Fit, seed: int) -> None:
    """Precision, recall, density and coverage of new samples, each over that of real ones.

    Args:
        fit: what made the prior of kept codes; here of those alone that nothing is compared with.
    """
    try:
        found = _quality(side.run.run_id, side.decode.label, prior.name, seed, side, fit)
    except LabError as error:
        st.info(f"There are no figures of quality. {plain(error.cause)}", icon=":material/info:")
        return
    # Which features they were measured in stands below, once.
    named = quantities(raw_features())
    row = st.container(horizontal=True)
    for name, about in named.items():
        show_beside(
            row,
            about.title.partition(" in ")[0],
            rounded(getattr(found.generated, name), 2),
            f"real samples {rounded(getattr(found.yardstick, name), 2)}",
            f"{about.reading} Unit: {about.unit}.",
        )
    st.caption(_measured(found, side))


@st.cache_resource(show_spinner="Comparing new samples with real ones", max_entries=16)
def _quality(
    run_id: str, label: int | None, prior: str, seed: int, _side: Side, _fit: Fit
) -> QualityBeside:
    real = _side.samples.original
    if label is not None and _side.samples.label is not None:
        real = real[_side.samples.label == label]
    return assess_drawn(real, _side.code(), _fit, _side.decode, seed)


def _measured(found: QualityBeside, side: Side) -> str:
    rows = count(found.generated.rows)
    return (
        f"{rows} new samples and, as a yardstick, {rows} {side.samples.measured_on} samples, each "
        f"beside {rows} other {side.samples.measured_on} samples in {found.generated.space}; "
        f"neighbourhoods reach to the {found.generated.k}th nearest. What is fitted to kept codes "
        "is fitted here without those of the samples that are compared with. Compare with other "
        "runs of this data and this many samples alone: all four change with that number."
    )
