"""Customers planted in the files of every source are in no output of a build, and gone for good once forgotten."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
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


def run(root, *command, where=PROJECT, allowed=(0,), **variables):
    """Run a module or dbt; what it said, as a file beside its other outputs."""
    environment = (
        os.environ
        | variables
        | {
            "CONTACT_CENTER_BUILD_FILE": str(root / "warehouse/build.duckdb"),
            "CONTACT_CENTER_FILE": str(root / "warehouse/contact_center.duckdb"),
            "CONTACT_CENTER_SALT": SALT,
            "PYTHONPATH": str(PROJECT),
        }
    )
    result = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True)
    with (root / "said/outputs.txt").open("a", encoding="utf-8") as said:
        said.write(result.stdout + result.stderr)
    assert result.returncode in allowed, result.stdout[-3000:] + result.stderr[-3000:]
    return result.stdout


def dbt(root, *arguments, settings=""):
    settings = f"sources: [{', '.join(SOURCES)}], landing_root: '{root}/landing', publish: false{settings}"
    run(
        root,
        *(Path(sys.executable).with_name("dbt"), *arguments, "--vars", f"{{{settings}}}"),
        *("--target-path", root / "target", "--log-path", root / "logs"),
    )


def build_and_publish(root):
    dbt(root, "build", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test")
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
    # From where the target is. Some expectations fail, as a few examples are no center.
    run(root, sys.executable, "-m", "scripts.quality", where=root, allowed=(0, 1))
    dbt(root, "docs", "generate", "--static")
    for script in ("kpi_pages", "docs_start"):
        run(root, sys.executable, "-m", f"scripts.{script}", where=root)
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


# Contacts from November on, when most examples are, and the rest from December on.
PERIODS = ", retention_as_of: 2027-01-10, retention_months: {contacts: 2, agent_activity: 1, surveys: 1, quarantine: 1}"
NOVEMBER, JANUARY = (datetime(year, month, 15, tzinfo=UTC).timestamp() for year, month in ((2026, 11), (2027, 1)))


@pytest.fixture(scope="module")
def kept_for_a_while(tmp_path_factory):
    """What is staged and kept of the same files with a period for everything, whose books dbt's tests hold closed."""
    root = tmp_path_factory.mktemp("retention")
    for folder in ("warehouse", "said"):
        (root / folder).mkdir()
    land(root / "landing", SOURCES)
    for file in (root / "landing").rglob("*"):
        written = NOVEMBER if file.name == "contacts-broken.csv" else JANUARY
        os.utime(file, (written, written))
    dbt(root, "seed", settings=PERIODS)
    dbt(root, "run", "--select", "+expired_rows", "+row_accounting", settings=PERIODS)
    laws = ("assert_no_landed_row_is_lost", "assert_every_row_of_an_entity_is_kept_or_expired")
    dbt(root, "test", "--select", *laws, settings=PERIODS)
    with duckdb.connect(root / "warehouse/build.duckdb", read_only=True) as connection:
        return SimpleNamespace(
            entities={
                (source, entity): counts
                for source, entity, *counts in connection.execute("from meta.expired_rows").fetchall()
            },
            texts=connection.execute(
                "select distinct source_file, raw_values is not null from staging.stg_files__contacts"
                " where row_status = 'quarantined' order by all"
            ).fetchall(),
        )


def test_rows_go_with_their_kind_and_with_what_they_belong_to(kept_for_a_while):
    entities = kept_for_a_while.entities
    # Calls of 2026-03 and what belongs to them; of Zendesk the tickets of October.
    assert entities["amazon_connect", "queue_visits"] == [37, 0, 37]
    assert entities["zendesk", "tickets"] == [15, 13, 2]
    # In November a contact is kept, and neither the survey about it nor the agent's states.
    assert entities["files", "contacts"] == [11, 11, 0]
    assert entities["files", "survey_invitations"] == entities["files", "survey_answers"] == [2, 0, 2]
    assert entities["files", "agent_state_events"] == [8, 0, 8]


def test_the_text_of_a_quarantined_row_goes_with_the_age_of_its_file(kept_for_a_while):
    assert kept_for_a_while.texts == [("2026-11-02/contacts.csv", True), ("contacts-broken.csv", False)]


def test_the_search_finds_what_is_planted(history):
    assert "staging.stg_asterisk__cdr.raw_values" in history.before.staged or any(
        "raw_values" in column for column in history.before.staged
    )
    assert history.before.hashes == ["marts.dim_customer.customer_hash"]


def test_nothing_of_a_customer_leaves_staging(history):
    assert history.before.passed_on == []
    assert history.before.published == []


def test_no_log_page_compiled_model_or_answer_names_a_customer(history):
    assert "expectations passed" in (history.root / "said/outputs.txt").read_text(encoding="utf-8")
    pages = {page.relative_to(history.root / "target").as_posix() for page in history.root.rglob("*.html")}
    assert {"docs/index.html", "docs/kpis/index.html", "docs/quality/index.html", "static_index.html"} <= pages
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
