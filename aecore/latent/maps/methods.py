"""Methods that draw a map step by step, in a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import util

from aecore.latent.maps.available import LEAST_ROWS_FOR_TSNE, LEAST_ROWS_FOR_UMAP
from aecore.latent.maps.projection import Projection, tsne
from aecore.latent.maps.umap import umap


@dataclass(frozen=True)
class Method:
    """A way to arrange codes (n, k) in the plane or in space that takes a while.

    Attributes:
        name: as jobs and controls have it.
        title: as people have it.
        draw: called with codes, settings by name (`dimensions`, `iterations`, `seed` and those of
            its own), `on_progress` and `should_stop`.
        least_rows: how many samples it needs.
        package: a module that must be installed for it, where that is optional.
    """

    name: str
    title: str
    draw: Callable[..., Projection]
    least_rows: int
    package: str = ""

    def is_installed(self) -> bool:
        """Whether it can be drawn here; nothing is imported to find out."""
        return not self.package or util.find_spec(self.package) is not None


METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method("tsne", "t-SNE", tsne, LEAST_ROWS_FOR_TSNE),
        Method("umap", "UMAP", umap, LEAST_ROWS_FOR_UMAP, package="umap"),
    )
}
