"""Autoencoder Lab: page config and navigation, and what `streamlit run` serves; nothing else."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from ui.app import last_resort, server, session, sign_in
from ui.base.readable import make_readable
from ui.base.theme import palette
from ui.figures import brand
from ui.shared import running
from ui.train import live_route

NAME = "Autoencoder Lab"

# The server and its worker processes import this file as well; only a visit draws.
if __name__ == "__main__":
    st.set_page_config(
        page_title=NAME,
        page_icon=brand.plot_mark(palette()),
        layout="wide",
    )
    make_readable(palette().dark)
    st.logo(brand.plot_wordmark(palette()), size="large")
    page = st.navigation(
        [
            st.Page(
                "pages/train.py",
                title="Train",
                icon=":material/model_training:",
                url_path="train",
                default=True,
                help="Choose data and model, train, and watch it learn",
            ),
            st.Page(
                "pages/data.py",
                title="Data",
                icon=":material/dataset:",
                url_path="data",
                help="Choose a data set or bring your own, and check it",
            ),
            st.Page(
                "pages/reconstructions.py",
                title="Reconstructions",
                icon=":material/compare:",
                url_path="reconstructions",
                help="What the autoencoder makes of samples it was not trained on",
            ),
            st.Page(
                "pages/latent_space.py",
                title="Latent space",
                icon=":material/scatter_plot:",
                url_path="latent_space",
                help="How the codes of all samples lie to each other",
            ),
            st.Page(
                "pages/dimensions.py",
                title="Dimensions",
                icon=":material/straighten:",
                url_path="dimensions",
                help="How many numbers a code needs, and why",
            ),
            st.Page(
                "pages/features.py",
                title="Features",
                icon=":material/science:",
                url_path="features",
                help="What codes are good for, what is in them, and codes as files",
            ),
            st.Page(
                "pages/anomalies.py",
                title="Anomalies",
                icon=":material/troubleshoot:",
                url_path="anomalies",
                help="Which rows are odd to a run, and where alarms begin",
            ),
            st.Page(
                "pages/generate.py",
                title="Generate",
                icon=":material/auto_awesome:",
                url_path="generate",
                help="What the decoder makes of codes that no sample has",
            ),
            st.Page(
                "pages/runs.py",
                title="Runs",
                icon=":material/list:",
                url_path="runs",
                help="Everything you have trained: open, rename, delete",
            ),
            st.Page(
                "pages/guide.py",
                title="Guide",
                icon=":material/menu_book:",
                url_path="guide",
                help="How to use every page, and what the words mean",
            ),
        ],
        # Beside the form and the charts there is no room for a column of links on a tablet.
        position="top",
    )
    st.set_page_config(page_title=f"{page.title} · {NAME}")
    try:
        sign_in.require_account()
        session.begin(page.url_path)
        running.show_sign(page.url_path)
        page.run()
    except LabError as error:
        session.show_error(error)
    finally:
        session.painted()
else:
    app = st.App(
        __file__,
        routes=live_route.routes(),
        lifespan=server.lifespan,
        middleware=server.MIDDLEWARE,
        on_script_error=last_resort.tell,
    )
