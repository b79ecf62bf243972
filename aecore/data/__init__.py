"""Data sets: what there is, what is known of each before it is loaded, and loading."""

from aecore.data.dataset import Dataset, DatasetSpec, Facts, Raw, Table
from aecore.data.loading import checked, digest, facts, is_known, load, sheet, title_of
from aecore.data.profile.check_sheet import Sheet
from aecore.data.sources import DATASETS

__all__ = [
    "DATASETS",
    "Dataset",
    "DatasetSpec",
    "Facts",
    "Raw",
    "Sheet",
    "Table",
    "checked",
    "digest",
    "facts",
    "is_known",
    "load",
    "sheet",
    "title_of",
]
