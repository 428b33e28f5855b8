"""Each convention, kept by a small project and broken by one change to it."""

import pytest

from scripts.conventions import Offense, Project, not_excepted, offenses

FACT = "models/marts/facts/fact_calls.sql"


def model(path: str, schema: str, refs=(), columns=None) -> dict:
    name = path.rsplit("/", 1)[1].removesuffix(".sql")
    return {
        "name": name,
        "unique_id": f"model.shop.{name}",
        "resource_type": "model",
        "original_file_path": path,
        "refs": [{"name": ref} for ref in refs],
        "config": {"schema": schema, "contract": {"enforced": schema == "marts"}},
        "columns": {column: {"description": text} for column, text in (columns or {}).items()},
    }


def checked(node: str, test: str, column: str | None = None) -> dict:
    return {
        "resource_type": "test",
        "test_metadata": {"name": test},
        "attached_node": f"model.shop.{node}",
        "column_name": column,
    }


def macro(name: str, file: str, package="shop", description="", arguments=(), signature="") -> dict:
    return {
        "name": name,
        "package_name": package,
        "original_file_path": file,
        "description": description,
        "arguments": [{"name": argument, "type": "string"} for argument in arguments],
        "macro_sql": f"{{% macro {name}({signature}) -%}}{{%- endmacro %}}",
    }


@pytest.fixture
def project(tmp_path):
    """A call center with a landed table, a fact, a dimension and two macros, all as they should be."""
    models = [
        model("models/staging/pbx/stg_pbx__calls.sql", "staging"),
        model("models/intermediate/pbx/int_pbx__calls.sql", "intermediate", ["stg_pbx__calls"]),
        model("models/intermediate/conformed/int_calls.sql", "intermediate"),
        model("models/marts/dimensions/dim_agent.sql", "marts", columns={"agent_key": "Key."}),
        model(
            FACT,
            "marts",
            ["int_calls"],
            {
                "agent_key": "Row of dim_agent.",
                "wait_seconds": "Seconds waited in the queue.",
                "answer_rate": "Share of calls that were answered, 0 to 1.",
                "cost": "What the call cost.",
                "currency_code": "Currency of that.",
            },
        ),
    ]
    tests = [
        checked("dim_agent", "unique", "agent_key"),
        checked("fact_calls", "unique_combination"),
        checked("fact_calls", "relationships", "agent_key"),
    ]
    macros = [
        macro("waited", "macros/time/time.sql", description="Seconds.", arguments=["at"], signature="at"),
        macro("duckdb__waited", "macros/time/time.sql"),
        macro("helped", "macros/time/time.sql"),
        macro("answer_rate", "macros/kpis/service.sql", description="A double.", signature="v"),
        macro("is_incremental", "macros/time/time.sql"),
        macro("is_incremental", "macros/dbt.sql", package="dbt"),
    ]
    macros[3]["arguments"] = [{"name": "v", "type": "string"}]
    files = {
        "dbt_project.yml": "vars: {source_entities: {pbx: [calls]}, landed_tables: {pbx: {calls: {}}}}",
        "tests/convention_exceptions.yml": "{}",
        FACT: "select {{ waited('at') }}",
        "macros/time/time.sql": "{% macro waited(at) %}{{ helped() }}{% endmacro %}{% macro helped() %}{% endmacro %}",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return Project(
        {
            "metadata": {"project_name": "shop"},
            "nodes": {str(number): node for number, node in enumerate(models + tests)},
            "disabled": {},
            "macros": {str(number): one for number, one in enumerate(macros)},
            "metrics": {"answer_rate": {"name": "answer_rate", "config": {"meta": {"kpi": True}}}},
            "exposures": {"file": {"depends_on": {"nodes": ["model.shop.fact_calls", "model.shop.dim_agent"]}}},
        },
        tmp_path,
    )


def node(project, name):
    return next(node for node in project.manifest["nodes"].values() if node.get("name") == name)


def found(project):
    return [str(offense) for offense in offenses(project)]


def test_a_project_that_keeps_to_the_conventions_has_no_offense(project):
    assert found(project) == []


@pytest.mark.parametrize(
    ("name", "path", "wanted"),
    [
        ("calls", FACT, "(dim|fact)_..."),
        ("int_pbx__calls", "models/intermediate/conformed/int_pbx__calls.sql", "int_..."),
        ("stg_acd__calls", "models/staging/pbx/stg_acd__calls.sql", "(stg|base)_pbx__..."),
    ],
)
def test_a_model_is_named_as_its_folder(project, name, path, wanted):
    one = node(project, "fact_calls")
    one.update(name=name, original_file_path=path)
    assert f"{path}: is not named as the models of its folder, {wanted} (name)" in found(project)


def test_what_is_published_has_a_contract(project):
    node(project, "fact_calls")["config"]["contract"]["enforced"] = False
    assert found(project) == [f"{FACT}: is published without a contract, set contract: {{enforced: true}} (contract)"]


@pytest.mark.parametrize("test", ["unique_combination", "relationships"])
def test_keys_are_tested(project, test):
    nodes = project.manifest["nodes"]
    [gone] = [key for key, one in nodes.items() if one.get("test_metadata", {}).get("name") == test]
    del nodes[gone]
    told = {
        "unique_combination": "has no tested key, give it a test unique or unique_combination (key)",
        "relationships": "agent_key has no test relationships to dim_agent (foreign_key)",
    }
    assert found(project) == [f"{FACT}: {told[test]}"]


@pytest.mark.parametrize(
    ("column", "description", "offense"),
    [
        ("wait_seconds", "How long the customer waited.", "the description of wait_seconds does not say"),
        ("answer_rate", "Answered calls over all.", "the description of answer_rate does not say its scale"),
    ],
)
def test_a_measure_is_described_with_its_unit(project, column, description, offense):
    node(project, "fact_calls")["columns"][column]["description"] = description
    [told] = found(project)
    assert offense in told


def test_money_stands_beside_its_currency(project):
    del node(project, "fact_calls")["columns"]["currency_code"]
    assert found(project) == [f"{FACT}: cost is money and no column currency_code stands beside it (unit)"]


def test_a_model_that_nothing_reads_is_an_orphan(project):
    node(project, "fact_calls")["refs"] = []
    assert found(project) == [
        "models/intermediate/conformed/int_calls.sql: is read by no model: use it or delete it (orphan)"
    ]


def test_an_entity_that_its_source_does_not_declare_is_an_orphan(project):
    (project.root / "dbt_project.yml").write_text("vars: {source_entities: {}, landed_tables: {}}")
    assert found(project) == [
        "models/intermediate/pbx/int_pbx__calls.sql: is read by no model: use it or delete it (orphan)"
    ]


def test_what_is_published_is_in_an_exposure(project):
    project.manifest["exposures"].clear()
    assert len([told for told in found(project) if "is published and in no exposure" in told]) == 2


@pytest.mark.parametrize("text", ["select 1", "-- waited is a macro\nselect 1 {# {{ waited('at') }} #}"])
def test_a_macro_that_nothing_calls_is_unused(project, text):
    (project.root / FACT).write_text(text)
    assert found(project) == [
        "macros/time/time.sql: nothing calls the macro waited: use it or delete it (unused_macro)"
    ]


def test_an_implementation_of_no_macro_is_unused(project):
    project.manifest["macros"]["1"]["name"] = "duckdb__gone"
    assert found(project) == [
        "macros/time/time.sql: nothing calls the macro duckdb__gone: use it or delete it (unused_macro)"
    ]


def test_a_macro_that_other_files_call_has_an_entry(project):
    project.manifest["macros"]["0"]["description"] = ""
    project.manifest["macros"]["3"]["description"] = ""
    assert found(project) == [
        "macros/time/time.sql: waited is called by other files and has no entry in _time__macros.yml (macro_entry)",
        "macros/kpis/service.sql: answer_rate is called by other files and has no entry in _service__macros.yml"
        " (macro_entry)",
    ]


def test_every_argument_of_an_entry_has_a_type(project):
    project.manifest["macros"]["0"]["macro_sql"] = "{% macro waited(at, until=none) -%}{%- endmacro %}"
    assert found(project) == ["macros/time/time.sql: the entry of waited does not give the type of until (macro_entry)"]


def test_an_exemption_has_a_reason_and_is_needed():
    offense = Offense("key", "fact_calls", FACT, "has no tested key")
    assert list(not_excepted([offense], {"key": {"fact_calls": "It is a log."}})) == []
    assert list(not_excepted([offense], {"name": {"fact_calls": "It is a log."}}))[0] == offense
    [told] = not_excepted([offense], {"key": {"fact_calls": " "}})
    assert "without a reason" in str(told)
    [told] = not_excepted([], {"key": {"fact_calls": "It is a log."}})
    assert "which keeps the rule: remove it" in str(told)
