"""Clusters of codes: how many, how far they agree with labels, and the samples of each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from aecore.data.prepare.split import drawn_rows
from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.latent.clusters import Agreement, Clusters, agreement, by_all_values, clusters_of
from aecore.latent.selection import class_mix
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import counted, plain, rounded
from ui.base.theme import Palette
from ui.features.unit_card import show_few
from ui.shared.decoding import reason_unavailable

UNLABELLED, MOST_CLUSTERS = 8, 50
# Two seconds are not worth a job: of more samples so many are drawn.
MOST_SAMPLES = 2000
SHOWN, CLASSES_NAMED = 10, 3
HELP = "k-means puts every code with the nearest of so many centres."
HOW_TO_READ = (
    "k-means groups the codes of the kept held-out samples without looking at labels. Groups that "
    "agree with the classes say that the code keeps these apart by itself."
)
MEASURES = (
    "**Accuracy**: the share of samples in the cluster of their class, at the best matching of "
    "clusters to classes. **NMI**: what the cluster says of the class, of all there is to say. "
    "**ARI**: pairs of samples that are together in both; 0 is what drawn groups would reach."
)


def show_clusters(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """The choice of a number, the agreement with labels, and a card a cluster."""
    why = reason_unavailable(samples)
    if why:
        st.info(why, icon=":material/info:")
        return
    st.caption(HOW_TO_READ)
    classes = len(samples.class_names) if samples.label is not None else 0
    wanted = st.number_input(
        "Clusters",
        2,
        MOST_CLUSTERS,
        min(max(2, classes or UNLABELLED), MOST_CLUSTERS),
        key=f"features-clusters-{run.run_id}",
        persist_state="session",
        help=HELP,
        width=200,
    )
    try:
        found, chosen, beside = _clustered(run.run_id, int(wanted), samples)
    except LabError as error:
        session.show_error(error)
        return
    if len(chosen.error) < len(samples.error):
        st.caption(f"Of {counted(len(chosen.error), 'sample')}.")
    _show_agreement(found, chosen, beside)
    grid = st.grid(2 if chosen.kind in ("image", "series") else 1, border=True)
    for cluster in range(len(found.centres)):
        with grid.cell():
            _show_cluster(found, cluster, chosen, palette)


@st.cache_resource(show_spinner="Looking for clusters", max_entries=16)
def _clustered(
    run_id: str, wanted: int, _samples: Samples
) -> tuple[Clusters, Samples, Agreement | None]:
    chosen = _samples.of(drawn_rows(len(_samples.error), MOST_SAMPLES, seed=0))
    found = clusters_of(chosen.code, wanted)
    return found, chosen, by_all_values(chosen, wanted)


def _show_agreement(found: Clusters, samples: Samples, beside: Agreement | None) -> None:
    if samples.label is None:
        st.info(
            "Without labels there is nothing to compare the clusters with; look at their samples.",
            icon=":material/info:",
        )
        return
    rows = {"Codes": agreement(found.assigned, samples.label)}
    if beside is not None:
        rows["All values"] = beside
    st.dataframe(
        pd.DataFrame(
            {
                "Clusters of": list(rows),
                "Accuracy": [rounded(each.accuracy) for each in rows.values()],
                "NMI": [rounded(each.nmi) for each in rows.values()],
                "ARI": [rounded(each.ari) for each in rows.values()],
            }
        ),
        hide_index=True,
        alt="How far clusters agree with labels",
    )
    st.caption(MEASURES)


def _show_cluster(found: Clusters, cluster: int, samples: Samples, palette: Palette) -> None:
    members = found.members(cluster)
    share = len(members) / len(found.assigned)
    st.markdown(f"**Cluster {cluster + 1}** · {counted(len(members), 'sample')}, {share:.0%}")
    mix = class_mix(samples, members)[:CLASSES_NAMED]
    if mix:
        named = ", ".join(f"{item.name} ({item.share:.0%})" for item in mix)
        st.caption(plain(f"{named}. Nearest to its centre:"))
    show_few(
        samples,
        members[:SHOWN],
        palette,
        f"Samples nearest to the centre of cluster {cluster + 1}",
    )
