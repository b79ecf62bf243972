"""One training of every encoding dimension: what it would be, and its start."""

from __future__ import annotations

import streamlit as st

from aecore.data import title_of
from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.experiment.tree import ExperimentTree
from aecore.jobs.kinds import training
from aecore.search.encoding_dimensions import longest, ordered
from ui.app import session
from ui.base.text import plain
from ui.shared.jobs import refuse, show_refusal

STARTED = "dimensions-started"


def offer_one_training(tree: ExperimentTree) -> None:
    """A button that trains these settings with an ordered code, or why that cannot be."""
    if st.session_state.pop(STARTED, False):
        st.switch_page("pages/train.py")
    show_refusal(training.SPEC)
    try:
        experiment = Experiment.of(tree)
        longer = ordered(experiment, longest(experiment))
    except LabError as error:
        st.info(f"One training of every length is not possible here. {plain(error.cause)}")
        return
    numbers = longer.model.encoding_dim
    data = plain(title_of(experiment.data.source))
    st.info(
        f"One training holds every encoding dimension from 1 to {numbers}: in training, codes are "
        "cut after their first numbers, so that the first come to hold most (an *ordered code*).",
        icon=":material/straighten:",
    )
    st.button(
        f"Train {data} with an ordered code of {numbers}",
        type="primary",
        icon=":material/model_training:",
        on_click=_train,
        args=(longer,),
        key="train-ordered",
        help="All other settings are those of the run, or of the form where there is no run. The "
        "Train page shows it learn; come back here when it has ended.",
    )


def _train(experiment: Experiment) -> None:
    try:
        data = title_of(experiment.data.source)
        name = f"{data}, ordered code {experiment.model.encoding_dim}"
        session.open_run(session.engine().train(experiment, name))
        st.session_state[STARTED] = True
    except LabError as error:
        refuse(training.SPEC, error)
