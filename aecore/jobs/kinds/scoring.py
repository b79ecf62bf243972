"""Scoring rows by a run: its own held-out rows, or others of the same kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aecore.access.allowance import RUNS
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError, LabError
from aecore.evaluation.anomalies.scored_rows import COMMITTEE_TITLE, Comparison, ScoredRows
from aecore.experiment import Experiment
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.progress import Event, JobView, ShouldStop, ended, started
from aecore.runs import kept_scores

if TYPE_CHECKING:
    from aecore.data.prepare.preparing import Prepared
    from aecore.models.autoencoder import Autoencoder
    from aecore.runs.compared import Compared
    from aecore.runs.result import Result

OnDoing = Callable[[str], None]


@dataclass(frozen=True)
class ScoringRequest:
    """Which run scores which rows.

    Attributes:
        source: as in `data.source`; empty for the rows that the run held out.
        members: so many further networks are trained from other seeds, for a committee.
    """

    run_id: str
    source: str = kept_scores.HELD_OUT
    reading: ReadingOptions = AS_FOUND
    members: int = 0

    @property
    def file_name(self) -> str:
        """The name of the run's file that will hold the scores."""
        return kept_scores.file_name(self.source, self.reading)


@dataclass(frozen=True)
class ScoringView(JobView):
    """A scoring as its events so far tell it; immutable.

    The scores are in `aecore.runs.kept_scores` once the state is `finished`.

    Attributes:
        doing: what is being done, in words; empty before it runs.
        rows: how many have been scored.
    """

    doing: str = ""
    rows: int = 0

    def changes(self, event: Event) -> dict[str, Any]:
        """What is being done, and how far."""
        return {key: event[key] for key in ("doing", "rows") if key in event}


def _progress(doing: str, rows: int) -> Event:
    return {"event": "progress", "doing": doing, "rows": rows}


def _work(work: Work, request: ScoringRequest) -> Event:
    """Scores are kept before detectors are compared, so that a stop loses nothing."""
    work.tell(started())
    try:
        return ended("finished" if _score(work, request) else "stopped")
    except LabError:
        # What was broken off says so as an error.
        if work.should_stop():
            return ended("stopped")
        raise
    except MemoryError:
        raise DataError(
            "There was not enough memory to score the rows.", "Score fewer rows."
        ) from None


def _score(work: Work, request: ScoringRequest) -> bool:
    """Whether all was done; False once a stop was heard."""
    from aecore.data import title_of
    from aecore.runs.loading import load
    from aecore.runs.scoring import score_given, score_held_out
    from aecore.runs.training_data import training_data

    store, stopped, name = work.store, work.should_stop, request.file_name
    result = load(store.folder(request.run_id))
    counted = 0

    def on_rows(done: int) -> None:
        nonlocal counted
        counted = done
        if work.is_due():
            work.tell(_progress("Scoring", done))

    def on_doing(doing: str) -> None:
        work.tell(_progress(doing, counted))

    on_doing("Reading")
    prepared, why = None, ""
    try:
        prepared, raw = training_data(result, stopped)
    except LabError as error:
        if not request.source:
            raise
        why = f"Other detectors were not compared: {error.cause}"
    if request.source:
        # An upload has a name of its own on screen.
        title = title_of(request.source)
        scored, compared = score_given(result, request.source, title, on_rows, stopped)
    else:
        assert prepared is not None
        scored, compared = score_held_out(result, prepared, raw, on_rows, stopped)
    if why or prepared is None:
        kept_scores.keep(store, request.run_id, replace(scored, notes=(*scored.notes, why)), name)
        return not stopped()
    kept_scores.keep(store, request.run_id, scored, name)
    _compare(work, request, result, prepared, scored, compared, on_doing)
    return not stopped()


def _compare(
    work: Work,
    request: ScoringRequest,
    result: Result,
    prepared: Prepared,
    scored: ScoredRows,
    compared: Compared,
    on_doing: OnDoing,
) -> None:
    """What the run does not see, and what other detectors say; each is kept as soon as it is."""
    from aecore.run import untrained
    from aecore.runs.comparing import (
        compare,
        plant_defects,
        with_blind_spots,
        with_committee,
        with_comparison,
    )

    stopped, seed = work.should_stop, result.experiment.seed

    def keep(comparison: Comparison) -> None:
        kept = with_comparison(scored, comparison, compared, result)
        kept_scores.keep(work.store, request.run_id, kept, request.file_name)

    on_doing("Planting defects")
    scored = replace(scored, simulated=tuple(plant_defects(result, prepared, seed, stopped)))
    on_doing("Looking for blind spots")
    scored = with_blind_spots(scored, result, prepared, compared)
    model = untrained(result.experiment, prepared)
    comparison = compare(result, prepared, compared, model, on_doing, stopped)
    keep(comparison)
    if request.members and not stopped():
        members = _members(result, prepared, request.members, on_doing, stopped)
        keep(with_committee(comparison, scored, result, prepared, compared, members))


def _members(
    result: Result, prepared: Prepared, count: int, on_doing: OnDoing, stopped: ShouldStop
) -> Iterator[Autoencoder]:
    """Networks of the same experiment from the seeds that follow; a stop leaves out the rest."""
    from aecore.run import trained_again

    experiment = Experiment.of(result.experiment)
    for place in range(1, count + 1):
        on_doing(f"{COMMITTEE_TITLE}: {place} of {count}")
        seed = (experiment.seed + place) % 2**31
        model = trained_again(experiment, prepared, seed, stopped)
        if stopped():
            return
        yield model


def _view(request: ScoringRequest) -> ScoringView:
    return ScoringView()


def _claims(request: ScoringRequest) -> Claims:
    sources = (request.source,) if request.source else ()
    return Claims(runs=(request.run_id,), sources=sources, data_of=(request.run_id,), keeps=RUNS)


SPEC = JobKind(
    name="scoring",
    title="Scoring",
    summary="Scores rows by how odd they are to a run, and keeps the scores with it.",
    plural="data sets to score",
    work=_work,
    view=_view,
    claims=_claims,
    resource="scoring",
    superseded=("progress",),
    joins=True,
    lighter="Score fewer rows, or close other programs.",
    order=40,
)
