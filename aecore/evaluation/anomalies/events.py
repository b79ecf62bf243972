"""Events: alarms of a series as a person meets them, one where something begins and then silence.

Judged by the share of true events that are found, by how late, and by false events a thousand
steps. Never by point-adjusted F1, which counts every step of a true event as found as soon as one
is: where events are long, scores drawn at random come close to 1.
Source: Kim et al., Towards a Rigorous Evaluation of Time-Series Anomaly Detection, AAAI 2022.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aecore.errors import DataError
from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.anomalies.proportions import wilson
from aecore.wording import short

PER = 1000


@dataclass(frozen=True)
class EventRule:
    """When scores make an event: `needed` of the last `of` above the threshold, then silence.

    Attributes:
        silence: so many steps after an event, none is raised.
    """

    needed: int = 3
    of: int = 5
    silence: int = 20

    def __post_init__(self) -> None:
        if not 1 <= self.needed <= self.of or self.silence < 0:
            raise DataError(
                f"An event cannot need {self.needed} of {self.of} steps above the threshold, with "
                f"a silence of {self.silence}.",
                "Need at least one and at most all of the steps, and a silence of 0 or more.",
            )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return (
            f"An event is raised when {self.needed} of {self.of} steps on end lie above the "
            f"threshold; then there is silence for {self.silence} steps."
        )


@dataclass(frozen=True)
class EventDetection:
    """How alarms, taken as events, meet the true ones.

    Attributes:
        events: true events: stretches of odd steps on end.
        found: those in which an alarm was raised.
        recall: found over events, with its 95 % interval; NaN without events.
        delay: median steps from the begin of a found event to its first alarm; NaN without any.
        alarms: events that were raised in all.
        false_alarms: those outside of all true events.
        false_rate: false alarms in a thousand normal steps; NaN without normal steps.
    """

    events: int
    found: int
    recall: Estimate
    delay: float
    alarms: int
    false_alarms: int
    false_rate: float

    @property
    def sentence(self) -> str:
        """All of it in words."""
        false = f"false events: {short(self.false_rate, 2)} in 1,000 normal steps"
        if not self.events:
            return f"There are no true events to find; {false}."
        told = f"{self.found} of {self.events} events are found"
        if self.found:
            told += f", half of them within {short(self.delay)} steps"
        return f"{told}." if math.isnan(self.false_rate) else f"{told}; {false}."


def raise_events(
    scores: np.ndarray, threshold: float, rule: EventRule, begins: np.ndarray | None = None
) -> np.ndarray:
    """(m,) ascending places at which an event is raised.

    Args:
        scores: (n,) of steps, or of windows, in the order of time.
        threshold: scores at or above it count.
        begins: (n,) whether a new stretch begins there, to which nothing before it counts, such as
            behind a gap; None if all are on end.
    """
    above = scores >= threshold
    counted = np.concatenate([[0], np.cumsum(above)])
    first = np.zeros(len(scores), bool) if begins is None else begins
    raised: list[int] = []
    start = silent_until = 0
    for place in np.flatnonzero(above | first).tolist():
        if first[place]:
            start = silent_until = place
        if place < silent_until or not above[place]:
            continue
        if counted[place + 1] - counted[max(start, place - rule.of + 1)] >= rule.needed:
            raised.append(place)
            silent_until = place + rule.silence + 1
    return np.array(raised, dtype=np.int64)


def true_events(odd: np.ndarray, begins: np.ndarray | None = None) -> np.ndarray:
    """(events, 2) start and end of the stretches in which (n,) odd is true; the end is outside."""
    odd = odd.astype(bool)
    new = np.ones(len(odd), bool)
    new[1:] = ~odd[:-1] if begins is None else ~odd[:-1] | begins[1:]
    last = np.ones(len(odd), bool)
    last[:-1] = ~odd[1:] if begins is None else ~odd[1:] | begins[1:]
    return np.stack([np.flatnonzero(odd & new), np.flatnonzero(odd & last) + 1], axis=1)


def assess_events(
    raised: np.ndarray, odd: np.ndarray, begins: np.ndarray | None = None, stride: int = 1
) -> EventDetection:
    """How raised events meet the true ones.

    An alarm is true if it is raised within a true event; further ones within the same are neither
    false nor counted again. One that is raised before an event begins is false.

    Args:
        raised: places, as `raise_events` gives them.
        odd: (n,) whether a step, or a window, is odd.
        begins: as in `raise_events`.
        stride: steps from one window to the next, in which delay and false alarms are told.
    """
    odd = odd.astype(bool)
    delays = []
    events = true_events(odd, begins)
    for start, end in events:
        within = raised[(raised >= start) & (raised < end)]
        if len(within):
            delays.append(int(within[0] - start) * stride)
    false_alarms, normal = int((~odd[raised]).sum()), int((~odd).sum()) * stride
    return EventDetection(
        events=len(events),
        found=len(delays),
        recall=wilson(len(delays), len(events)),
        delay=float(np.median(delays)) if delays else math.nan,
        alarms=len(raised),
        false_alarms=false_alarms,
        false_rate=PER * false_alarms / normal if normal else math.nan,
    )
