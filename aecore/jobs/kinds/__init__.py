"""Kinds of jobs, one module each ending in a `SPEC`.

A page may import them: none needs Dask, Keras or MLflow before its work begins.
"""

from typing import Any

from aecore.jobs.kind import JobKind
from aecore.specs import collect

KINDS: dict[str, JobKind[Any, Any]] = collect(__name__, __path__)
# What a worker has of each.
RESOURCES: dict[str, int] = {kind.resource: kind.at_once for kind in KINDS.values()}

__all__ = ["KINDS", "RESOURCES"]
