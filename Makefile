# Everything that is needed to build, test and check the project, in an environment of its own.
# `make help` lists what there is; PYTHON=… chooses the interpreter that the environment is made with.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Only wheels: a source distribution would fetch what it is built with, and that is pinned nowhere.
PINNED := $(PIP) install --require-hashes --only-binary :all:

WANTED := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3.13 python3.12 python3.11 python3 python
PYTHON ?= $(firstword $(foreach name,$(CANDIDATES),$(shell $(name) -c '$(WANTED)' 2>/dev/null && echo $(name))))

WEB := $(wildcard tools/web/*.json tools/web/*.mjs tools/web/.npmrc tools/web/src/*)

.DEFAULT_GOAL := help
.PHONY: help site serve test check bench lock clean
.DELETE_ON_ERROR:

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

site: $(VENV)/.package ## Build the site in build/site.
	@$(BIN)/pinakes build

serve: $(VENV)/.package ## Serve the site, and build it again whenever a file is saved.
	@$(BIN)/pinakes serve

test: $(VENV)/.package $(VENV)/.dev $(VENV)/.chromium ## Run the tests, in a real browser too.
	@$(BIN)/python -m pytest -n auto -q

check: $(VENV)/.package $(VENV)/.dev ## Check format, style, types and workflows.
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/zizmor --offline --pedantic --quiet .github action.yml

bench: $(VENV)/.package $(VENV)/.dev ## Measure 25,000 entries beside references.
	@$(BIN)/pinakes bench site
	@$(BIN)/pinakes bench import
	@$(BIN)/pinakes bench links

lock: $(VENV)/.python ## Pin the requirements anew, after pyproject.toml has changed; UPGRADE=1 takes the newest of all.
	@.ci/lock $(if $(UPGRADE),--upgrade)

clean: ## Remove all output and caches; the environment stays.
	rm -rf build dist .cache .pinakes .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo 'make: no Python of 3.11 or later with venv: install one, or name it by PYTHON=…' >&2; exit 1; }
	@$(PYTHON) -c '$(WANTED)' || { echo 'make: $(PYTHON) is not 3.11 or later with venv (Debian: apt install python3-venv)' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.requirements: requirements.txt $(VENV)/.python
	$(PINNED) -r requirements.txt
	@touch $@

$(VENV)/.package: pyproject.toml hatch_build.py tools/pinakes/__init__.py $(WEB) $(VENV)/.requirements
	$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.requirements
	$(PINNED) -r requirements-dev.txt
	@touch $@

$(VENV)/.chromium: .ci/chromium $(VENV)/.dev
	@.ci/chromium $(BIN)/python
	@touch $@
