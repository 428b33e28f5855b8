"""What engines spell differently stands in macros/cross_db, for every engine that the project runs on."""

import re
from pathlib import Path

import pytest
import yaml
from jinja2 import Template

ENGINES = ("duckdb", "spark")
PATHS = sorted(Path("macros").rglob("*.sql"))
SQL = "\n".join(path.read_text(encoding="utf-8") for path in PATHS)
DISPATCHED = sorted(set(re.findall(r"adapter\.dispatch\('(\w+)'\)", SQL)))
CROSS_DB = Path("macros/cross_db")
# Macros outside macros/cross_db that ask for the engine: what DuckDB alone can do, each with its reason.
OF_ONE_ENGINE = {
    "are_books_open": "increments: the books are in the build file",
    "sliced_sources": "increments: Spark reads all anew",
    "rules_of_this_build": "increments: asked only where slices are taken",
    "view": "increments: left as it is where nothing changed",
    "table": "increments: left as it is where nothing changed",
    "incremental": "increments: goes on from a green build",
    "seed": "increments: left as it is where nothing changed",
    "persist_docs": "dbt-duckdb's comments, all in one statement",
    "built_commit": "a plugin of dbt-duckdb asks git",
    "note_test_results": "publishing: the served file holds the tests of its build",
    "publish_when_green": "publishing: Spark has no served file",
    "check_seeds": "landing plugin: reads the headers; Spark's seeds stop by themselves",
    "landing_of": "landing plugin: finds the landed files",
    "rows_of_parquet": "landing: a table function of DuckDB that reads files",
    "lines_of_files": "landing: a table function of DuckDB that reads files",
    "forgotten_customers": "landing plugin: reads the list of who is forgotten",
    "reason_not_to_forget": "landing plugin: reads the list of who is forgotten",
    "participants_without_forgotten": "landing of Genesys Cloud, which Spark does not read",
}
# Where else the engine is asked for by name, and how often.
TARGET_TYPE = {
    # dbt calls no macro of the project there: KPIs are views on Spark, one of them no increment on
    # DuckDB, and worked out once for all tests of a run.
    "dbt_project.yml": 3,
    # A value: the engine that built.
    "models/meta/build.sql": 1,
}


def test_there_are_dispatched_macros():
    assert "surrogate_key" in DISPATCHED


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_has_its_implementation(engine):
    implemented = set(re.findall(rf"macro (?:{engine}|default)__(\w+)\(", SQL))
    assert not set(DISPATCHED) - implemented


def test_an_engine_is_asked_for_in_cross_db_or_with_a_reason():
    outside = "\n".join(path.read_text(encoding="utf-8") for path in PATHS if CROSS_DB not in path.parents)
    implemented = set(re.findall(rf"macro (?:{'|'.join(ENGINES)}|default)__(\w+)\(", outside))
    materialized = set(re.findall(r"materialization (\w+), *adapter *=", outside))
    assert implemented | materialized == set(OF_ONE_ENGINE)


def test_no_model_or_setting_branches_on_the_engine():
    files = [Path("dbt_project.yml"), *PATHS]
    files += [path for folder in ("models", "tests/dbt", "analyses") for path in Path(folder).rglob("*.*")]
    asked = {str(path): path.read_text(encoding="utf-8").count("target.type") for path in files if path.is_file()}
    assert {path: count for path, count in asked.items() if count} == TARGET_TYPE


@pytest.mark.parametrize(("engine", "stored"), [("duckdb", {"incremental", "table"}), ("spark", {"view"})])
def test_every_kpi_table_is_a_view_on_spark(engine, stored):
    text = Path("dbt_project.yml").read_text(encoding="utf-8")
    settings = yaml.safe_load(text)["models"]["contact_center"]["kpis"]
    assert {Template(value).render(target={"type": engine}) for value in materialized(settings)} == stored
    own = [path for path in Path("models/kpis").rglob("*.sql") if "materialized" in path.read_text(encoding="utf-8")]
    assert own == []


def materialized(settings: dict) -> list[str]:
    deeper = [value for part in settings.values() if isinstance(part, dict) for value in materialized(part)]
    return [*deeper, *([settings["+materialized"]] if "+materialized" in settings else [])]
