"""Is what is read kept within the limits, and within the memory that is free?"""

from __future__ import annotations

import pytest

from aecore.data import limits
from aecore.data.limits import refuse_above
from aecore.errors import DataError


def test_a_limit_is_named_with_its_variable() -> None:
    """And what is within it passes."""
    refuse_above("pages", 10_000, "The file", "Take fewer.")
    with pytest.raises(DataError, match=r"The file has 10,001 pages.*AECORE_MAX_PAGES.*Take fewer"):
        refuse_above("pages", 10_001, "The file", "Take fewer.")


def test_what_is_unpacked_must_fit_into_free_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small machine refuses what a large one reads; nobody asks about what is small."""
    monkeypatch.setattr(limits, "free_bytes", lambda: 2 * 10**9)
    refuse_above("unpacked_bytes", 600 * 10**6, "The file", "Take a part of it.")
    with pytest.raises(DataError) as refused:
        refuse_above("unpacked_bytes", 800 * 10**6, "The file", "Take a part of it.")
    assert refused.value.cause == (
        "The file takes some 2.4 GB of memory to read, and 2.0 GB are free."
    )
    assert refused.value.remedy == "Take a part of it."
    monkeypatch.setattr(limits, "free_bytes", lambda: 0)
    refuse_above("unpacked_bytes", 200 * 10**6, "The file", "Take a part of it.")
