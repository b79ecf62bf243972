"""Data sets: what there is, what is known of each before it is loaded, and loading."""

from aecore.data.dataset import Dataset, DatasetSpec, Facts
from aecore.data.loading import facts, load
from aecore.data.sources import DATASETS

__all__ = ["DATASETS", "Dataset", "DatasetSpec", "Facts", "facts", "load"]
