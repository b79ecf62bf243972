"""Do arrays come out of an event as they went in, as exactly as their bits allow?"""

from __future__ import annotations

import json

import numpy as np
import pytest

from aecore.training.events import pack, unpack


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-3.0, 5.0), (1e-6, 2e-6)])
def test_values_are_kept_to_half_a_step(bits: int, low: float, high: float) -> None:
    """Of as many steps as the bits tell apart, and in shape."""
    x = np.random.default_rng(0).uniform(low, high, size=(50, 2))
    packed = json.loads(json.dumps(pack(x, low=low, high=high, bits=bits)))
    assert unpack(packed).shape == (50, 2)
    step = (high - low) / (2**bits - 1)
    np.testing.assert_allclose(unpack(packed), x, rtol=1e-6, atol=0.51 * step)


def test_values_beyond_the_ends_are_at_the_ends() -> None:
    """A difference larger than the scale has the scale's last shade."""
    np.testing.assert_array_equal(unpack(pack(np.array([-9.0, 9.0]))), [0.0, 1.0])


def test_an_array_of_one_value_has_it_still() -> None:
    """No division by nothing."""
    np.testing.assert_array_equal(unpack(pack(np.full(3, 7.0), low=7.0, high=7.0)), 7.0)


def test_events_of_earlier_versions_are_read() -> None:
    """They name no bits and have eight."""
    packed = pack(np.array([0.0, 0.5, 1.0]))
    del packed["bits"]
    np.testing.assert_allclose(unpack(packed), [0.0, 0.5, 1.0], atol=1 / 255)
