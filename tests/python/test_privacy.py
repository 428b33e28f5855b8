"""Customers planted in the files of every source are in no output of a build, and gone for good once forgotten."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from planted import found_in_database, found_in_files, land

from scripts import forgotten

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).resolve().parents[2]
SOURCES = ["files", "asterisk", "amazon_connect", "genesys_cloud", "zendesk", "anonymous_bank"]
SALT = "planted"
# What the planted customers are known by, as somebody would ask to forget them.
ASKED = [
    "planted-customer-1",
    "+49 30 999 0001",
    "+49 30 999 0002",
    "+49 30 999 0003",
    "+49 30 999 0004",
    "+49 30 999 0005",
    "Planted.Mailer@example.com",
    "Planted.Ticketwriter@example.com",
    "Planted.Chatter@example.com",
    "planted-contact-7",
]
HASHES = re.compile("|".join(forgotten.salted_hash(way, SALT) for asked in ASKED for way in forgotten.ways(asked)))
# KPIs about who a customer is move when somebody is forgotten; all others must not.
ABOUT_CUSTOMERS = ("customer", "repeat", "first_contact_resolution", "churn", "retention")


def run(root, *command, **variables):
    """Run a module or dbt; what it said, as a file beside its other outputs."""
    environment = (
        os.environ
        | variables
        | {
            "CONTACT_CENTER_BUILD_FILE": str(root / "warehouse/build.duckdb"),
            "CONTACT_CENTER_FILE": str(root / "warehouse/contact_center.duckdb"),
            "CONTACT_CENTER_SALT": SALT,
        }
    )
    result = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    with (root / "said/outputs.txt").open("a", encoding="utf-8") as said:
        said.write(result.stdout + result.stderr)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return result.stdout


def build_and_publish(root):
    run(
        root,
        *(Path(sys.executable).with_name("dbt"), "build", "--exclude-resource-type", "unit_test"),
        *("--exclude-resource-type", "test", "--target-path", root / "target", "--log-path", root / "logs"),
        *("--vars", f"{{sources: [{', '.join(SOURCES)}], landing_root: '{root}/landing', publish: false}}"),
    )
    run(root, sys.executable, "-m", "scripts.publish")
    return root / "warehouse/build.duckdb", root / "warehouse/contact_center.duckdb"


def kpis(file):
    with duckdb.connect(file, read_only=True) as connection:
        values = connection.execute(
            "select * exclude (kpi_name), kpi_name from kpis.kpi_daily_by_channel order by all"
        ).fetchall()
    return [row for row in values if not any(word in row[-1] for word in ABOUT_CUSTOMERS)]


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """A build with everybody, what was said and written by it, and one after all of them were forgotten."""
    root = tmp_path_factory.mktemp("privacy")
    for folder in ("warehouse", "said"):
        (root / folder).mkdir()
    land(root / "landing", SOURCES)
    build, served = build_and_publish(root)
    for script in ("summary", "export"):
        run(root, sys.executable, "-m", f"scripts.{script}")
    run(root, sys.executable, "-m", "scripts.extract", "analyst", "")
    before = SimpleNamespace(
        staged=found_in_database(build),
        passed_on=found_in_database(build, left_out=("staging",)),
        published=found_in_database(served) + found_in_database(root / "warehouse/export/analyst.duckdb"),
        written=found_in_files([root / "target", root / "logs", root / "said", root / "warehouse"]),
        kpis=kpis(served),
        hashes=found_in_database(served, HASHES),
    )
    # Asked before anybody is forgotten, since the first who is takes the build file along.
    asked = [
        line
        for customer in ASKED
        for line in run(
            root, sys.executable, "-m", "scripts.forget", CUSTOMER=customer, SOURCES="", ROOT=str(root / "landing")
        ).splitlines()
    ]
    build, served = build_and_publish(root)
    return SimpleNamespace(root=root, before=before, asked=asked, build=build, served=served)


def test_the_search_finds_what_is_planted(history):
    assert "staging.stg_asterisk__cdr.raw_values" in history.before.staged or any(
        "raw_values" in column for column in history.before.staged
    )
    assert history.before.hashes == ["marts.dim_customer.customer_hash"]


def test_nothing_of_a_customer_leaves_staging(history):
    assert history.before.passed_on == []
    assert history.before.published == []


def test_no_log_compiled_model_or_answer_names_a_customer(history):
    assert [file for file in history.before.written if Path(file).name != "build.duckdb"] == []


def test_who_is_forgotten_stays_so_though_the_files_still_name_everybody(history):
    stored = tables_only(history.build)
    for texts in (None, HASHES):
        found = found_in_database(history.build, *([texts] if texts else []))
        # A view of staging shows what lies in the landed files.
        assert [column for column in found if column.rsplit(".", 1)[0] in stored] == []
        assert found_in_database(history.served, *([texts] if texts else [])) == []
    assert found_in_files([history.build, history.served], HASHES) == []
    assert found_in_files([history.build, history.served]) == []


def tables_only(file):
    with duckdb.connect(file, read_only=True) as connection:
        return {
            table
            for (table,) in connection.execute(
                "select schema_name || '.' || table_name from duckdb_tables()"
            ).fetchall()
        }


def test_numbers_that_are_not_about_customers_do_not_move(history):
    assert len(history.before.kpis) > 100
    assert kpis(history.served) == history.before.kpis


def test_it_is_said_which_landed_lines_still_name_somebody(history):
    assert any("contacts.csv: line" in line for line in history.asked)
    assert any("conversations" in line for line in history.asked)
