"""A plain `dbt build` publishes when it built everything and is green, and never else."""

import json
import os
import re
import shutil
import subprocess
import sys
from inspect import cleandoc
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
FILES = {
    "dbt_project.yml": """
        name: tiny
        config-version: 2
        profile: tiny
        flags: {send_anonymous_usage_stats: false}
        vars: {publish: true, quality: false, rows: 1, column: n, service_level: 0.8}
        on-run-end: ["{{ note_test_results(results) }}", "{{ publish_when_green(results) }}"]
        models:
          tiny:
            +schema: marts
            +materialized: table
            kpi_days: {+schema: kpis}
            expectation_results: {+schema: meta}
    """,
    "models/fact_visits.sql": "select unnest(range({{ var('rows') }})) as n",
    "models/dim_kpi.sql": """
        select
            'visits' as kpi_name,
            'All visits.' as definition,
            'fact_visits' as relation,
            'count(v.{{ var("column") }})' as expression,
            null as parameter_name,
            null as parameter_expression
    """,
    "models/kpi_days.sql": "select {{ var('service_level') }} as service_level",
    "models/switched_off.sql": "select 1 as n",
    "models/models.yml": """
        models:
          - name: switched_off
            config: {enabled: false}
            columns: [{name: n, data_tests: [not_null]}]
          - name: fact_visits
            columns:
              - name: n
                data_tests: [{accepted_values: {arguments: {values: [0], quote: false}}}]
    """,
}


SPECIFICATION = """
    schema: kpis
    table: kpi_days
    owner: analytics
    expectations:
      - name: a_share
        meaning: Service level is a share.
        severity: error
        unexpected_rows: select * from {batch} where service_level > 1
        action: Look.
      - name: good
        meaning: Service level is good.
        severity: warn
        unexpected_rows: select * from {batch} where service_level < 0.9
        action: Look.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    profile = {
        "type": "duckdb",
        "path": "build.duckdb",
        "module_paths": [str(ROOT / "scripts")],
        "plugins": [{"module": "publish_plugin"}],
    }
    files = {
        **FILES,
        "profiles.yml": json.dumps({"tiny": {"target": "tiny", "outputs": {"tiny": profile}}}),
    }
    for file, text in files.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(cleandoc(text))
    shutil.copytree(ROOT / "macros/layers", folder / "macros/layers")
    shutil.copy(ROOT / "macros/cross_db/text.sql", folder / "macros")
    for model in ("test_results", "expectation_results"):
        shutil.copy(ROOT / f"models/meta/{model}.sql", folder / "models")
    (folder / "expectations").mkdir()
    (folder / "expectations/days.yml").write_text(cleandoc(SPECIFICATION))
    return folder


def dbt_build(project: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "CONTACT_CENTER_EXPECTATIONS": str(project / "expectations")}
    environment.pop("CONTACT_CENTER_FILE", None)
    return subprocess.run(
        [Path(sys.executable).with_name("dbt"), "build", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_a_green_build_publishes_a_red_or_partial_one_does_not(project):
    run = dbt_build(project, "--vars", "{quality: true}")
    assert run.returncode == 0, run.stdout
    assert "warn   days.good: Service level is good." in run.stdout
    assert "Published contact_center.duckdb" in run.stdout
    served = project / "contact_center.duckdb"
    with duckdb.connect(served, read_only=True) as connection:
        assert connection.execute("select visits(v) from marts.fact_visits v").fetchone() == (1,)
        assert connection.execute("select * exclude (run_seconds) from marts.test_results").fetchall() == [
            ("accepted_values_fact_visits_n__False__0", "fact_visits", "n", "error", "pass", 0)
        ]
    assert results(served) == [("a_share", "pass", None), ("good", "fail", "service_level 0.8")]
    published = served.read_bytes()

    run = dbt_build(project, "--select", "fact_visits")
    assert run.returncode == 0, run.stdout
    assert "Not published: only a part of the project was built." in run.stdout
    assert served.read_bytes() == published

    run = dbt_build(project, "--vars", "{rows: 2}")
    assert run.returncode == 1
    assert "Not published: the build is not green." in run.stdout
    assert served.read_bytes() == published


def results(file: Path) -> list[tuple]:
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(
            "select expectation_name, status, observed from meta.expectation_results order by all"
        ).fetchall()


def test_a_failed_expectation_of_severity_error_publishes_nothing(project):
    served = project / "contact_center.duckdb"
    served.write_text("the old file")
    run = dbt_build(project, "--vars", "{quality: true, service_level: 1.2}")
    assert run.returncode == 1
    assert "error  days.a_share: Service level is a share." in run.stdout
    assert "found: service_level 1.2" in run.stdout
    assert "Not published, as quality is not proven" in run.stdout
    assert served.read_text() == "the old file"
    assert results(project / "build.duckdb") == [("a_share", "fail", "service_level 1.2"), ("good", "pass", None)]
    page = (project / "target/docs/quality/index.html").read_text()
    assert "1 passed, 1 failed" in page
    assert not re.search(r"(src|href)=\"(https?:)?//|@import|url\(", page), "a page is read without a network"


@pytest.mark.slow
def test_a_failed_publishing_fails_the_build(project):
    served = project / "contact_center.duckdb"
    served.write_text("the old file")
    run = dbt_build(project, "--vars", "{column: missing}")
    assert run.returncode == 1
    assert "Not published: the macro visits fails" in run.stdout
    assert served.read_text() == "the old file"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("--empty",), ("--vars", "{publish: false}")])
def test_an_empty_build_and_one_told_not_to_publish_do_not(project, arguments):
    served = project / "contact_center.duckdb"
    served.write_text("the old file")
    run = dbt_build(project, *arguments)
    assert run.returncode == 0, run.stdout
    assert served.read_text() == "the old file"
