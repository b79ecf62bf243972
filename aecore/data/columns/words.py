"""Words of a column's name, by which ids, labels and times are known."""

from __future__ import annotations

import re


def words(name: str) -> list[str]:
    """The words of a name: `isFraud`, `is_fraud` and `Is fraud` have the same."""
    parted = re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return [word for word in re.split(r"[\W_]+", parted.lower()) if word]


def plain(name: str) -> str:
    """The words of a name, joined by underscores."""
    return "_".join(words(name))
