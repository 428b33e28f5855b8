"""A plain `dbt build` publishes when it built everything and is green, and never else."""

import json
import os
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
        vars: {publish: true, rows: 1, column: n}
        on-run-end: "{{ publish_when_green(results) }}"
        models: {tiny: {+schema: marts, +materialized: table}}
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
    shutil.copytree(ROOT / "macros/layers", folder / "macros")
    return folder


def dbt_build(project: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {**os.environ}
    environment.pop("CONTACT_CENTER_FILE", None)
    return subprocess.run(
        [Path(sys.executable).with_name("dbt"), "build", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_a_green_build_publishes_a_red_or_partial_one_does_not(project):
    run = dbt_build(project)
    assert run.returncode == 0, run.stdout
    assert "Published contact_center.duckdb" in run.stdout
    served = project / "contact_center.duckdb"
    with duckdb.connect(served, read_only=True) as connection:
        assert connection.execute("select visits(v) from marts.fact_visits v").fetchone() == (1,)
    published = served.read_bytes()

    run = dbt_build(project, "--select", "fact_visits")
    assert run.returncode == 0, run.stdout
    assert "Not published: only a part of the project was built." in run.stdout
    assert served.read_bytes() == published

    run = dbt_build(project, "--vars", "{rows: 2}")
    assert run.returncode == 1
    assert "Not published: the build is not green." in run.stdout
    assert served.read_bytes() == published


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
