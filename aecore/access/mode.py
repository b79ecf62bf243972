"""`Mode`: what a server promises its visitors about each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aecore.access.allowance import Allowance


@dataclass(frozen=True)
class Mode:
    """One way to run a server.

    Attributes:
        name: as in `AECORE_MODE`.
        title: as people have it.
        summary: for whom it is, in a sentence.
        tells_apart: whether each visitor has runs and files of their own.
        signs_in: whether visitors may be known by an account, where one is set up.
        publishes: whether a visitor may show a run to the others.
        forgets_after: minutes after a visitor's last tab was closed until all of theirs is
            deleted; None keeps it.
        has_examples: whether it begins with runs that everybody sees.
        allowance: the most that visitors may ask for, where the environment says no other.
        variables: further limits, in the same way.
    """

    name: str
    title: str
    summary: str
    tells_apart: bool = True
    signs_in: bool = False
    publishes: bool = False
    forgets_after: float | None = None
    has_examples: bool = False
    allowance: Allowance = field(default_factory=Allowance)
    variables: Mapping[str, str] = field(default_factory=dict)
    order: int = 50
