# Every target makes what it needs: a .venv from the hash lock, then the project itself. Run `make` for the list.
# PYTHON=/path/to/python picks the interpreter; anything from 3.11 on will do.

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PIP_USER

# A stamp is named after the content it was made from, so an unchanged tree does nothing and a changed lock installs.
RUN_KEY := $(shell cat requirements.lock requirements-build.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
DEV_KEY := $(shell cat requirements-dev.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
RUN_STAMP := $(VENV)/.installed-run-$(RUN_KEY)
DEV_STAMP := $(VENV)/.installed-dev-$(DEV_KEY)

PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
# Files in their order: those with few, slow tests would come last, one by one, when the other worker is idle.
PYTEST := $(BIN)/python -m pytest -q
TESTS_WHEN_ALLOWED := not live and not long

.PHONY: help demo test long check chaos bench sheets fmt lock clean venv env env-dev lint

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: env ## a conversation that makes a video here, at $0, with no key
	@$(BIN)/cutaway demo

test: lint ## everything CI runs: lint, types, floors, all tests
	$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder --session-timeout 590 -m "$(TESTS_WHEN_ALLOWED)"

long: env-dev ## what `make test` has no time for: more deaths, waits and real processes
	$(PYTEST) -m "long and not live"

check: lint ## the fast loop: lint, types, floors, quick tests
	$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder --session-timeout 180 -m "$(TESTS_WHEN_ALLOWED) and not slow and not chaos"

chaos: env-dev ## half an hour of deaths, cuts, storms: nothing is lost or paid twice; CHAOS="--soak 8" for hours
	$(BIN)/python -m bench.chaos $(CHAOS)

bench: env-dev ## every script in bench/, one table
	$(BIN)/python bench/run.py

sheets: env-dev ## draw the sketch artist's reduced contact sheets in docs/ again
	@$(BIN)/cutaway sketch sheet --out docs/pictures/sketch --tile 160 --format jpg

fmt: env-dev ## format and mend what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: env-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The development lock comes first; the other two are cut from it, so the three can never disagree.
LOCK := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-build

lock: ## resolve the three hash locks again (needs uv); LOCK_FLAGS=--upgrade takes newer releases
	@command -v $(UV) >/dev/null || { echo "make lock needs uv. Fix: python3 -m pip install uv, or UV=/path/to/uv" >&2; exit 1; }
	$(LOCK) $(LOCK_FLAGS) pyproject.toml --extra all --group dev -o requirements-dev.lock
	$(LOCK) pyproject.toml --extra all -c requirements-dev.lock -o requirements.lock
	printf 'hatchling\neditables\n' | $(LOCK) - -c requirements-dev.lock -o requirements-build.lock

clean: ## remove the environment, caches and build output
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find orchestrator providers tests bench examples -name __pycache__ -type d -prune -exec rm -rf {} +

env: $(RUN_STAMP)
env-dev: $(DEV_STAMP)

$(RUN_STAMP): | venv
	@echo "Installing the locked packages into $(VENV) (first time: about a minute)" >&2
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --require-hashes -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.installed-run-*; touch $@

# The development lock holds every pin of the other two (a test in tests/house says so), hence both stamps.
$(DEV_STAMP): | venv
	@echo "Installing the locked development packages into $(VENV) (first time: about a minute)" >&2
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.installed-*; touch $@ $(RUN_STAMP)

# A present, working .venv is kept. Interpreters are tried by running them: a name on PATH may be an empty shim.
venv:
	@if $(BIN)/python -c 'import pip, sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then exit 0; fi; \
	python=; \
	for p in "$(PYTHON)" python3.13 python3.12 python3.11 python3.14 python; do \
	  if "$$p" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python="$$p"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Cutaway needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" --version 2>&1 | tail -n 1)." >&2; \
	  echo "Fix: install one (Debian or Ubuntu: apt-get install python3.11 python3.11-venv; macOS: brew install python@3.13)," >&2; \
	  echo "or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	  package=$$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	  if [ "$${CI:-}" = true ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq "$$package" >&2; \
	  else \
	    echo "$$python has no venv module. Fix: sudo apt-get install $$package" >&2; exit 1; \
	  fi; \
	fi; \
	rm -rf $(VENV); "$$python" -m venv $(VENV)
