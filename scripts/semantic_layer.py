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
from pathlib import Path

import duckdb

from scripts.publish import build_file
from scripts.registry import RefusedError, known_kpi, valid_dimension
from scripts.summary import aligned

# The column of a semantic model of shares in which the member of any dimension stands.
MEMBER = "member"
MANIFEST = Path("target/semantic_manifest.json")


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

        kpis, dimensions = list(kpis), list(dimensions)
        group_by_names = set()
        for kpi in kpis:
            meta = self._registry[known_kpi(kpi, self._registry)]
            for dimension in dimensions:
                valid_dimension(kpi, dimension, [meta["time_column"], *meta["dimensions"]], meta.get("refused") or {})
                group_by_names.add(self._name(kpi, meta, dimension))
        request = MetricFlowQueryRequest.create(metric_names=kpis, group_by_names=sorted(group_by_names))
        return self._engine.explain(request).sql_statement.sql

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
    parser = argparse.ArgumentParser(prog="make metric", description=__doc__.splitlines()[0])
    parser.add_argument("kpis", help="names of KPIs, separated by commas")
    parser.add_argument("--by", default="", help="dimensions, separated by commas")
    asked = parser.parse_args(arguments)
    dimensions = [dimension for dimension in asked.by.split(",") if dimension]
    # MetricFlow would open the file for writing; who comes first says how it is open.
    with duckdb.connect(build_file(), read_only=True) as connection:
        try:
            sql = SemanticLayer().sql(asked.kpis.split(","), dimensions)
        except RefusedError as refusal:
            print(f"No answer: {refusal}", file=sys.stderr)
            return 2
        cursor = connection.execute(sql)
        table = [[description[0] for description in cursor.description]]
        table += [[str(cell) for cell in row] for row in cursor.fetchall()]
    print("\n".join([*aligned(table, names=len(dimensions)), "", sql]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
