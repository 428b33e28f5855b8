# Every command here works in a fresh clone: it makes the environment in .venv that it needs.
PYTHON ?= python3
BIN := .venv/bin
# Which tests pytest runs; `make test-full` adds the slow ones.
MARKERS ?= not slow
LINTS := lint-python lint-sql
# They only read what test-dbt built.
READERS := lint-layers summary kpi-values quality
CHECKS := test-dbt $(READERS) test-python
# Folders of the adapters, whose SQL is linted apart: it is a third of all and changes with its source alone.
ADAPTERS := $(filter-out %/sample/ %/conformed/ %/derived/,$(wildcard models/staging/*/ models/intermediate/*/))
PROJECT := dbt_project.yml profiles.yml $(shell find models seeds macros tests/dbt -type f 2>/dev/null)
LOCK := uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url \
    --no-emit-find-links --no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help build backfill check-landing contract benchmark bench timing spark spark-cluster kpi metric test test-full run-checks $(CHECKS) $(LINTS) lint lint-sources kpi-values-update seeds docs lock clean

help: ## List the commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: .venv/build.installed ## Build the warehouse, publish the served file and say what it holds.
	@# Unit tests prove the SQL on examples of their own, not these data: `make test` runs them.
	$(BIN)/dbt build --exclude-resource-type unit_test
	@$(BIN)/python -m scripts.summary

backfill: .venv/build.installed ## Work out again what lies between two dates: FROM= TO= SOURCES= ROOT=.
	@$(BIN)/python -m scripts.backfill

# Through the environment, so that the shell reads no part of a question. A shell may count SECONDS itself.
export NAME BY FROM TO THRESHOLD WINDOW_DAYS SOURCES ROOT
export LOAD_SECONDS = $(SECONDS)
QUESTION = --by="$$BY" --from="$$FROM" --to="$$TO" --threshold="$$THRESHOLD" --seconds="$$LOAD_SECONDS" \
    --window-days="$$WINDOW_DAYS" -- "$$NAME"

kpi: .venv/build.installed ## Explain a KPI: NAME= BY= FROM= TO= THRESHOLD= SECONDS= WINDOW_DAYS=, or list them all.
	@$(BIN)/python -m scripts.kpi $(QUESTION)

metric: .venv/dev.installed target/manifest.json ## Ask the semantic layer: NAME=service_level BY=queue_name.
	@$(BIN)/python -m scripts.semantic_layer $(QUESTION)

summary: .venv/build.installed ## Say what the served file holds.
	@$(BIN)/python -m scripts.summary

test: .venv/dev.installed ## Run every check, whatever fails, and count what passed.
	@rm -rf target/checks && mkdir -p target/checks
	@$(MAKE) --no-print-directory run-checks LANE="$(LINTS)" > target/checks/lints.log 2>&1 & \
	$(MAKE) --no-print-directory run-checks LANE=test-dbt; \
	$(MAKE) --no-print-directory run-checks LANE="$(READERS)" > target/checks/readers.log 2>&1 & \
	$(MAKE) --no-print-directory run-checks LANE=test-python; \
	wait; cat target/checks/readers.log target/checks/lints.log
	@$(BIN)/python -m scripts.ci_summary $(CHECKS) $(LINTS)

# One check after the other. Those of LINTS need no build and run beside the others; so do READERS, after it.
run-checks:
	@for check in $(LANE); do \
	    echo "== $$check"; began=$$(date +%s); \
	    $(MAKE) --no-print-directory $$check; \
	    echo $$? > target/checks/$$check.exit; \
	    echo "== $$check took $$(($$(date +%s) - began)) s"; \
	done

test-full: ## Run every check, the slow tests too.
	@$(MAKE) --no-print-directory test MARKERS="slow or not slow"

test-dbt: .venv/dev.installed ## Build the warehouse with all dbt tests.
	@mkdir -p target/checks && rm -f target/run_results.json
	$(BIN)/dbt build; status=$$?; \
	[ ! -f target/run_results.json ] || cp target/run_results.json target/checks/; exit $$status

test-python: .venv/dev.installed ## Run the Python tests.
	$(BIN)/pytest -n 2 --dist loadfile -m "$(MARKERS)" --junit-xml target/checks/pytest.xml

lint: lint-sql lint-sources lint-python lint-layers ## Lint SQL, Python and the layers.

# With files of its own, so that it can run beside a build.
lint-sql: LINTED = $(filter-out $(ADAPTERS),$(wildcard models/*/*/)) models/kpis models/meta tests/dbt
lint-sources: LINTED = $(ADAPTERS)
lint-sql lint-sources: .venv/dev.installed
	@mkdir -p target/sqlfluff
	DBT_TARGET_PATH=target/sqlfluff DBT_LOG_PATH=target/sqlfluff \
	    CONTACT_CENTER_BUILD_FILE=target/sqlfluff/lint.duckdb \
	    $(BIN)/sqlfluff lint --processes 1 $(LINTED)

lint-python: .venv/dev.installed
	$(BIN)/ruff check && $(BIN)/ruff format --check

lint-layers: .venv/dev.installed target/manifest.json
	$(BIN)/python -m scripts.lint_layers

quality: .venv/dev.installed ## Check the landed rows and the KPIs with Great Expectations.
	$(BIN)/python -m scripts.quality

kpi-values: .venv/dev.installed ## Check that no KPI moved from its recorded value.
	$(BIN)/python -m scripts.kpi_values

kpi-values-update: .venv/dev.installed ## Record the KPI values as they are now.
	$(BIN)/python -m scripts.kpi_values --update

spark: .venv-spark/installed ## Build the sample on Apache Spark and compare it with DuckDB's; needs Java 17.
	.venv-spark/bin/pytest -q tests/spark
	.venv-spark/bin/python -m scripts.spark

spark-cluster: .venv-spark/installed ## The same on a standalone master with two workers.
	.venv-spark/bin/python -m scripts.spark --cluster

seeds: .venv/dev.installed ## Simulate the sample again.
	$(BIN)/python -m scripts.simulate

docs: .venv/build.installed ## Write the documentation and a page per KPI: target/docs/index.html and kpis/.
	$(BIN)/dbt docs generate --static
	@mkdir -p target/docs && cp target/static_index.html target/docs/index.html
	$(BIN)/python -m scripts.kpi_pages

lock: ## Renew requirements/*.txt from pyproject.toml; needs uv.
	$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) pyproject.toml -c requirements/dev.txt -o requirements/build.txt
	$(LOCK) --group bench -o requirements/bench.txt
	$(LOCK) pyproject.toml --group spark -c requirements/build.txt -o requirements/spark.txt

clean: ## Remove what the commands leave; the environment and the warehouse stay.
	rm -rf target logs .pytest_cache .ruff_cache .hypothesis

check-landing: .venv/build.installed ## Check landed files before a build: ROOT= SOURCE=, all sources there if none is named.
	@$(BIN)/python -m scripts.check_landing --root "$(ROOT)" $(SOURCE)

contract: .venv/build.installed ## Write the contract of the source `files` as JSON Schema to target/contract.
	@$(BIN)/python -m scripts.contract

benchmark: .venv/build.installed ## Measure an adapter on made-up files: SOURCE= ROWS=.
	@$(BIN)/python -m scripts.benchmark $(SOURCE) --rows $(or $(ROWS),5000000)

bench: .venv/build.installed .venv-bench/bench.installed ## Measure the warehouse beside others: SIZE=1e6, 1e7 or 1e8, YEARS= FOLDER=.
	@$(BIN)/python -m scripts.benchmark.warehouse $(or $(SIZE),1e6) --years $(or $(YEARS),1) \
	    --folder $(or $(FOLDER),target/benchmark)

timing: .venv/build.installed ## Measure where the time of a build of the sample goes.
	@$(BIN)/python -m scripts.timing

target/manifest.json: $(PROJECT) | .venv/build.installed
	$(BIN)/dbt parse

.venv/pyvenv.cfg .venv-spark/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(@D) || { rm -rf $(@D); exit 1; }

# What the benchmark compares with is nothing that the warehouse needs: an environment of its own.
.venv-bench/bench.installed: requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# The build's packages are among the test's, at the same versions: .venv can hold both.
.venv/%.installed: requirements/%.txt .venv/pyvenv.cfg
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# Apart from .venv: Spark and its libraries are 460 MB that only this target needs.
.venv-spark/installed: requirements/spark.txt .venv-spark/pyvenv.cfg
	.venv-spark/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@
