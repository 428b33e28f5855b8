"""The semantic layer: KPIs as MetricFlow computes them from the metrics' definitions.

`python -m scripts.semantic_layer service_level,abandonment_rate --by queue_name` prints values and SQL of KPIs of one
mart. It refuses, with the registry's reason, what MetricFlow itself would answer without a meaning or refuse without
one. The exit code is 2 when a question has no answer.

MetricFlow takes seconds to import and milliseconds to answer, so ask one SemanticLayer for everything. It reads the
project in the working directory, as dbt last parsed it. Environment: CONTACT_CENTER_BUILD_FILE, opened read-only.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from scripts.kpi import readable
from scripts.publish import build_file
from scripts.registry import RefusedError, known_kpi, names_in, needed_dimension, opened, records, valid_dimension
from scripts.summary import aligned

# The column of a semantic model of shares in which the member of any dimension stands.
MEMBER = "member"
MANIFEST = Path("target/semantic_manifest.json")
NOT_TAKEN = ("from", "to", "threshold", "seconds", "window_days")


class SemanticLayer:
    """Compiles questions to SQL; who asks runs it on the build file."""

    def __init__(self) -> None:
        from dbt_metricflow.cli.cli_configuration import CLIConfiguration

        configuration = CLIConfiguration()
        configuration.setup(configure_file_logging=False)
        self._engine = configuration.mf
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        self._names = dimension_names(manifest["semantic_models"])
        self._registry = {
            metric["name"]: metric["config"]["meta"]
            for metric in manifest["metrics"]
            if metric["config"]["meta"].get("kpi")
        }

    def has(self, relation: str, dimension: str) -> bool:
        """Whether a column of a mart is a dimension of its semantic model."""
        return (relation, dimension) in self._names

    def sql(self, kpis: Iterable[str], dimensions: Iterable[str] = ()) -> str:
        """SQL of KPIs of one relation by columns of it; raises RefusedError where one has no meaning."""
        from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

        kpis = list(kpis)
        names = list(self.names(kpis, dimensions).values())
        request = MetricFlowQueryRequest.create(metric_names=kpis, group_by_names=names, order_by_names=names)
        return self._engine.explain(request).sql_statement.sql

    def names(self, kpis: Iterable[str], dimensions: Iterable[str] = ()) -> dict[str, str]:
        """The column in which the SQL has each dimension; raises RefusedError where one has no meaning."""
        dimensions = list(dimensions)
        names: dict[str, str] = {}
        for kpi in kpis:
            meta = self._registry[known_kpi(kpi, self._registry)]
            for dimension in dimensions:
                valid_dimension(kpi, dimension, [meta["time_column"], *meta["dimensions"]], meta.get("refused") or {})
                name = self._name(kpi, meta, dimension)
                if names.setdefault(dimension, name) != name:
                    raise RefusedError(f"{kpi} is of another mart than the KPIs before it; ask for it alone.")
            needed_dimension(kpi, dimensions, meta.get("needs"), meta.get("shape_reason"))
        return names

    def unit(self, kpi: str) -> str:
        return self._registry[kpi]["unit"]

    def _name(self, kpi: str, meta: dict, dimension: str) -> str:
        is_member = meta["shape"] == "share" and dimension == meta["needs"]
        column = MEMBER if is_member else dimension
        if not self.has(semantic_relation(meta), column):
            raise RefusedError(f"{kpi} is not known by {dimension} through the semantic layer; ask its macro.")
        return self._names[semantic_relation(meta), column]


def semantic_relation(meta: dict) -> str:
    """The mart whose semantic model the metric is of: its relation, unless the registry names another."""
    return meta.get("semantic_relation", meta["relation"])


def dimension_names(semantic_models: list[dict]) -> dict[tuple[str, str], str]:
    """MetricFlow's name of each column that is a dimension, such as queue_visit__queue_name."""
    names = {}
    for model in semantic_models:
        entity = model["primary_entity"] or next(
            entity["name"] for entity in model["entities"] if entity["type"] == "primary"
        )
        for dimension in model["dimensions"]:
            grain = "__day" if dimension["type"] == "time" else ""
            column = dimension["expr"] or dimension["name"]
            names[model["node_relation"]["alias"], column] = f"{entity}__{dimension['name']}{grain}"
    return names


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make metric", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("kpis", help="names of KPIs, separated by commas")
    parser.add_argument("--by", default="", help="dimensions, separated by commas")
    # What `make kpi` takes too: refused, as an answer without it would be to another question.
    for option in NOT_TAKEN:
        parser.add_argument(f"--{option.replace('_', '-')}", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    try:
        print("\n".join(answer(asked)))
    except RefusedError as refusal:
        print(f"No answer: {refusal}", file=sys.stderr)
        return 2
    return 0


def answer(asked: argparse.Namespace) -> Iterable[str]:
    kpis, dimensions = names_in(asked.kpis), names_in(asked.by)
    if not kpis:
        raise RefusedError("it is not said of which KPI: give its NAME; `make kpi` lists them all.")
    for option in NOT_TAKEN:
        if getattr(asked, option).strip():
            raise RefusedError(f"the semantic layer takes no {option.upper()} here; ask `make kpi`.")
    # MetricFlow would open the file for writing; who comes first says how it is open.
    with opened(build_file()) as connection:
        layer = SemanticLayer()
        names = layer.names(kpis, dimensions)
        sql = layer.sql(kpis, dimensions)
        rows = records(connection.execute(sql))
    table = [[*dimensions, *kpis]]
    for row in rows:
        members = [member(row[names[dimension]]) for dimension in dimensions]
        table.append([*members, *(readable(row[kpi], layer.unit(kpi)) for kpi in kpis)])
    yield from aligned(table, names=len(dimensions))
    yield ""
    yield sql


def member(value: Any) -> str:
    """MetricFlow truncates dates to the day, which can make timestamps of them."""
    return readable(value.date() if isinstance(value, datetime) else value, "count")


if __name__ == "__main__":
    sys.exit(main())
