"""Begin a source: `make new-source NAME=... [TABLE=records ENTITIES="contacts queue_visits agent_legs"]`.

Writes what docs/adding-a-source.md asks for: the entries of dbt_project.yml, a staging model that keeps every row, one
model per entity with the columns of its contract, a page of documentation, and a folder of examples for
tests/sources. What only a person knows is marked TODO, and `make todo` fails as long as one is there.

The exit code is 2 when nothing was written. No environment variable is read.
"""

import argparse
import re
import sys
from pathlib import Path

import yaml

from scripts.scaffold.files import Changes, RefusedError, filled

PROJECT = "dbt_project.yml"
CONFORMED = Path("models/intermediate/conformed")
ENTITIES = ["contacts", "queue_visits", "agent_legs"]
# Columns whose value is the same whatever the source.
KNOWN = {"source_instance", "source_file", "source_row", "loaded_at"}
# An event is known by its key; see `source_key`.
KEYS = {"contact_key": "contact", "visit_key": "queue_visit", "leg_key": "agent_leg"}


def begin(root: Path, name: str, table: str, entities: list[str]) -> Changes:
    """All that a new source adds to the project, or a refusal."""
    changes = Changes(root)
    for what, word in (("source", name), ("table", table)):
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", word):
            raise RefusedError(f"{word or 'NAME='} is no name of a {what}, such as genesys_cloud")
    project = yaml.safe_load(changes.text(PROJECT))
    if name in project["vars"]["source_entities"]:
        raise RefusedError(f"there is a source {name} already, in the variable source_entities of {PROJECT}")
    contracts = contracts_of(root)
    for entity in entities:
        if entity not in contracts:
            raise RefusedError(f"there is no entity {entity}; choose from {', '.join(sorted(contracts))}")

    entries = f"    {name}:\n" + "".join(f"      - {entity}\n" for entity in entities)
    insert(changes, ["vars", "source_entities"], entries)
    insert(changes, ["vars", "landed_tables"], filled("source/project_table.yml", source=name, table=table))
    switch = filled("source/switch.yml", source=name)
    # Behind the last source that is there; `source_entities` lists them in order.
    neighbor = list(project["vars"]["source_entities"])[-1]
    for layer in ("staging", "intermediate"):
        insert(changes, ["models", project["name"], layer, neighbor], switch)
    linted = re.compile(r'^(sources = \["sample".*?)\]$', re.MULTILINE)
    changes.texts["pyproject.toml"] = linted.sub(rf'\1, "{name}"]', changes.text("pyproject.toml"))

    words = {"source": name, "table": table}
    staging, intermediate = f"models/staging/{name}", f"models/intermediate/{name}"
    changes.create(f"{staging}/stg_{name}__{table}.sql", filled("source/staging.sql", **words))
    changes.create(f"{staging}/_{name}__models.yml", filled("source/staging.yml", **words))
    for entity in entities:
        columns = ",\n".join(
            f"    {value_of(column['name'], column['data_type'], name)}" for column in contracts[entity]
        )
        changes.create(
            f"{intermediate}/int_{name}__{entity}.sql", filled("source/intermediate.sql", columns=columns, **words)
        )
    models = "\n".join(
        f'  - name: int_{name}__{entity}\n    description: "One row per TODO: what becomes one of {entity}."'
        for entity in entities
    )
    changes.create(f"{intermediate}/_{name}__models.yml", filled("source/intermediate.yml", models=models))
    label = name.replace("_", " ").title()
    changes.create(f"docs/sources/{name}.md", filled("source/page.md", label=label, **words))
    changes.create(f"tests/sources/{name}/landing/{table}.csv", "TODO\n")
    changes.create(
        f"tests/sources/{name}/expected/judged_rows.csv",
        "# TODO: what becomes of the rows of the example.\ntable_name,row_status,row_status_reason,row_count\n"
        f"{table},used,,TODO\n",
    )
    return changes


def contracts_of(root: Path) -> dict[str, list[dict]]:
    """Columns of the conformed entities."""
    models = [
        model
        for file in (root / CONFORMED).glob("_*__models.yml")
        for model in yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
    ]
    return {model["name"].removeprefix("int_"): model["columns"] for model in models}


def value_of(column: str, data_type: str, source: str) -> str:
    """What the select list says of a column before anybody thought about it."""
    if column in KNOWN:
        return column
    if column == "source_system":
        return f"'{source}' as source_system"
    if column in KEYS:
        return f"{{{{ source_key('{KEYS[column]}', 'todo_id') }}}} as {column}"
    return f"cast(null as {re.sub(',(?! )', ', ', data_type)}) as {column}"


def insert(changes: Changes, path: list[str], text: str) -> None:
    """Put lines behind the last one below a key of dbt_project.yml, whose comments stay."""
    node = yaml.compose(changes.text(PROJECT))
    for key in path:
        node = next(value for name, value in node.value if name.value == key)
    changes.insert_after(PROJECT, last_line(node), text)


def last_line(node: yaml.Node) -> int:
    """The last line that a node has words in, from 1."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return node.end_mark.line + 1
    last = node.value[-1]
    return last_line(last[1] if isinstance(last, tuple) else last)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.scaffold.new_source", description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--table", default="")
    parser.add_argument("--entities", default="")
    asked = parser.parse_args(arguments)
    try:
        changes = begin(Path(), asked.name, asked.table or "records", asked.entities.split() or ENTITIES)
    except RefusedError as refusal:
        print(f"No source: {refusal}.", file=sys.stderr)
        return 2
    print("Wrote", *(f"  {path}" for path in changes.write()), sep="\n")
    print(f"""
Next:
  1. `make todo` lists what is still to be filled in; docs/adding-a-source.md is a whole worked case.
  2. `make check-landing ROOT=tests/sources SOURCE={asked.name}` once landing/ has an example, then build it.
  3. Work out by hand what the marts should hold, into tests/sources/{asked.name}/expected/.
  4. Name the source in the table of README.md, and run `make test lint-sources`.""")
    return 0


if __name__ == "__main__":
    sys.exit(main())
