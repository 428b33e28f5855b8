"""The answers in analyses/ are those that their queries give on the sample."""

import re
from pathlib import Path

import duckdb
import pytest
import yaml

from scripts.kpi_values import SAMPLE_TABLE, columns_by_table
from scripts.publish import build_file

ROOT = Path(__file__).parents[2]
PROJECT = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def build():
    """Give the built sample; without one there is no answer to compare."""
    if not build_file().is_file():
        pytest.skip(f"there is no {build_file()}; `dbt build` makes it")
    with duckdb.connect(build_file(), read_only=True) as connection:
        if SAMPLE_TABLE not in columns_by_table(connection):
            pytest.skip("the build does not hold the sample")
        sources = connection.execute("select distinct source_system from marts.fact_contacts")
        if len(sources.fetchall()) > 1:
            pytest.skip("the build holds other sources beside the sample")
        yield connection


def compiled(text: str, connection: duckdb.DuckDBPyConnection) -> str:
    """Do what dbt does with the three things that an analysis may use: ref, var and a KPI."""
    schemas = dict(
        connection.execute(
            "select table_name, table_schema from information_schema.tables "
            "where table_schema in ('marts', 'kpis', 'reports')"
        ).fetchall()
    )
    kpis = dict(connection.execute("select kpi_name, expression from marts.dim_kpi").fetchall())
    text = re.sub(r"{{ ref\('(\w+)'\) }}", lambda found: f"{schemas[found[1]]}.{found[1]}", text)
    text = re.sub(r'{{ var\("(\w+)"\) }}', lambda found: str(PROJECT["vars"][found[1]]), text)
    return re.sub(r"{{ (\w+)\('v'\) }}", lambda found: kpis[found[1]], text)


def as_comment(relation: duckdb.DuckDBPyConnection) -> list[str]:
    rows = [[column[0] for column in relation.description]]
    rows += [list(map(str, row)) for row in relation.fetchall()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "-- " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).strip() for row in rows
    ]


@pytest.mark.parametrize("analysis", sorted((ROOT / "analyses").glob("*.sql")), ids=lambda f: f.stem)
def test_the_table_in_the_comment_is_what_the_query_gives(analysis, build):
    text = analysis.read_text(encoding="utf-8")
    lines = as_comment(build.execute(compiled(text, build)))
    start = text.splitlines().index(lines[0]) if lines[0] in text.splitlines() else 0
    assert text.splitlines()[start : start + len(lines)] == lines
