"""The names under which server and worker know what they share."""

from __future__ import annotations

# All jobs share one topic: Dask keeps the last thousand messages of a topic for good, so a topic
# for each job would fill the scheduler's memory.
TOPIC = "aecore"
# Where Dask itself tells of workers that come and go.
CLUSTER_TOPIC = "all"


def stop_flag(job_id: str) -> str:
    """The name of the flag that asks a job to stop."""
    return f"stop-{job_id}"
