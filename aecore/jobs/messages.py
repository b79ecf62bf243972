"""What do server and worker call the things they share?"""

from __future__ import annotations

# All jobs share one topic: Dask keeps the last thousand messages of a topic for good, so a topic
# for each job would fill the scheduler's memory.
TOPIC = "aecore"
# Where Dask itself tells of workers that come and go.
CLUSTER_TOPIC = "all"

TRAINING, PROJECTION, INSPECTION = "training", "projection", "inspection"
# A worker trains one run at a time, because Keras has state for the whole process, and draws
# one map and looks at one data set beside it.
RESOURCES = {TRAINING: 1, PROJECTION: 1, INSPECTION: 1}


def stop_flag(job_id: str) -> str:
    """The name of the flag that asks a job to stop."""
    return f"stop-{job_id}"
