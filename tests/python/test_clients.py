"""Other programs read the served file: what their pages in docs/clients print is run as it stands there.

Their environments are not `make test`'s: `make clients` and `make superset` make them. Where one is not there, its
tests are skipped and say so.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from scripts.publish import served_file

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs/clients").glob("[!R]*.md"))
ENVIRONMENTS = ROOT / ".venv-clients"
OWN = Path(sys.executable).parent
PRINTED_PATH = "warehouse/contact_center.duckdb"
FIRST_QUERY = "select queue_name, service_level(v) from marts.fact_queue_visits as v group by all order by all"
# Every table can be read and every KPI computed; Metabase opens DuckDB with old casts unless told otherwise.
READ_EVERYTHING = """
import sys, duckdb
for settings in ({}, {"old_implicit_casting": "true"}):
    with duckdb.connect(sys.argv[1], read_only=True, config=settings) as connection:
        for (relation,) in connection.execute(
            "select concat_ws('.', table_schema, table_name) from information_schema.tables"
        ).fetchall():
            connection.execute(f"select * from {relation} limit 100").fetchall()
        for kpi, relation in connection.execute("select kpi_name, relation from marts.dim_kpi").fetchall():
            connection.execute(f"select {kpi}(v) from marts.{relation} as v").fetchall()
print(duckdb.__version__)
"""
DESCRIBED_COLUMN = """
import sys
from sqlalchemy import create_engine, inspect
engine = create_engine(f"duckdb:///{sys.argv[1]}?access_mode=read_only")
print(inspect(engine).get_columns("fact_queue_visits", schema="marts")[0]["comment"])
"""


@pytest.fixture(scope="module")
def served() -> Path:
    if not served_file().exists():
        pytest.fail(f"{served_file()} does not exist: run make build first.")
    return served_file().resolve()


@pytest.fixture(scope="module")
def answer(served) -> list[tuple[str, float]]:
    """What the first query of every page gives."""
    return asked(served, FIRST_QUERY)


def asked(served: Path, query: str) -> list[tuple]:
    with duckdb.connect(served, read_only=True) as connection:
        return connection.execute(query).fetchall()


def environment(name: str, maker: str = "make clients") -> Path:
    folder = ENVIRONMENTS / name
    if not (folder / "installed").exists():
        pytest.skip(f"{folder.relative_to(ROOT)} is not there: `{maker}` makes it")
    return folder


def python_of(name: str) -> Path:
    return OWN / "python" if name == "own" else environment(name) / "bin/python"


def printed(page: str, language: str, served: Path) -> str:
    """The first piece of code of a page, with the path of the served file in it."""
    text = (ROOT / "docs/clients" / page).read_text(encoding="utf-8")
    code = re.search(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1]
    assert PRINTED_PATH in code
    return code.replace(PRINTED_PATH, str(served))


def run(*command: str | Path, folder: Path = ROOT, **environment: str) -> str:
    ran = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def rows(output: str) -> list[tuple[str, float]]:
    return [(queue, float(value)) for queue, value in (line.split(",") for line in output.splitlines())]


@pytest.mark.parametrize("name", ["own", "duckdb-1.4", "duckdb-1.5"])
@pytest.mark.parametrize("page", ["python.md", "sqlalchemy.md"])
def test_python_and_sqlalchemy(served, answer, page, name):
    assert rows(run(python_of(name), "-c", printed(page, "python", served))) == answer


@pytest.mark.parametrize("name", ["duckdb-1.4", "duckdb-1.5"])
def test_older_duckdb_reads_every_table_and_every_kpi(served, name):
    version = run(python_of(name), "-c", READ_EVERYTHING, served).strip()
    assert name == f"duckdb-{version[:3]}"


@pytest.mark.parametrize("name", ["own", "duckdb-1.5"])
def test_sqlalchemy_shows_descriptions(served, name):
    [(comment,)] = asked(
        served,
        "select comment from duckdb_columns() where table_name = 'fact_queue_visits' and column_index = 1",
    )
    assert run(python_of(name), "-c", DESCRIBED_COLUMN, served).strip() == comment


def test_command_line(served, answer):
    path = f"{environment('duckdb-1.5') / 'bin'}:{os.environ['PATH']}"
    assert rows(run("sh", "-c", printed("duckdb-cli.md", "sh", served), PATH=path)) == answer


def test_node(served, answer):
    folder = environment("node")
    code = printed("node.md", "js", served)
    assert rows(run("node", "--input-type=module", "-e", code, folder=folder)) == answer


@pytest.mark.slow
def test_a_chart_of_superset(served, answer, tmp_path):
    python = environment("superset", maker="make superset") / "bin/python"
    script = ROOT / "tests/clients/superset_chart.py"
    assert "`service_level(fact_queue_visits)`" in (ROOT / "docs/clients/superset.md").read_text(encoding="utf-8")
    own = {"SUPERSET_HOME": str(tmp_path), "SUPERSET_SECRET_KEY": "for-this-test-only"}
    chart = json.loads(run(python, script, served, **own))
    assert [(row["queue_name"], row["service_level"]) for row in chart] == answer


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_queries_of_a_page_answer(served, page):
    text = page.read_text(encoding="utf-8")
    if page.stem != "parquet":
        assert "select queue_name, service_level(v)\n" in text
    for query in re.findall(r"^ *```sql\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        if "export/" not in query:
            assert asked(served, query)


def test_every_page_is_linked():
    index = (ROOT / "docs/clients/README.md").read_text(encoding="utf-8")
    tools = (ROOT / "docs/bi-tools.md").read_text(encoding="utf-8")
    for page in PAGES:
        assert f"({page.name})" in index
        assert f"(clients/{page.name})" in tools
