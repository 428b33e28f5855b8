"""Write the contract of plain files as JSON Schema, one file per entity in target/contract.

The contract stands in models/staging/files/*.yml, the yml of the staging models, and the codes in seeds/reference;
`scripts/check_landing.py` judges landed files by it. A schema describes one row, with every value as what its text
stands for. Keys that begin with x- say what JSON Schema has no word for.
"""

import csv
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import yaml

MODELS = Path("models/staging/files")
SEEDS = Path("seeds/reference")
TARGET = Path("target/contract")
PREFIX = "stg_files__"
DOC = re.compile(r"{{\s*doc\('(\w+)'\)\s*}}")
DOC_BLOCK = re.compile(r"{%\s*docs (\w+)\s*%}(.*?){%\s*enddocs\s*%}", re.DOTALL)


@dataclass(frozen=True)
class Column:
    """A published column: `name` is that of the files, `meta` what the yml says of it."""

    name: str
    data_type: str
    description: str
    # As the staging model calls it, which for what is hashed is another name.
    staged_name: str
    meta: dict = field(default_factory=dict)
    # Codes that the column may hold; none where it is free.
    codes: tuple[str, ...] = ()

    @property
    def is_required(self) -> bool:
        return bool(self.meta.get("required"))

    @property
    def is_personal(self) -> bool:
        return "hash_of" in self.meta


@dataclass(frozen=True)
class Table:
    name: str
    description: str
    # Names as in the files.
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    meta: dict = field(default_factory=dict)


def read_contract(project: Path = Path()) -> dict[str, Table]:
    """The tables of the contract by name, in the order of their files."""
    docs = dict(
        match.groups()
        for file in project.glob("models/**/*.md")
        for match in DOC_BLOCK.finditer(file.read_text("utf-8"))
    )
    tables = {}
    for file in sorted((project / MODELS).glob("*.yml")):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", ()):
            meta = model["config"]["meta"]
            columns = tuple(
                read_column(column, docs, project / SEEDS) for column in model["columns"] if "data_type" in column
            )
            names = {column.staged_name: column.name for column in columns}
            name = model["name"].removeprefix(PREFIX)
            key = tuple(names[part] for part in meta["key"])
            tables[name] = Table(name, plain(model["description"], docs), key, columns, meta)
    return tables


def read_column(column: dict, docs: dict[str, str], seeds: Path) -> Column:
    meta = column.get("config", {}).get("meta", {})
    codes = meta.get("values", ())
    if "codes" in meta:
        with (seeds / f"{meta['codes']}.csv").open(encoding="utf-8", newline="") as lines:
            codes = dict.fromkeys(row[column["name"]] for row in csv.DictReader(lines))
    name = meta.get("hash_of", column["name"])
    return Column(
        name, column["data_type"], plain(column["description"], docs), column["name"], meta, tuple(map(str, codes))
    )


def plain(description: str, docs: dict[str, str]) -> str:
    """A description in one line, doc blocks written out."""
    return " ".join(DOC.sub(lambda block: docs[block[1]], description).split())


def schema(table: Table) -> dict:
    """JSON Schema of one row of a table."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "description": table.description,
        "type": "object",
        "properties": {column.name: property_of(column) for column in table.columns},
        "required": [column.name for column in table.columns if column.is_required],
        "x-key": list(table.key),
    } | ({"anyOf": [{"required": [name]} for name in one_of]} if (one_of := table.meta.get("needs_one_of")) else {})


def property_of(column: Column) -> dict:
    meta = column.meta
    property = {"description": column.description} | type_of(column.data_type)
    if column.codes:
        property["enum"] = list(column.codes)
    for key in ("minimum", "maximum", "pattern", "default"):
        if key in meta:
            property[key] = meta[key]
    if "longest_seconds" in meta:
        property |= {"minimum": 0, "maximum": meta["longest_seconds"]}
    for key in ("belongs_to", "references"):
        if key in meta:
            property["x-references"] = meta[key]
    if column.is_personal:
        property["x-hashed"] = True
    return property


def type_of(data_type: str) -> dict:
    if data_type in ("integer", "bigint"):
        return {"type": "integer"}
    if data_type.startswith("decimal"):
        return {"type": "number"}
    if data_type == "boolean":
        return {"type": "boolean"}
    formats = {"timestamp": {"format": "date-time"}, "date": {"format": "date"}}
    return {"type": "string"} | formats.get(data_type, {})


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    contract = read_contract()
    for table in contract.values():
        text = json.dumps(schema(table), indent=2, ensure_ascii=False)
        (TARGET / f"{table.name}.schema.json").write_text(text + "\n", encoding="utf-8")
    print(f"Contract: {len(contract)} schemas in {TARGET}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
