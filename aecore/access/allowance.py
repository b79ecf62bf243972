"""`Allowance`: the most that one visitor, and all together, may ask of a server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from aecore import environment
from aecore.errors import AccessError, SpaceError
from aecore.experiment import Experiment
from aecore.experiment.experiment import layers_of

# What takes space, by the name that limits have, and as people call it.
RUNS, UPLOADS, MAPS = "runs", "uploads", "maps"
KEPT = {RUNS: "runs", UPLOADS: "files", MAPS: "maps"}


@dataclass(frozen=True)
class Allowance:
    """Each can be set by an environment variable: AECORE_MAX_EPOCHS for `epochs`. None is no limit.

    Attributes:
        jobs: of one kind, such as runs or maps, that wait or are under way for one visitor.
        jobs_of_all: the same for all visitors together.
        epochs: of one run.
        parameters: trained numbers of a run's model.
        minutes: that one job may take; it is stopped then, and what it learned is kept.
        runs_bytes, uploads_bytes, maps_bytes: of the runs without maps, the files and the maps of
            codes that one visitor keeps.
        all_bytes: of all that all visitors keep.
    """

    jobs: int | None = None
    jobs_of_all: int | None = None
    epochs: int | None = None
    parameters: int | None = None
    minutes: int | None = None
    runs_bytes: int | None = None
    uploads_bytes: int | None = None
    maps_bytes: int | None = None
    all_bytes: int | None = None

    def as_set(self) -> Allowance:
        """This one, with what the environment says instead.

        Raises:
            AccessError: a variable holds no positive whole number.
        """
        given = {}
        for field in fields(self):
            text = environment.given_limit(field.name)
            if text is None:
                continue
            name = environment.limit_variable(field.name)
            if not text.isdecimal() or int(text) < 1:
                raise AccessError(
                    f"{name} must be a whole number above 0, not {text!r}.", "Set it anew."
                )
            given[field.name] = int(text)
        return replace(self, **given)

    def refuse_run(self, experiment: Experiment) -> None:
        """Refuse an experiment that is too large.

        Raises:
            AccessError: it has more epochs or parameters than allowed.
        """
        _refuse_above(self.epochs, experiment.training.epochs, "epochs", "Choose fewer.")
        if self.parameters is not None:
            parameters = sum(layer.parameters for layer in layers_of(experiment))
            _refuse_above(
                self.parameters,
                parameters,
                "trained numbers (parameters)",
                "Choose smaller layers or fewer of them.",
            )

    def refuse_job(self, own: int, all_together: int, plural: str) -> None:
        """Refuse another job of a kind.

        Args:
            own: how many of the visitor wait or are under way.
            all_together: how many of all visitors.
            plural: what they are called.

        Raises:
            AccessError: there are as many as allowed.
        """
        if self.jobs is not None and own >= self.jobs:
            raise AccessError(
                f"{own} of your {plural} are waiting or under way, and here that is the most for "
                "one visitor.",
                "Let some finish, or stop some.",
            )
        if self.jobs_of_all is not None and all_together >= self.jobs_of_all:
            raise AccessError(
                f"{all_together} {plural} of all visitors are waiting or under way, and here that "
                "is the most.",
                "Try again in a few minutes.",
            )

    def most_bytes(self, group: str) -> int | None:
        """The most that one visitor may keep of `runs`, `uploads` or `maps`."""
        most: int | None = getattr(self, f"{group}_bytes")
        return most

    def refuse_to_keep(self, group: str, measure: Callable[[], tuple[int, int]]) -> None:
        """Refuse to keep more of `runs`, `uploads` or `maps`.

        Args:
            measure: gives the bytes of the group that the visitor keeps, and of all that all keep.

        Raises:
            SpaceError: there is as much as allowed.
        """
        most = self.most_bytes(group)
        if most is None and self.all_bytes is None:
            return
        own, all_together = measure()
        if most is not None and own >= most:
            raise SpaceError(
                f"Your {KEPT[group]} take {_megabytes(own)}, and {_megabytes(most)} is the most "
                f"({environment.limit_variable(f'{group}_bytes')}).",
                "Make room under “Space” on the Runs page.",
            )
        if self.all_bytes is not None and all_together >= self.all_bytes:
            raise SpaceError(
                f"The runs and files of all visitors take {_megabytes(all_together)}, and this "
                "server keeps no more.",
                "Delete what you do not need under “Space” on the Runs page, or try again later.",
            )


def _refuse_above(most: int | None, asked: int, what: str, remedy: str) -> None:
    if most is not None and asked > most:
        raise AccessError(f"This run has {asked:,} {what}, and here {most:,} is the most.", remedy)


def _megabytes(number: int) -> str:
    return f"{number / 2**20:,.0f} MB"
