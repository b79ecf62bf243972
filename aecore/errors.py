"""The errors a user can meet: each says what happened and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


class LabError(Exception):
    """Something a user can act on: one sentence of cause and one of what to do.

    Attributes:
        cause: what happened, as a sentence.
        remedy: what to do next, as a sentence; may be empty.
    """

    def __init__(self, cause: str, remedy: str = "") -> None:
        super().__init__(f"{cause} {remedy}".strip())
        self.cause = cause
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[LabError], tuple[str, str]]:
        # Exceptions cross process boundaries; the default would pass one joined argument.
        return type(self), (self.cause, self.remedy)


class DataError(LabError):
    """A data set that cannot be read or used."""


class TrainingError(LabError):
    """A run that could not go on, such as one whose loss diverged."""


class LatentError(LabError):
    """A map of the latent space that cannot be drawn."""


class RunStoreError(LabError):
    """The run store cannot be read or written."""


class StoreAwayError(RunStoreError):
    """The run store is on a server that does not answer; it may later."""


class JobError(LabError):
    """The job engine cannot take or finish a job."""


class AccessError(LabError):
    """What a visitor may not do on this server, or not so much of."""


class SpaceError(AccessError):
    """As much is kept as there may be."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an experiment.

    Attributes:
        path: dotted path of the field, such as `training.loss`; empty for the whole.
        message: what must hold and what came, as one or two sentences.
    """

    path: str
    message: str

    def __str__(self) -> str:
        return self.message


class ExperimentError(LabError):
    """An experiment that cannot be run.

    Attributes:
        problems: every problem found, so that a form can show each beside its field.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[ExperimentError], tuple[list[Problem]]]:  # type: ignore[override]
        return type(self), (self.problems,)
