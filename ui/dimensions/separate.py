"""Separate trainings at some encoding dimensions: started, watched, paused, gone on with."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.experiment.tree import ExperimentTree
from aecore.jobs.kinds import training
from aecore.jobs.kinds.training import TrainingRequest
from aecore.models.code_lengths import lengths
from aecore.runs import kept_dimensions
from aecore.runs.kept_dimensions import Key, Study
from aecore.runs.layout import RunSummary, default_name
from aecore.search.encoding_dimensions import MOST_SEEDS, ladder
from ui.app import session
from ui.base.text import count, duration, plain
from ui.shared.jobs import refuse, show_refusal

SEEDS = 3
UNDER_WAY = ("queued", "running")
READING = (
    "For those who want certainty: the run’s settings are trained once for each encoding dimension "
    "and seed, without an order in the code, and stand in the chart as they end. Each is a run of "
    "its own under this one. They wait behind each other, and go side by side where there are "
    "several workers; a pause lets the training under way end and begins no other."
)


def trainings_of(run: RunSummary) -> dict[Key, RunSummary]:
    """The separate trainings beside a run, by encoding dimension and seed."""
    return kept_dimensions.trainings(session.store().summaries(), run.run_id)


def is_live(found: Mapping[Key, RunSummary]) -> bool:
    """Whether one of them is queued or running."""
    return any(run.state in UNDER_WAY for run in found.values())


def show_separate(run: RunSummary, found: Mapping[Key, RunSummary]) -> None:
    """What to train, how far it is, and the buttons that go with it."""
    st.caption(READING)
    show_refusal(training.SPEC)
    try:
        study = kept_dimensions.load_study(session.store(), run.run_id)
    except LabError as error:
        session.show_error(error)
        study = None
    if is_live(found):
        _show_progress(run, study, found)
        return
    if study is not None:
        _offer_to_go_on(run, study, found)
    _choose(run, study, found)


def _show_progress(run: RunSummary, study: Study | None, found: Mapping[Key, RunSummary]) -> None:
    ended = sum(each.state == "finished" for each in found.values())
    wanted = len(found) if study is None else max(len(found), len(study.dimensions) * study.seeds)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(ended / wanted, text=f"{count(ended)} of {count(wanted)} trained")
        waiting = [each.run_id for each in found.values() if each.state == "queued"]
        st.button(
            "Pause",
            icon=":material/pause:",
            on_click=_pause,
            args=(waiting,),
            disabled=not waiting,
            key="pause-separate",
            help="The training under way goes on to its end; the others are taken off the queue.",
        )


def _offer_to_go_on(run: RunSummary, study: Study, found: Mapping[Key, RunSummary]) -> None:
    try:
        missing = _missing(run, study, found)
    except LabError:
        # The choice below says what is wrong.
        return
    if not missing:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**Paused.** {count(len(missing))} of {count(len(study.dimensions) * study.seeds)} "
            "trainings are still to come."
        )
        st.button(
            "Go on",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_train,
            args=(run, study, found),
            key="resume-separate",
        )


def _choose(run: RunSummary, study: Study | None, found: Mapping[Key, RunSummary]) -> None:
    """Which dimensions, how many seeds, and the start."""
    numbers = run.experiment.encoding_dim or 1
    offered = lengths(numbers)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    dimensions = left.multiselect(
        "Encoding dimensions",
        offered,
        [k for k in (study.dimensions if study is not None else ladder(numbers)) if k in offered],
        key=f"separate-dimensions-{run.run_id}",
        help="Each is trained from every seed.",
    )
    seeds = right.number_input(
        "Seeds",
        1,
        MOST_SEEDS,
        study.seeds if study is not None else SEEDS,
        key=f"separate-seeds-{run.run_id}",
        help="How many trainings of each dimension; how far they differ is chance.",
    )
    wanted = Study(tuple(sorted(dimensions)), int(seeds))
    trainings, problem = 0, ""
    try:
        trainings = len(_missing(run, wanted, found))
    except LabError as error:
        problem = plain(str(error))
    took = f", about {duration(run.seconds * trainings)} in all" if run.seconds else ""
    st.button(
        f"Train {count(trainings)} separately" if trainings or problem else "All are trained",
        icon=":material/model_training:",
        on_click=_train,
        args=(run, wanted, found),
        disabled=not trainings,
        key="train-separately",
        help=f"By the time that this run took{took}; those that are there already stay.",
    )
    if problem:
        st.warning(problem, icon=":material/block:")


def _missing(run: RunSummary, study: Study, found: Mapping[Key, RunSummary]) -> list[Experiment]:
    """Those that are wanted and neither there nor under way; errors are those of `separate`."""
    wanted = study.experiments(Experiment.of(run.experiment.tree))
    have = {key for key, each in found.items() if each.state in ("finished", *UNDER_WAY)}
    return [each for each in wanted if kept_dimensions.key_of(each) not in have]


def _train(run: RunSummary, study: Study, found: Mapping[Key, RunSummary]) -> None:
    """Keep what is wanted, and queue what is not there; what was broken off goes."""
    store, engine = session.store(), session.engine()
    try:
        missing = _missing(run, study, found)
        kept_dimensions.keep_study(store, run.run_id, study)
        for experiment in missing:
            broken = found.get(kept_dimensions.key_of(experiment))
            if broken is not None:
                store.delete(broken.run_id)
            name = f"{default_name(experiment)}, seed {experiment.seed}"
            engine.submit(training.SPEC, TrainingRequest(experiment, name, run.run_id))
    except LabError as error:
        refuse(training.SPEC, error)


def _pause(waiting: list[str]) -> None:
    for run_id in waiting:
        try:
            session.engine().stop(run_id)
        except LabError as error:
            refuse(training.SPEC, error)


def settings_with(tree: ExperimentTree, dimension: int) -> Experiment:
    """The settings of a run with another encoding dimension, and no order in the code.

    Raises:
        ExperimentError: they do not go together.
    """
    return Experiment.of(tree).replace(
        {"model.encoding_dim": dimension, "model.penalties.ordered": False}
    )


def told(found: Mapping[Key, RunSummary]) -> str:
    """Which of them did not end well, and why, in a sentence or two; or nothing."""
    broken = [run for run in found.values() if run.state in ("failed", "interrupted")]
    if not broken:
        return ""
    first = broken[0]
    return (
        f"{count(len(broken))} separate trainings did not end well. {plain(first.name)}: "
        f"{plain(first.cause)}"
    )
