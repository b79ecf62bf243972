"""A map to draw, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.projection import MapRequest
from aecore.latent.maps.settings import MapSettings


def short(run_id: str) -> MapRequest:
    """A second's work."""
    return MapRequest(run_id, MapSettings("tsne", 2, 50, 7, (("perplexity", 5),)))


def long(run_id: str) -> MapRequest:
    """What is stopped long before its end."""
    return MapRequest(run_id, MapSettings("tsne", 2, 5000, 7, (("perplexity", 5),)))
