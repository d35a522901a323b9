# Needs Python 3.11 and make; everything else is installed from the hash-pinned lock into .venv.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
RAW_DIR := $(or $(HEALTH_RAW_DIR),data/raw)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
RARE_GC := $(BIN)/python -m scripts.lib.rare_gc
UV ?= uv
LOCK := $(UV) pip compile --universal --generate-hashes --no-strip-extras --no-header --no-annotate \
	--python-version 3.11 --quiet

.PHONY: help
help:  ## Show the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: build
build: $(VENV)/.installed  ## From nothing to a portfolio: install, sample data if there is no raw data, build.
	@if ! compgen -G '$(RAW_DIR)/*/*' > /dev/null; then $(BIN)/health sample; fi
	@$(BIN)/health build
	@$(BIN)/health portfolio

.PHONY: test
test: $(VENV)/.installed-dev  ## Lint, types, architecture, and the whole test suite.
	@$(MAKE) --no-print-directory --jobs=2 lint pytest

.PHONY: pytest
pytest: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

# One target folder, so that sqlfluff reads what dbt has parsed and does not parse once more.
.PHONY: lint
lint: export HEALTH_DB := target/lint/health.duckdb
lint: export HEALTH_RAW_DIR := target/lint/raw
lint: export DBT_TARGET_PATH := target/lint
lint: $(VENV)/.installed-dev target/lint/raw/.linted  ## ruff, mypy, yamllint, dbt-bouncer, and sqlfluff with the dbt templater.
	@$(BIN)/ruff format --check --quiet scripts tests
	@$(BIN)/ruff check --quiet scripts tests
	@$(BIN)/mypy
	@$(BIN)/yamllint --strict .
	@$(BIN)/python -m scripts.lib.dbt_process parse --quiet --log-path target/lint
	@$(BIN)/dbt-bouncer run > target/lint/bouncer.txt || { cat target/lint/bouncer.txt; false; }
	@$(RARE_GC) sqlfluff.cli.commands:cli lint --disable-progress-bar models tests

# The templater compiles the models, and a model of a raw table needs the table's columns. One table
# of each kind shows what the macros generate; a model without its table compiles to what a person
# wrote and little more.
LINTED_TABLES := salesforce/account stripe/refund product_events/tracks
target/lint/raw/.linted: | $(VENV)/.installed
	@rm -rf target/lint/raw
	@$(BIN)/health sample --accounts 20 --months 6 --raw-dir target/lint/raw \
		--truth-dir target/lint/truth > /dev/null
	@cd target/lint/raw && find . -name '*.parquet' $(LINTED_TABLES:%=! -path './%.parquet') -delete
	@touch $@

.PHONY: faults
faults: $(VENV)/.installed-dev  ## Run every battery of faults in full and write docs/reliability.md (about two hours).
	@rm -f target/faults.jsonl
	@HEALTH_FAULTS=full $(BIN)/python -m pytest -m battery
	@cd tests/python && ../../$(BIN)/python -m support.batteries

.PHONY: bench
bench: $(VENV)/.installed  ## Measure the build against a hand-written floor on 20,000 accounts.
	@$(BIN)/health bench --write

.PHONY: docs
docs: $(VENV)/.installed  ## Render the pages that come from seeds.
	@$(BIN)/health docs

.PHONY: lock
lock:  ## Renew the lock files; needs uv.
	rm -f requirements*.txt
	$(LOCK) pyproject.toml --group dev --all-extras -o requirements-dev.txt
	$(LOCK) pyproject.toml -c requirements-dev.txt -o requirements.txt
	$(LOCK) pyproject.toml -c requirements-dev.txt --all-extras -o requirements-extras.txt

.PHONY: clean
clean:  ## Remove everything that commands made, raw data too; keeps the virtual environment.
	rm -rf target logs .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find data -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 is needed; none was found on the path.' >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or later is needed; set PYTHON=/path/to/python3.11.' >&2; exit 2; }
	@"$(PYTHON)" -m venv $(VENV)

# Byte code is made once here, which saves more than a second on every later dbt call.
$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo 'Installing from requirements.txt'
	@$(PIP) install --require-hashes --no-compile -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib scripts || true
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo 'Installing from requirements-dev.txt'
	@$(PIP) install --require-hashes --no-compile -r requirements-dev.txt
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib || true
	@touch $@
