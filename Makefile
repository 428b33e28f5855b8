# Every command here works in a fresh clone: it makes the environment in .venv that it needs.
PYTHON ?= python3
BIN := .venv/bin
# Which tests pytest runs; `make test-full` adds the slow ones.
MARKERS ?= not slow
LINTS := lint-python lint-sql lint-workflows todo
# They only read what test-dbt built.
READERS := lint-layers lint-conventions summary kpi-values mutate-sample
CHECKS := test-dbt $(READERS) test-python
# What is made of other models; its SQL is linted in `make test`. The rest, which changes by itself, has a command and a
# job of its own: it would take as long again.
CORE := models/intermediate/conformed models/intermediate/derived models/marts models/kpis
PROJECT := dbt_project.yml profiles.yml $(shell find models seeds macros tests/dbt -type f 2>/dev/null)
LOCK := uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url \
    --no-emit-find-links --no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help export clients client-environments superset build backfill check-landing contract benchmark bench timing spark spark-cluster kpi metric test test-full run-checks $(CHECKS) $(LINTS) lint lint-sources kpi-values-update seeds docs lock clean metric-diff hooks new-kpi new-source audit privacy forget chaos crash-test mutate

help: ## List the commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: .venv/build.installed ## Build the warehouse, publish the served file and say what it holds.
	@# Unit tests prove the SQL on examples of their own, not these data: `make test` runs them.
	$(BIN)/dbt build --exclude-resource-type unit_test
	@$(BIN)/python -m scripts.summary

export: .venv/build.installed ## Write the served file as Parquet, or what a role may see as DuckDB: FOLDER= ROLE= TEAM=.
	@$(if $(ROLE),$(BIN)/python -m scripts.extract "$$ROLE" "$$TEAM" "$(FOLDER)",$(BIN)/python -m scripts.export $(FOLDER))

backfill: .venv/build.installed ## Work out again what lies between two dates: FROM= TO= SOURCES= ROOT= VARS=.
	@$(BIN)/python -m scripts.backfill

forget: .venv/build.installed ## Forget a customer in every build to come: CUSTOMER= SOURCES= ROOT=.
	@$(BIN)/python -m scripts.forget

# Through the environment, so that the shell reads no part of a question. A shell may count SECONDS itself.
export NAME ONLY BY FROM TO THRESHOLD WINDOW_DAYS SOURCES ROOT VARS CUSTOMER ROLE TEAM
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
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "$(MARKERS)" --junit-xml target/checks/pytest.xml

lint: lint-sql lint-sources lint-python lint-workflows lint-layers lint-conventions ## Lint SQL, Python, workflows, layers and conventions.

# With files of its own, so that it can run beside a build.
lint-sql: LINTED = $(CORE)
lint-sources: LINTED = $(filter-out $(CORE),$(patsubst %/,%,$(wildcard models/staging/*/ models/intermediate/*/))) models/meta models/reports tests/dbt
lint-sql lint-sources: .venv/dev.installed
	@mkdir -p target/sqlfluff
	DBT_TARGET_PATH=target/sqlfluff DBT_LOG_PATH=target/sqlfluff \
	    CONTACT_CENTER_BUILD_FILE=target/sqlfluff/lint.duckdb \
	    $(BIN)/sqlfluff lint --processes 1 $(LINTED)

lint-python: .venv/dev.installed
	$(BIN)/ruff check && $(BIN)/ruff format --check

# None of them asks the network: the schema is the one that the tool brings.
lint-workflows: .venv/dev.installed
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/zizmor --offline --pedantic --strict-collection --quiet .github
	$(BIN)/python -m scripts.lint_workflows
	$(BIN)/pre-commit validate-config .pre-commit-config.yaml

lint-layers: .venv/dev.installed target/manifest.json
	$(BIN)/python -m scripts.lint_layers

lint-conventions: .venv/dev.installed target/manifest.json
	$(BIN)/python -m scripts.conventions
	$(BIN)/python -m scripts.quality_claims

todo: .venv/build.installed ## List what a scaffold left to fill in; fails as long as there is something.
	@$(BIN)/python -m scripts.scaffold.todo

new-kpi: .venv/build.installed ## Begin a KPI: NAME= RELATION=fact_queue_visits, and NUMERATOR= DENOMINATOR= FAMILY=.
	@$(BIN)/python -m scripts.scaffold.new_kpi --numerator="$(NUMERATOR)" --denominator="$(DENOMINATOR)" \
	    --family="$(FAMILY)" -- "$(NAME)" "$(RELATION)"

new-source: .venv/build.installed ## Begin a source: NAME=, and TABLE= ENTITIES="contacts queue_visits agent_legs".
	@$(BIN)/python -m scripts.scaffold.new_source --table="$(TABLE)" --entities="$(ENTITIES)" -- "$(NAME)"

hooks: .venv/dev.installed ## Check before each commit and push what is quick to check.
	$(BIN)/pre-commit install

quality: .venv/build.installed ## Check the landed rows and the KPIs with Great Expectations, as a build does before it publishes.
	$(BIN)/python -m scripts.quality

kpi-values: .venv/dev.installed ## Check that no KPI moved from its recorded value.
	$(BIN)/python -m scripts.kpi_values

kpi-values-update: .venv/dev.installed ## Record the KPI values as they are now.
	$(BIN)/python -m scripts.kpi_values --update

metric-diff: .venv/build.installed ## Say what a change does to the KPIs, beside a git ref: BASE=main.
	@$(BIN)/python -m scripts.metric_diff "$${BASE:-main}"

# The unit tests leave their SQL in target/compiled, where the changes are made.
mutate: .venv/dev.installed ## Change KPIs and components in one place at a time; a check must notice: SAMPLE= SEED= ONLY=.
	$(BIN)/dbt --quiet run -s dim_kpi
	$(BIN)/dbt --quiet test -s "fact_*,test_type:unit" "contact_paths,test_type:unit"
	@$(BIN)/python -m scripts.mutate --sample $(or $(SAMPLE),0) --seed $(or $(SEED),1) --only "$$ONLY"

mutate-sample: .venv/dev.installed
	@$(BIN)/python -m scripts.mutate --sample $(or $(SAMPLE),40) --seed $(or $(SEED),1)

spark: .venv-spark/installed ## Build the sample on Apache Spark and compare it with DuckDB's; needs Java 17.
	.venv-spark/bin/pytest -q tests/spark
	.venv-spark/bin/python -m scripts.spark

spark-cluster: .venv-spark/installed ## The same on a standalone master with two workers.
	.venv-spark/bin/python -m scripts.spark --cluster

# Other programs that read the served file, each with an environment of its own below .venv-clients.
client-environments: .venv-clients/duckdb-1.4/installed .venv-clients/duckdb-1.5/installed .venv-clients/node/installed

clients: .venv/dev.installed client-environments ## Read the served file with older DuckDB, its CLI, SQLAlchemy and Node; needs npm.
	$(BIN)/pytest -q -rs -m "not slow" tests/python/test_clients.py

superset: .venv/dev.installed .venv-clients/superset/installed ## Read a chart's data in Apache Superset; 900 MB to install.
	$(BIN)/pytest -q -rs -m slow tests/python/test_clients.py

seeds: .venv/dev.installed ## Simulate the sample again.
	$(BIN)/python -m scripts.simulate

docs: .venv/build.installed ## Write the documentation: KPIs, tables, lineage and data quality, from target/docs/index.html on.
	$(BIN)/dbt docs generate --static
	@mkdir -p target/docs/dbt && cp target/static_index.html target/docs/dbt/index.html
	$(BIN)/python -m scripts.kpi_pages
	$(BIN)/python -m scripts.docs_start

lock: ## Renew requirements/*.txt from pyproject.toml, and the lock of Node's packages; needs uv and npm.
	$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) pyproject.toml --group quality -c requirements/dev.txt -o requirements/build.txt
	$(LOCK) --group bench -o requirements/bench.txt
	$(LOCK) --group duckdb_1_4 -o requirements/duckdb-1.4.txt
	$(LOCK) --group duckdb_1_5 -o requirements/duckdb-1.5.txt
	$(LOCK) --group superset -o requirements/superset.txt
	$(LOCK) --group audit -o requirements/audit.txt
	$(LOCK) pyproject.toml --group spark -c requirements/build.txt -o requirements/spark.txt
	npm install --silent --package-lock-only --omit-lockfile-registry-resolved --prefix tests/clients

privacy: .venv/dev.installed ## Plant customers in the files of every source, forget them, and search every output.
	$(BIN)/pytest -q -m "slow or not slow" tests/python/test_privacy.py tests/python/test_forget.py tests/python/test_extract.py

audit: .venv-audit/installed ## Look up the locked packages in the database of known vulnerabilities.
	@.venv-audit/bin/python -m scripts.audit

clean: ## Remove what the commands leave; the environment and the warehouse stay.
	rm -rf target logs .pytest_cache .ruff_cache .hypothesis

check-landing: .venv/build.installed ## Check landed files before a build: ROOT= SOURCE=, all sources there if none is named.
	@$(BIN)/python -m scripts.check_landing --root "$(ROOT)" $(SOURCE)

chaos: .venv/build.installed ## Damage valid landing files in seeded ways and build from them: CASES= SEED= SOURCES= CASE=.
	@$(BIN)/python -m scripts.chaos --cases $(or $(CASES),60) --seed $(or $(SEED),1) --sources "$(SOURCES)" \
	    --case "$(CASE)"

crash-test: .venv/build.installed ## Kill publishing and building at random moments, after make build: PUBLISHES= BUILDS= SEED=.
	@$(BIN)/python -m scripts.crash_test --publishes $(or $(PUBLISHES),40) --builds $(or $(BUILDS),10) \
	    --seed $(or $(SEED),1)

contract: .venv/build.installed ## Write the contract of the source `files` as JSON Schema to target/contract.
	@$(BIN)/python -m scripts.contract

benchmark: .venv/build.installed ## Measure an adapter on made-up files: SOURCE= ROWS=.
	@$(BIN)/python -m scripts.benchmark $(SOURCE) --rows $(or $(ROWS),5000000)

bench: .venv/build.installed .venv-bench/bench.installed ## Measure the warehouse beside others: SIZE=1e6, 1e7 or 1e8, YEARS= BESIDE= FOLDER=.
	@$(BIN)/python -m scripts.benchmark.warehouse $(or $(SIZE),1e6) --years $(or $(YEARS),1) --beside "$(BESIDE)" \
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

.venv-audit/installed: requirements/audit.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# Apart from .venv: Spark and its libraries are 460 MB that only this target needs.
.venv-spark/installed: requirements/spark.txt .venv-spark/pyvenv.cfg
	.venv-spark/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv-clients/%/installed: requirements/%.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv-clients/node/installed: tests/clients/package-lock.json
	@mkdir -p $(@D) && cp tests/clients/package*.json $(@D)
	npm ci --silent --no-audit --no-fund --prefix $(@D)
	@touch $@
