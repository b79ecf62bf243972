"""`Preset`: a starting point, what it changes by the size of the data, and why not to offer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from aecore.data import Facts
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError, ExperimentError
from aecore.experiment.experiment import Experiment
from aecore.experiment.tree import ExperimentTree
from aecore.settings import with_values

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """Something that a user wants to do: a preset suits it, and a page does it.

    Attributes:
        name, title, summary: as of every member of a family.
        page: where the result is used, by its file's name.
        page_title: what a link to that page says.
        icon: of that link, by its Material name.
    """

    name: str
    title: str
    summary: str
    page: str
    page_title: str
    icon: str


@dataclass(frozen=True)
class Preset:
    """A starting point: what it changes, as in `Experiment`, over what suits the data set.

    Attributes:
        name, title, summary: as of every member of a family.
        changes: as in `Experiment`, on any data set.
        by_size: the same by dotted path, from how many samples of how many values there are.
        task: what it is the usual choice for.
        in_sight: whether it is offered among the first; the others stand under "More".
        unsuited: why it would show nothing good on such data, in a sentence; empty where it does.
    """

    name: str
    title: str
    summary: str
    changes: Values = field(default_factory=dict)
    by_size: Callable[[Facts], Values] = lambda known: {}
    unsuited: Callable[[Facts], str] = lambda known: ""
    task: Task | None = None
    in_sight: bool = False

    def experiment(self, source: str, reading: ReadingOptions = AS_FOUND) -> Experiment:
        """The preset for a data set, read in this way.

        Raises:
            ExperimentError: there is no such data set, or it does not suit the preset.
        """
        return Experiment.of(self.tree(source, reading))

    def tree(self, source: str, reading: ReadingOptions = AS_FOUND) -> ExperimentTree:
        """The same without the check that its parts go together."""
        known = _size(source, reading)
        changes = with_values(self.changes, self.by_size(known) if known else {})
        read = reading.model_dump(mode="json", exclude_defaults=True)
        data = {"source": source, "reading": read, **changes.get("data", {})}
        return ExperimentTree.completed({**changes, "data": data})

    def reason_against(self, source: str, reading: ReadingOptions = AS_FOUND) -> str:
        """Why it is not offered for a data set, in a sentence or two; empty where it is."""
        try:
            self.experiment(source, reading)
        except ExperimentError as error:
            # Its second sentence says how to mend a form, and there is none yet.
            return f"{error.cause.split('. ')[0].rstrip('.')}."
        known = _size(source, reading)
        return self.unsuited(known) if known else ""


def _size(source: str, reading: ReadingOptions) -> Facts | None:
    """What the samples of a data set are, with roles as proposed; None where nobody knows."""
    try:
        return _known_size(source, reading)
    except (DataError, ValidationError):
        return None


@lru_cache(maxsize=64)
def _known_size(source: str, reading: ReadingOptions) -> Facts:
    given = {"source": source, "reading": reading.model_dump(mode="json")}
    return ExperimentTree.completed({"data": given}).facts
