"""Text on screen: names made safe for Markdown, numbers and times that people can read."""

from __future__ import annotations

import re

from aecore.wording import NOT_YET as NOT_YET
from aecore.wording import against as against
from aecore.wording import count as count
from aecore.wording import counted as counted
from aecore.wording import rounded as rounded
from aecore.wording import short as short
from aecore.wording import verb as verb

MINUTE = 60
HOUR = 3600


def plain(text: str) -> str:
    """Text that Markdown shows as it is: no links, images, colours or icons come of it."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=@/])", r"\\\1", text.replace("\n", " "))


def duration(seconds: float) -> str:
    """A time such as 0.3 s, 12 s, 2 min 5 s or 1 h 4 min."""
    if seconds < 10:
        return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"


def shape(sample_shape: tuple[int, ...]) -> str:
    """A sample's shape, such as 28 × 28; a last axis of one channel goes without saying."""
    sides = sample_shape[:-1] if len(sample_shape) == 3 and sample_shape[-1] == 1 else sample_shape
    return " × ".join(count(side) for side in sides)


def megabytes(size: int) -> str:
    """A number of bytes, such as 2.3 GB, 11.5 MB or 42 kB."""
    if size >= 10**9:
        return f"{size / 10**9:,.1f} GB"
    if size >= 10**6:
        return f"{size / 10**6:,.1f} MB"
    return f"{max(1, round(size / 1000)):,} kB" if size else "0 kB"
