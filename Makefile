# `make` alone lists what there is to do.

PYTHON = python3
VENV = .venv
PY = $(VENV)/bin/python
# Jobs and browsers have processes of their own and are watched against the clock. All processes
# must find the tests in one order, so sets are given one too.
ALONE = tests/jobs tests/faults tests/browser
SIDE_BY_SIDE = tests -n 2 --dist loadfile $(addprefix --ignore=,$(ALONE))

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/app-installed ## Make .venv and install what the app needs

run: setup ## Start the app; its address is printed
	@$(PY) -m streamlit run app.py

umap: setup ## Add UMAP, a further map of the codes, to .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-umap.txt -c constraints.txt

mlflow: $(VENV)-mlflow/installed ## Show the runs in MLflow's own interface
	@$(VENV)-mlflow/bin/mlflow ui --backend-store-uri sqlite:///$${AECORE_HOME:-runs}/mlflow.db

tracking: $(VENV)-mlflow/installed ## Install MLflow's server, to keep the runs of several machines

test: dev chromium lint ## Lint, types, unit, app and browser tests
	$(call in_two_halves,-m "not slow and not faults")

test-all: dev chromium lint tracking ## The same and the tests that take minutes
	$(call in_two_halves,-m "not faults")

test-faults: dev ## Kill every process at random moments, fill the disk, and see that nothing is lost
	@$(PY) -m pytest tests/faults tests/jobs/server/test_crashes.py

# The second half runs, and is reported, whatever the first one found.
define in_two_halves
	@failed=; \
	PYTHONHASHSEED=0 $(PY) -m pytest $(1) $(SIDE_BY_SIDE) || failed="side by side"; \
	$(PY) -m pytest $(1) $(ALONE) || failed="$$failed$${failed:+ and }alone"; \
	[ -z "$$failed" ] || { echo "There are failures among the tests that run $$failed."; exit 1; }
endef

lint: dev ## Style, format and types; of the JavaScript too where Node is
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@sh tools/js/lint.sh

bench: dev chromium ## Measure against named peers and write docs/benchmarks.md
	@$(PY) -m benchmarks.train_loop
	@$(PY) -m benchmarks.models
	@$(PY) -m benchmarks.first_paint
	@$(PY) -m benchmarks.live_view
	@$(PY) -m benchmarks.data
	@$(PY) -m benchmarks.tsne
	@$(PY) -m benchmarks.explore

bench-load: dev chromium ## Measure many watchers and visitors at once; into docs/benchmarks.md
	@$(PY) -m benchmarks.load

anomalies: dev ## Find anomalies on five open sets that lie in DATA; into docs/results.md
	@$(PY) -m benchmarks.anomalies $(DATA)
	@$(PY) -m benchmarks.promise
	@$(PY) -m benchmarks.planted

dimensions: dev ## Compare the ordered code with separate trainings; into docs/results.md
	@$(PY) -m benchmarks.dimensions

presets: dev ## Train every preset on every data set and write docs/presets.md; takes hours
	@$(PY) -m benchmarks.presets

docs: dev ## Write docs/reference.md from the code
	@$(PY) -m docs.reference

screenshots: dev chromium ## Write docs/images, every page light and dark
	@$(PY) -m docs.screenshots

lock: dev ## Pin the newest versions that fit requirements*.txt
	@$(PY) -m pip install --quiet uv
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
		--strip-extras --upgrade requirements.txt requirements-umap.txt requirements-signin.txt \
		requirements-dev.txt --output-file constraints.txt

dev: $(VENV)/dev-installed

chromium: dev
	@$(PY) -m tools.chromium

# A stamp file stands for a finished installation, so that the second run installs nothing.
$(VENV)/app-installed: requirements.txt constraints.txt
	@sh tools/venv.sh $(PYTHON) $(VENV)
	@echo "Installing what the app needs. TensorFlow is large: this takes a few minutes, once."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/dev-installed: $(VENV)/app-installed requirements-dev.txt requirements-umap.txt requirements-signin.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt \
		-r requirements-umap.txt -r requirements-signin.txt -c constraints.txt
	@touch $@

# In an environment of its own: all of MLflow needs older libraries than the app.
$(VENV)-mlflow/installed: constraints.txt
	@sh tools/venv.sh $(PYTHON) $(VENV)-mlflow
	@echo "Installing MLflow's interface: this takes a minute, once."
	@$(VENV)-mlflow/bin/python -m pip install --quiet --disable-pip-version-check \
		mlflow==$$(sed -n 's/^mlflow-skinny==//p' constraints.txt)
	@touch $@

.PHONY: anomalies bench bench-load chromium dev dimensions docs help lint lock mlflow presets run \
	screenshots setup test test-all test-faults tracking umap
