"""Are alarms of a series raised, silenced and judged as events?"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.errors import DataError
from aecore.evaluation.anomalies.events import (
    EventRule,
    assess_events,
    raise_events,
    true_events,
)


def scores(text: str) -> np.ndarray:
    """Steps above the threshold of 1 as `x`, those below as dots."""
    return np.array([2.0 if letter == "x" else 0.0 for letter in text])


@pytest.mark.parametrize(
    ("text", "rule", "raised"),
    [
        ("..x.x.x..", EventRule(3, 5, 0), [6]),
        ("..x..x..x", EventRule(3, 5, 0), []),
        ("xxxxxx...", EventRule(2, 3, 3), [1, 5]),
        ("xxxxxx...", EventRule(1, 1, 0), [0, 1, 2, 3, 4, 5]),
        ("x..x.....", EventRule(1, 1, 9), [0]),
        ("", EventRule(), []),
    ],
)
def test_events_by_hand(text: str, rule: EventRule, raised: list[int]) -> None:
    """So many of so many above, then silence; a step below raises nothing itself."""
    assert raise_events(scores(text), 1.0, rule).tolist() == raised


@given(st.text("x.", max_size=60), st.integers(1, 4), st.integers(0, 4), st.integers(0, 9))
def test_every_event_keeps_the_rule(text: str, needed: int, more: int, silence: int) -> None:
    """Enough steps above among the last; none within the silence of another, none left out."""
    rule = EventRule(needed, needed + more, silence)
    raised = raise_events(scores(text), 1.0, rule).tolist()

    def earned(place: int) -> bool:
        seen = text[max(0, place - rule.of + 1) : place + 1]
        return text[place] == "x" and seen.count("x") >= needed

    assert all(earned(place) for place in raised)
    assert all(b - a > silence for a, b in pairwise(raised))
    quiet = {place + i for place in raised for i in range(silence + 1)}
    assert all(place in quiet for place in range(len(text)) if earned(place))


def test_nothing_before_a_gap_counts() -> None:
    """Neither steps above nor silence."""
    begins = np.arange(9) == 3
    rule = EventRule(2, 3, 5)

    assert raise_events(scores(".xxxx...."), 1.0, rule, begins).tolist() == [2, 4]
    assert raise_events(scores("..xx....."), 1.0, rule, begins).tolist() == []
    assert raise_events(scores("..xx....."), 1.0, rule).tolist() == [3]


def test_true_events_are_stretches() -> None:
    """At both ends, and parted by a gap."""
    odd = scores("xx..xxx.x") > 1

    assert true_events(odd).tolist() == [[0, 2], [4, 7], [8, 9]]
    assert true_events(odd, np.arange(9) == 5).tolist() == [[0, 2], [4, 5], [5, 7], [8, 9]]
    assert true_events(odd[2:4]).tolist() == []


def test_recall_delay_and_false_events() -> None:
    """Three events, two found, after 1 and 3 steps; two alarms outside, one too early."""
    odd = np.zeros(2012, bool)
    odd[100:105] = odd[200:206] = odd[300] = True

    found = assess_events(np.array([50, 101, 104, 199, 203]), odd)

    assert (found.events, found.found, found.alarms, found.false_alarms) == (3, 2, 5, 2)
    assert found.recall.value == pytest.approx(2 / 3)
    assert (found.delay, found.false_rate) == (2.0, 1.0)
    assert found.sentence == (
        "2 of 3 events are found, half of them within 2 steps; "
        "false events: 1 in 1,000 normal steps."
    )
    # Of windows that lie five steps apart.
    by_window = assess_events(np.array([50, 101, 104, 199, 203]), odd, stride=5)
    assert (by_window.delay, by_window.false_rate) == (10.0, 0.2)


def test_without_events_or_normal_steps() -> None:
    """What cannot be told is no number."""
    quiet = assess_events(np.array([1]), np.zeros(500, bool))
    odd = assess_events(np.zeros(0, np.int64), np.ones(5, bool))

    assert math.isnan(quiet.recall.value) and quiet.false_rate == 2.0
    assert quiet.sentence.startswith("There are no true events")
    assert math.isnan(odd.false_rate) and math.isnan(odd.delay)
    assert odd.sentence == "0 of 1 events are found."


def test_noise_is_not_rewarded() -> None:
    """Alarms drawn at random in a series with one long event: many false events, told as such."""
    random = np.random.default_rng(0)
    odd = np.zeros(5000, bool)
    odd[2000:2500] = True
    raised = raise_events(random.random(5000), 0.95, EventRule(1, 1, 0))

    found = assess_events(raised, odd)

    assert found.recall.value == 1
    assert found.false_rate == pytest.approx(50, rel=0.15)


@pytest.mark.parametrize("given", [(0, 3, 1), (4, 3, 1), (1, 1, -1)])
def test_impossible_rules_are_refused(given: tuple[int, int, int]) -> None:
    """In a sentence."""
    with pytest.raises(DataError, match="An event cannot need"):
        EventRule(*given)
    assert EventRule(2, 4, 10).sentence.startswith("An event is raised when 2 of 4 steps")
