"""The contract of plain files stands once: what the project lists beside it says the same."""

import re
from pathlib import Path

import pytest
import yaml

from scripts.check_landing import check_source
from scripts.contract import read_contract, schema

PROJECT = Path(__file__).resolve().parents[2]
VARS = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
CONTRACT = read_contract(PROJECT)
PAGE = (PROJECT / "docs/sources/files.md").read_text(encoding="utf-8")
# What is new since the last build.
TOUCHED = {"touched_contacts", "touched_agent_days"}
# Worked out, never landed; ticket_calls finds the call of a ticket, which a ticket of the files names as its contact.
DERIVED = {"source_horizons", "ticket_calls", "ticket_call_links"} | TOUCHED


def conformed_entities():
    for file in (PROJECT / "models/intermediate/conformed").glob("*.yml"):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
            yield model["name"].removeprefix("int_")


def test_every_conformed_entity_has_a_file_set():
    assert set(CONTRACT) == set(conformed_entities()) - DERIVED
    delivered = set(VARS["source_entities"]["files"]) - TOUCHED
    assert delivered == set(VARS["landed_tables"]["files"]) == set(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_the_landed_table_has_the_columns_of_the_contract(name):
    declared, columns = VARS["landed_tables"]["files"][name], CONTRACT[name].columns
    assert declared["columns"] == [column.name for column in columns if column.is_required]
    assert declared["optional_columns"] == [column.name for column in columns if not column.is_required]


@pytest.mark.parametrize("name", CONTRACT)
def test_references_lead_somewhere_and_keys_are_there(name):
    table = CONTRACT[name]
    names = {column.name for column in table.columns}
    assert names.issuperset(table.key) and names.issuperset(table.meta.get("needs_one_of", ()))
    for column in table.columns:
        assert not (column.is_personal and column.codes)
        for key in ("belongs_to", "references"):
            # A child names the id of its parent, the first part of the parent's key.
            assert key not in column.meta or column.name.endswith(CONTRACT[column.meta[key]].key[0])


@pytest.mark.parametrize("name", CONTRACT)
def test_staging_is_handed_the_parents_and_seeds_that_the_contract_names(name):
    sql = (PROJECT / f"models/staging/files/stg_files__{name}.sql").read_text(encoding="utf-8")
    handed = {
        **{
            column.staged_name: f"stg_files__{parent}"
            for column in CONTRACT[name].columns
            if (parent := column.meta.get("belongs_to"))
        },
        **{column.staged_name: seed for column in CONTRACT[name].columns if (seed := column.meta.get("codes"))},
    }
    assert sql.count("ref(") == len(handed)
    assert all(f"'{column}': ref('{relation}')" in sql for column, relation in handed.items())


def test_a_schema_says_what_a_row_must_be():
    visits = schema(CONTRACT["queue_visits"])
    assert visits["required"] == ["visit_id", "contact_id", "exit_reason", "offered_at"]
    assert visits["x-key"] == ["visit_id"]
    assert "abandoned" in visits["properties"]["exit_reason"]["enum"]
    assert visits["properties"]["offered_at"]["format"] == "date-time"
    assert visits["properties"]["contact_id"]["x-references"] == "contacts"
    assert visits["properties"]["was_queued"]["default"] is True
    assert schema(CONTRACT["contacts"])["properties"]["customer_id"]["x-hashed"]
    assert "customer_hash" not in schema(CONTRACT["contacts"])["properties"]
    assert schema(CONTRACT["contact_messages"])["anyOf"] == [{"required": ["contact_id"]}, {"required": ["ticket_id"]}]
    assert not any("doc(" in column.description for table in CONTRACT.values() for column in table.columns)


def test_the_page_lists_the_columns_of_the_contract():
    listed = {
        name: (required.split(", "), [*optional.replace(", ", ",").split(","), "updated_at"])
        for name, required, optional in re.findall(r"^\| \[(\w+)\]\(\S+\) \| (.+?) \| (.*?) \|$", PAGE, re.MULTILINE)
    }
    assert listed == {
        table.name: (
            [column.name for column in table.columns if column.is_required],
            [column.name for column in table.columns if not column.is_required],
        )
        for table in CONTRACT.values()
    }


def test_the_files_of_the_page_keep_to_the_contract(tmp_path):
    blocks = re.findall(r"`landing/(files/\w+\.csv)`:\n\n```csv\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    for name, text in blocks:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(check_source(tmp_path, "files", VARS["landed_tables"]["files"])) == []
