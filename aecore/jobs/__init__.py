"""Jobs: training and maps in worker processes, on Dask; submit, watch, stop."""

from aecore.jobs.engine import JobEngine
from aecore.jobs.projections import ProjectionView

__all__ = ["JobEngine", "ProjectionView"]
