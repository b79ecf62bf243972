# Autoencoder Lab for several people: shared mode, as docs/hosting.md says. compose.yaml puts a proxy
# with TLS before it.
FROM python:3.11-slim

# Spaces and many other hosts run what they are given as this user.
RUN useradd --uid 1000 --home-dir /data --create-home lab
WORKDIR /app

# Before the code, so that a change of it installs nothing anew.
COPY requirements.txt requirements-signin.txt constraints.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check \
    -r requirements.txt -r requirements-signin.txt -c constraints.txt

COPY .streamlit/config.toml .streamlit/
COPY app.py ./
COPY pages pages
COPY ui ui
COPY aecore aecore
COPY docs/guide.md docs/glossary.md docs/
# The user that runs them cannot write there.
RUN python -m compileall -q app.py pages ui aecore

ENV AECORE_MODE=shared \
    AECORE_HOME=/data/runs \
    AECORE_DOWNLOADS=/data/downloads \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SECRETS_FILES=/app/secrets/secrets.toml \
    PYTHONUNBUFFERED=1

USER lab
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app.py"]
