# Đôn Đốc: every chore of the checkout. `make` alone lists them.
# Needs Python 3.11 or newer, make and a package index; nothing is installed outside .venv.

PYTHON ?= python3
UV_VERSION := 0.13.9
ARGS ?=

BIN := .venv/bin
hash = $(shell cat $(1) pyproject.toml | cksum | cut -d' ' -f1)
RUN := .venv/.run-$(call hash,requirements.txt)
DEV := .venv/.dev-$(call hash,requirements-dev.txt)

export DO_NOT_TRACK := 1
# Compiled once, started fast: recompiling Prefect and Apprise at every start costs seconds.
unexport PYTHONDONTWRITEBYTECODE
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_PYTHON_DOWNLOADS := never

# uv reads none of pip's configuration: hand over the index that pip was given by environment.
ifneq ($(PIP_INDEX_URL),)
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

.PHONY: help demo serve test drills bench check lock sbom clean
.NOTPARALLEL:

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

demo: $(RUN) ## tell the whole story on one machine, with mail and Zalo in a sandbox
	@$(BIN)/dondoc demo $(ARGS)

serve: $(RUN) ## start the pages with the settings of this office
	@$(BIN)/dondoc serve $(ARGS)

test: $(DEV) ## run the tests (some of them: make test ARGS="-k calendar")
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

drills: $(DEV) ## kill workers, sessions and servers for real, each drill 20 times (or DONDOC_DRILLS=...)
	@DONDOC_DRILLS=$${DONDOC_DRILLS:-20} $(BIN)/python -m pytest --quiet -o faulthandler_timeout=900 --numprocesses 3 tests/drills $(ARGS)

bench: $(DEV) ## measure against the floors and limits; figures go to var/bench.json
	@$(BIN)/python -m tests.bench $(ARGS)

check: $(DEV) ## lint, types, the floors of the house, and code that nobody calls
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python .ci/dead_code.py

COMPILED = --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"
COMPILE = $(BIN)/uv pip compile pyproject.toml $(COMPILED)

lock: $(BIN)/pip ## resolve pyproject.toml anew into the locks (add ARGS=--upgrade for newer versions)
	@$(BIN)/pip install --quiet --require-hashes -r requirements-build.txt
	@echo uv==$(UV_VERSION) | $(BIN)/uv pip compile - $(COMPILED) -o requirements-build.txt
	@$(COMPILE) $(ARGS) -o requirements.txt
	@$(COMPILE) $(ARGS) --extra dev -c requirements.txt -o requirements-dev.txt

sbom: $(DEV) ## write what is installed as CycloneDX to var/sbom.json, from the lock, without a network
	@mkdir -p var
	@PYTHONWARNINGS=ignore $(BIN)/cyclonedx-py requirements --pyproject pyproject.toml \
		--output-reproducible --sv 1.6 --of JSON -o var/sbom.json $(ARGS) requirements.txt
	@echo "var/sbom.json"

clean: ## remove .venv and caches; var/ with its data stays
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The development lock holds the other one, so it stamps both.
$(RUN): $(BIN)/pip
	@$(call install,--no-deps --require-hashes -r requirements.txt)
	@$(call install,--no-deps --no-build-isolation -e .)
	@rm -f .venv/.run-* && touch $@

$(DEV): $(BIN)/pip
	@$(call install,--no-deps --require-hashes -r requirements-dev.txt)
	@$(call install,--no-deps --no-build-isolation -e .)
	@rm -f .venv/.run-* .venv/.dev-* && touch $(RUN) $@

# uv takes seconds; where it cannot work (no wheel, no index it understands) pip takes its time.
install = echo "install $(1)"; \
	{ test -x $(BIN)/uv && $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python $(1); } \
	|| { echo "uv could not; pip takes over" >&2; $(BIN)/pip install --quiet $(1); }

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv \
		|| { echo "No virtual environment: on Debian, install the package python3-venv" >&2; exit 1; }
	@$(BIN)/pip install -qqq --require-hashes -r requirements-build.txt \
		|| echo "uv is not to be had; pip will do" >&2
