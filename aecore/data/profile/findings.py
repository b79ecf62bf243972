"""`Findings`: what was found in a data set besides what its check sheet says."""

from __future__ import annotations

from dataclasses import dataclass

from aecore.data.columns.measures import Spread
from aecore.data.profile.steps import Steps


@dataclass(frozen=True)
class Findings:
    """What advice goes by.

    Attributes:
        features: values in one sample; 0 where that is not known yet, as of texts.
        spreads: name -> spread, of each feature or channel that is a number.
        gaps: name -> missing values, of each feature with any.
        incomplete: rows with a missing value.
        unlabelled: rows without a label.
        copies: rows with the same values as an earlier one.
        one_colour: images all pixels of which are equal.
        constant: values of a sample that are equal in all samples.
        empty_texts: texts without a letter.
        steps: of a stream.
        leaks: names of features of which one alone tells the classes.
    """

    features: int = 0
    spreads: tuple[tuple[str, Spread], ...] = ()
    gaps: tuple[tuple[str, int], ...] = ()
    incomplete: int = 0
    unlabelled: int = 0
    copies: int = 0
    one_colour: int = 0
    constant: int = 0
    empty_texts: int = 0
    steps: Steps | None = None
    leaks: tuple[str, ...] = ()
