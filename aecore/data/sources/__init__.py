"""The bundled data sets, one module each; a new one is a new file ending in a `SPEC`."""

from aecore.data.dataset import DatasetSpec
from aecore.specs import collect

DATASETS: dict[str, DatasetSpec] = collect(__name__, __path__)
