# Cortafuegos: one command for each thing a person wants.
# Needs only Python 3.11, its venv module and make. The tests also want Node and a few servers.
SHELL := /bin/bash
# The first Python that will do; 3.11 is what the lock was resolved for.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
export CORTAFUEGOS_HOME ?= $(CURDIR)/var

# Two processes; the tests of one file stay together, since they share what is dear to start.
TOGETHER := -n 2 --dist loadfile
# Real servers on a busy machine are late now and then: what failed is tried once more, by itself and
# in plain sight. What is broken fails twice.
AGAIN = { echo "test: once more, only what failed"; $(BIN)/python -m pytest --last-failed $(ARGS); }

.DEFAULT_GOAL := help
.PHONY: help run demo test test-fast check bench env env-dev servers messages lock clean

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: env  ## start the desk, with its own database, on http://127.0.0.1:8000
	@echo "run: web, worker and database, data in $(CORTAFUEGOS_HOME) (Ctrl-C stops all)"
	@exec $(BIN)/python -m cortafuegos up $(ARGS)

demo: env  ## the same on fresh data, thrown away at the end
	@echo "demo: a desk with stories in it, on throw-away data"
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && \
	  CORTAFUEGOS_HOME="$$home" $(BIN)/python -m cortafuegos up $(ARGS)

test: env-dev servers  ## every test: PostgreSQL 18 (ours), then the database's tests on 15 (Debian's)
	@echo "test: everything, on the PostgreSQL that comes with the package"
	@$(BIN)/python -m pytest $(TOGETHER) $(ARGS) || $(AGAIN)
	@echo "test: what touches the database, again on PostgreSQL 15 (a browser sees no difference)"
	@export CORTAFUEGOS_TEST_PG=15; \
	$(BIN)/python -m pytest --only-database -m "not browser" cortafuegos $(TOGETHER) $(ARGS) || $(AGAIN)

test-fast: env-dev  ## while you work: no browser, no outside server, PostgreSQL 18 only
	@$(BIN)/python -m pytest -q -m "not browser and not network_twin and not slow" $(ARGS)

check: env-dev  ## style, types, order of packages, translations, documents
	@failed=""; step() { echo "check: $$1"; shift; "$$@" || failed="$$failed$$1 "; }; \
	step style                 $(BIN)/ruff check --quiet .; \
	step format                $(BIN)/ruff format --check --quiet .; \
	step types                 $(BIN)/mypy cortafuegos tools; \
	step "order of packages"   $(BIN)/lint-imports --no-logo; \
	step translations          $(BIN)/python tools/messages.py --check; \
	step documents             $(BIN)/python tools/check_docs.py; \
	if [ -n "$$failed" ]; then echo "check: some of it failed (see above)"; exit 1; fi; echo "check: all is well"

bench: env-dev  ## measure speed and faults, beside peers
	@echo "bench: figures go to standard output; each script says what it measures"
	@if [ -f bench/__main__.py ]; then $(BIN)/python -m bench $(ARGS); else echo "bench: nothing to measure yet"; fi

messages: env-dev  ## bring the Spanish catalogues up to date with the source
	@$(BIN)/python tools/messages.py $(ARGS)

env: $(VENV)/.made  ## the Python environment to run (made once, again when the lock changes)
env-dev: $(VENV)/.made-dev  ## the same with the tools to develop

$(VENV)/bin/python:
	@echo "env: making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.made: requirements.lock pyproject.toml | $(VENV)/bin/python
	@if ! cmp -s requirements.lock $@; then \
	  echo "env: installing what the desk needs (hashes checked)"; \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock; fi
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@cp requirements.lock $@

$(VENV)/.made-dev: requirements-dev.lock $(VENV)/.made
	@if ! cmp -s requirements-dev.lock $@; then \
	  echo "env: installing the developers' tools (hashes checked)"; \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock; fi
	@cp requirements-dev.lock $@

servers: env-dev  ## the servers the tests talk to on loopback: a browser, mail, Redis, PostgreSQL 15, Bluesky
	@$(BIN)/python tools/servers.py

lock: env-dev  ## resolve the dependencies again (needs uv)
	@echo "lock: requirements.lock, requirements-dev.lock"
	@$(BIN)/python tools/lock.py

clean:  ## remove what these commands made, but not your data
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
