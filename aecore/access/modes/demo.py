"""A lab for anyone who comes by, for as long as they stay."""

from __future__ import annotations

from aecore import environment
from aecore.access.allowance import Allowance
from aecore.access.mode import Mode

# What a machine of 2.7 GB bears, beside a server of 0.3 and a worker of 1 GB.
DATA = {
    "upload_bytes": 10 * 2**20,
    "unpacked_bytes": 200 * 2**20,
    "in_memory_bytes": 50 * 2**20,
    "rows": 20_000,
    "columns": 1_000,
    "pixels": 1_024 * 1_024,
    "pages": 1_000,
    "files": 2_000,
    "reading_seconds": 60,
}

SPEC = Mode(
    name="demo",
    title="Demo",
    summary="Anyone: small runs beside examples, and nothing is kept beyond the visit.",
    forgets_after=15,
    has_examples=True,
    allowance=Allowance(
        jobs=2,
        jobs_of_all=20,
        epochs=200,
        parameters=2_000_000,
        minutes=5,
        runs_bytes=100 * 2**20,
        uploads_bytes=20 * 2**20,
        maps_bytes=20 * 2**20,
        all_bytes=2 * 2**30,
    ),
    variables={environment.limit_variable(name): str(most) for name, most in DATA.items()},
    order=30,
)
