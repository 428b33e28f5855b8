"""The registry says of every KPI what people need to know, and the macros and marts agree with it."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from books_kpis import KPIS

from scripts.metric_diff.building import Side
from scripts.metric_diff.definitions import normalized, value_of_threshold

ROOT = Path(__file__).parents[2]
MACROS = ROOT / "macros" / "kpis"
REQUIRED = {
    "relation", "time_column", "dimensions", "shape", "unit", "direction", "tier", "owner", "version", "effective_date",
    "counts", "leaves_out", "time_attribution", "zero_denominator", "plausible", "definition_source", "vendors",
}  # fmt: skip
OPTIONAL = {
    "kpi", "also_over", "refused", "needs", "shape_reason", "variant_of", "parameter", "parameter_use",
    "expression_family", "semantic_relation", "deprecated",
}  # fmt: skip
ALLOWED = {
    "shape": {"aggregate", "share"},
    "unit": {"ratio", "seconds", "hours", "count", "number", "erlangs", "points", "score", "days", "money"},
    "direction": {"up", "down", "band", "none"},
    "tier": {1, 2, 3},
}
LEAST_PROVEN = 45


@pytest.fixture(scope="module")
def metrics():
    manifest = ROOT / "target" / "manifest.json"
    if not manifest.exists():
        pytest.fail(f"{manifest} does not exist: run make build first.")
    metrics = json.loads(manifest.read_text(encoding="utf-8"))["metrics"].values()
    return {metric["name"]: metric for metric in metrics if metric["config"]["meta"].get("kpi")}


@pytest.fixture(scope="module")
def registry(metrics):
    return {name: metric["config"]["meta"] for name, metric in metrics.items()}


@pytest.fixture(scope="module")
def columns(warehouse):
    return {
        table: set(names)
        for table, names in warehouse.execute(
            "select table_name, list(column_name) from duckdb_columns() where schema_name = 'marts' group by all"
        ).fetchall()
    }


@pytest.fixture(scope="module")
def expressions(warehouse):
    return dict(warehouse.execute("select kpi_name, expression from marts.dim_kpi").fetchall())


def test_every_entry_is_whole(registry, metrics):
    for name, meta in registry.items():
        assert not REQUIRED - meta.keys(), f"{name} lacks keys"
        assert not meta.keys() - REQUIRED - OPTIONAL, f"{name} has keys that nobody reads"
        assert all(meta[key] in allowed for key, allowed in ALLOWED.items()), name
        assert meta["vendors"] and all(meta["vendors"].values()), f"{name} says nothing of vendors"
        assert metrics[name]["description"] and metrics[name]["label"], name
        assert ("parameter" in meta) == ("parameter_use" in meta), name
        assert not set(meta["dimensions"]) & (meta.get("refused") or {}).keys(), f"{name} refuses what it allows"
        assert meta["owner"] and meta["version"] >= 1, name
        assert set(meta.get("deprecated", {"until", "instead"})) == {"until", "instead"}, name


def test_every_macro_has_its_entry_in_the_family_of_the_same_name(registry, metrics):
    macros = {
        name: file.stem
        for file in MACROS.glob("*.sql")
        for name in re.findall(r"{% macro (\w+)\(v, (?:[^)]*, )?part='value'\)", file.read_text(encoding="utf-8"))
    }
    families = {name: Path(metric["original_file_path"]).stem for name, metric in metrics.items()}
    assert macros == {name: families[name] for name in registry}


def test_the_marts_have_the_columns_that_the_registry_names(registry, columns):
    for name, meta in registry.items():
        missing = {*meta["dimensions"], meta["time_column"]} - columns[meta["relation"]]
        assert not missing, f"{name} names columns that {meta['relation']} does not have"


def test_a_macro_runs_over_every_mart_that_the_registry_names(warehouse, registry, expressions):
    for name, meta in registry.items():
        for relation in [meta["relation"], *meta.get("also_over", [])]:
            warehouse.execute(f"select {expressions[name]} from marts.{relation} as v").fetchone()


def test_nothing_at_all_is_null_or_a_count_of_it_never_zero_percent(warehouse, registry, expressions):
    for name, meta in registry.items():
        (value,) = warehouse.execute(
            f"select {expressions[name]} from marts.{meta['relation']} as v where false"
        ).fetchone() or (None,)
        assert value is None, f"{name} over no rows is {value}"


def test_no_two_kpis_are_the_same(registry, expressions):
    """One number has one name, unless the names are those of a family that shares an expression by nature."""
    same = defaultdict(list)
    for name, meta in registry.items():
        same[meta["relation"], normalized("expression", expressions[name])].append(name)
    for names in same.values():
        families = {registry[name].get("expression_family") for name in names}
        assert len(names) == 1 or (len(families) == 1 and None not in families), f"{names} are one KPI"


def test_every_threshold_that_a_column_names_has_a_value(warehouse):
    manifest = json.loads((ROOT / "target" / "manifest.json").read_text(encoding="utf-8"))
    variables = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    side = Side("the build", Path(), manifest, variables, "")
    (database,) = warehouse.execute("select current_database()").fetchone()
    named = {
        threshold
        for node in manifest["nodes"].values()
        for column in node.get("columns", {}).values()
        for threshold in column["config"]["meta"].get("thresholds", [])
    }
    assert {"service_level_threshold_seconds", "repeat_window", "adherence_tolerance_seconds"} <= named
    without = {each for each in named if value_of_threshold(each, side, warehouse, database) is None}
    assert without == set()


def test_percentiles_and_maxima_are_never_taken_of_percentiles(registry, expressions):
    """Only marts of single cases have the columns that percentiles are taken of."""
    words = ("percentile", "quantile", "median")
    taken = {name for name, expression in expressions.items() if any(word in expression for word in words)}
    assert taken
    assert not any(registry[name].get("also_over") for name in taken)


def test_enough_kpis_are_of_the_tiers_that_are_proven_three_ways(registry):
    """By an example that gives a number, by the semantic layer and by the simulation's books."""
    to_prove = {name for name, meta in registry.items() if meta["tier"] <= 2}
    assert to_prove - kpis_with_a_worked_example() == set(), "no example gives them a value"
    assert to_prove - metrics_of_the_semantic_layer() == set(), "the semantic layer has no metric of them"
    assert to_prove - KPIS.keys() == set(), "the books have no function for them"
    assert len(to_prove) >= LEAST_PROVEN


def kpis_with_a_worked_example():
    examples = [
        example
        for file in (ROOT / "tests" / "kpi_examples").glob("*.yml")
        for example in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
    return {name for example in examples for name, expected in example["expect"].items() if has_value(expected)}


def has_value(expected):
    """Whether an example expects a value: by itself, beside its parts, or of a member."""
    if not isinstance(expected, dict):
        return expected is not None
    return any(map(has_value, [expected["value"]] if "value" in expected else expected.values()))


def metrics_of_the_semantic_layer():
    manifest = json.loads((ROOT / "target" / "semantic_manifest.json").read_text(encoding="utf-8"))
    return {metric["name"] for metric in manifest["metrics"]}


def test_variants_are_of_kpis(registry):
    assert all(meta["variant_of"] in registry for meta in registry.values() if "variant_of" in meta)
