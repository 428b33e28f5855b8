"""Hold that dbt and the expectations do not claim the same: `python -m scripts.quality_claims`.

It is a part of `make lint-conventions`. Compared are claims that both can make in a word: a column is filled, holds
one of some codes, or is unique. What an expectation says of a landed table, a test of the staging model that reads it
says too. Two expectations that are alike are listed as well. What a claim in SQL of its own means, no check can tell.

Reads target/manifest.json, which every dbt command that parses the project writes, and the folder of
CONTACT_CENTER_EXPECTATIONS (default tests/expectations). The exit code is 1 when something is claimed twice, 2 when
it cannot be told.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.quality import Expectation, QualityError, Suite, folder_of_specifications, place, read_suites

MANIFEST = Path("target/manifest.json")
# What each calls a claim: expectations by their name in Great Expectations or by pattern.
KINDS = {
    "expect_column_values_to_not_be_null": "not_null",
    "expect_column_values_to_be_in_set": "accepted_values",
    "codes_known": "accepted_values",
    "expect_column_values_to_be_unique": "unique",
}


class Claim(NamedTuple):
    kind: str
    node: str
    column: str


def twice(suites: list[Suite], manifest: dict) -> Iterator[str]:
    """One line for each expectation that dbt, or another expectation, holds too."""
    tested = dict(claims_of_dbt(manifest))
    readers = readers_of_seeds(manifest)
    seen = {}
    for expectation in (e for suite in suites for e in suite.expectations):
        for claim in claims_of(expectation, readers):
            if claim in tested:
                yield f"{place(expectation)}: {tested[claim]} claims it of {claim.node}.{claim.column}; drop one"
        words = wording(expectation)
        if words in seen:
            yield f"{place(expectation)}: claims what {seen[words]} does; drop one"
        seen.setdefault(words, place(expectation))


def claims_of_dbt(manifest: dict) -> Iterator[tuple[Claim, str]]:
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("test_metadata") and node.get("attached_node"):
            name = node["attached_node"].split(".")[2]
            column = node["column_name"] or ""
            yield Claim(node["test_metadata"]["name"], name, column), f"the dbt test {node['test_metadata']['name']}"
        if node["resource_type"] == "model":
            for column in node["columns"].values():
                if any(constraint["type"] == "not_null" for constraint in column["constraints"]):
                    yield Claim("not_null", node["name"], column["name"]), "the contract"


def readers_of_seeds(manifest: dict) -> dict[str, list[str]]:
    """By name of a seed, the models that read it."""
    readers = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model":
            for read in node["depends_on"]["nodes"]:
                if read.startswith("seed."):
                    readers.setdefault(read.split(".")[2], []).append(node["name"])
    return readers


def claims_of(expectation: Expectation, readers: dict[str, list[str]]) -> Iterator[Claim]:
    kind = KINDS.get(expectation.pattern or expectation.expectation)
    column = expectation.column or (expectation.arguments or {}).get("column")
    if kind and column:
        for node in (expectation.table, *readers.get(expectation.table, ())):
            yield Claim(kind, node, column)


def wording(expectation: Expectation) -> tuple[str, str]:
    """What is claimed of which table, however it is called and laid out."""
    claim = expectation.unexpected_rows or json.dumps([expectation.expectation, expectation.arguments], sort_keys=True)
    return expectation.relation, " ".join(claim.split())


def main() -> int:
    if not MANIFEST.is_file():
        print(f"There is no {MANIFEST}; run `dbt parse` first.", file=sys.stderr)
        return 2
    try:
        found = list(twice(read_suites(folder_of_specifications()), json.loads(MANIFEST.read_text(encoding="utf-8"))))
    except QualityError as error:
        print(f"Claims were not compared: {error}.", file=sys.stderr)
        return 2
    print("\n".join([*found, f"{len(found)} claims are made twice"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
