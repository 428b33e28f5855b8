"""What `make new-kpi` and `make new-source` write fits the project, and is not done until a person filled it in."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from scripts.scaffold import new_kpi, new_source
from scripts.scaffold.files import RefusedError
from scripts.scaffold.todo import left

PROJECT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 26)
OFFERED = {"numerator": "answered_count", "denominator": "offered_count"}
NOTHING = {"numerator": "", "denominator": ""}


@pytest.fixture
def root(tmp_path):
    """What the scaffolds read and add to, without the rest."""
    for folder in ("macros/kpis", "models/kpis/registry", "models/marts/facts", "tests/kpi_examples"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    shutil.copytree(PROJECT / "models/intermediate/conformed", tmp_path / "models/intermediate/conformed")
    for file in ("dbt_project.yml", "pyproject.toml"):
        shutil.copy(PROJECT / file, tmp_path / file)
    return tmp_path


def loaded(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def test_a_new_kpi_has_its_place_in_four_files(root):
    written = new_kpi.begin(root, "pick_up_rate", "fact_queue_visits", OFFERED, "", TODAY).write()
    assert written == [
        "macros/kpis/_accessibility__macros.yml",
        "macros/kpis/accessibility.sql",
        "models/kpis/registry/accessibility.yml",
        "tests/kpi_examples/accessibility.yml",
    ]
    macro = (root / "macros/kpis/accessibility.sql").read_text(encoding="utf-8")
    assert '"sum(" ~ v ~ ".answered_count)"' in macro.partition("macro pick_up_rate(v, part='value')")[2]
    entry = loaded(root / "macros/kpis/_accessibility__macros.yml")["macros"][-1]
    assert (entry["name"], [argument["name"] for argument in entry["arguments"]]) == ("pick_up_rate", ["v", "part"])
    assert entry["arguments"][0]["description"] == "Alias of fact_queue_visits."
    metric = loaded(root / "models/kpis/registry/accessibility.yml")["metrics"][-1]
    # Metrics that are there, and what KPIs over the fact have in common.
    assert (metric["numerator"], metric["denominator"]) == ("visits_answered", "visits_offered")
    meta = metric["config"]["meta"]
    assert (meta["time_column"], meta["tier"], meta["effective_date"]) == ("offered_date", 3, "2026-11-26")
    assert "queue_name" in meta["dimensions"]
    examples = loaded(root / "tests/kpi_examples/accessibility.yml")[-2:]
    assert all("pick_up_rate" in example["expect"] for example in examples)


def test_a_new_kpi_names_all_that_is_still_to_be_filled_in(root):
    before = list(left(root))
    new_kpi.begin(root, "pick_up_rate", "fact_queue_visits", NOTHING, "", TODAY).write()
    told = [line for line in left(root) if line not in before]
    assert {line.split(":")[0] for line in told} == {
        "macros/kpis/_accessibility__macros.yml",
        "macros/kpis/accessibility.sql",
        "models/kpis/registry/accessibility.yml",
        "tests/kpi_examples/accessibility.yml",
    }
    for expected in (
        "todo_numerator_count",
        "todo_simple_metric_of_denominator_count",
        "definition_source",
        "TODO: TODO",
    ):
        assert any(expected in line for line in told), expected


@pytest.mark.parametrize(
    ("name", "relation", "columns", "family", "why"),
    [
        ("Pick-up rate", "fact_queue_visits", NOTHING, "", "is no name"),
        ("", "fact_queue_visits", NOTHING, "", "NAME= is no name"),
        ("service_level", "fact_queue_visits", NOTHING, "", "there is a KPI service_level already"),
        ("pick_up_rate", "fact_calls", NOTHING, "", "there is no fact fact_calls"),
        ("pick_up_rate", "fact_queue_visits", {**OFFERED, "numerator": "picked_up"}, "", "has no column picked_up"),
        ("pick_up_rate", "fact_queue_visits", NOTHING, "waiting", "there is no family waiting; choose one of access"),
    ],
)
def test_a_kpi_that_cannot_be_is_refused(name, relation, columns, family, why):
    with pytest.raises(RefusedError, match=why):
        new_kpi.begin(PROJECT, name, relation, columns, family, TODAY)


def test_the_alias_of_a_fact_that_the_family_knows_is_taken_over():
    entries = "      - &legs\n        name: v\n        type: string\n        description: Alias of fact_agent_legs.\n"
    assert new_kpi.alias_of("fact_agent_legs", entries) == "*legs"
    assert new_kpi.alias_of("fact_agent", entries).startswith("name: v\n")


def test_a_new_source_is_declared_and_has_a_model_per_entity(root):
    before = (root / "dbt_project.yml").read_text(encoding="utf-8").splitlines()
    new_source.begin(root, "my_pbx", "calls", ["contacts", "tickets"]).write()
    after = (root / "dbt_project.yml").read_text(encoding="utf-8").splitlines()
    assert set(before) <= set(after), "nothing that was there changed"
    project = loaded(root / "dbt_project.yml")
    assert project["vars"]["source_entities"]["my_pbx"] == ["contacts", "tickets"]
    assert project["vars"]["landed_tables"]["my_pbx"]["calls"]["required"]
    for layer in ("staging", "intermediate"):
        assert "'my_pbx' in var('sources'" in project["models"]["contact_center"][layer]["my_pbx"]["+enabled"]
    assert '"my_pbx"]' in (root / "pyproject.toml").read_text(encoding="utf-8")
    # Every column of the contract, in its type.
    contract = new_source.contracts_of(root)["tickets"]
    model = (root / "models/intermediate/my_pbx/int_my_pbx__tickets.sql").read_text(encoding="utf-8")
    listed = [line.strip(" ,").split()[-1] for line in model.splitlines() if line.startswith("    ")]
    assert listed == [column["name"] for column in contract]
    assert (root / "models/staging/my_pbx/stg_my_pbx__calls.sql").is_file()
    assert {line.split(":")[0].rsplit("/", 1)[0] for line in left(root) if "my_pbx" in line.split(":")[0]} == {
        "models/staging/my_pbx",
        "models/intermediate/my_pbx",
        "docs/sources",
        "tests/sources/my_pbx/landing",
        "tests/sources/my_pbx/expected",
    }


@pytest.mark.parametrize(
    ("name", "table", "entities", "why"),
    [
        ("My PBX", "calls", ["contacts"], "is no name of a source"),
        ("my_pbx", "Calls", ["contacts"], "is no name of a table"),
        ("zendesk", "calls", ["contacts"], "there is a source zendesk already"),
        ("my_pbx", "calls", ["calls"], "there is no entity calls; choose from absences, agent_legs"),
    ],
)
def test_a_source_that_cannot_be_is_refused(name, table, entities, why):
    with pytest.raises(RefusedError, match=why):
        new_source.begin(PROJECT, name, table, entities)
