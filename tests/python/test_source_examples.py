"""The marts built from the example landing folders of tests/sources hold what was worked out by hand."""

import csv
import gzip
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from planted import found_in_database, found_in_files, land

PROJECT = Path(__file__).resolve().parents[2]
DBT = Path(sys.executable).with_name("dbt")
EXAMPLES = PROJECT / "tests/sources"
ASKED = os.environ.get("SOURCE_EXAMPLES", "").split(",")
SOURCES = sorted(
    folder.parent.name for folder in EXAMPLES.glob("*/landing") if not ASKED[0] or folder.parent.name in ASKED
)
EXPECTED = [file for source in SOURCES for file in sorted(EXAMPLES.glob(f"{source}/expected/*.csv"))]
OF_MARTS = [file for file in EXPECTED if file.stem != "judged_rows"]


def name_of(file):
    return f"{file.parent.parent.name}-{file.stem}"


# KPIs are no part of this, and unit tests elsewhere are run with the project.
LEFT_OUT = (
    *("path:models/kpis", "path:models/reports", "dim_kpi", "dim_kpi_dimension", "dim_kpi_target"),
    *(f"test_type:unit,path:models/{path}" for path in ("marts", "meta")),
    *(f"test_type:unit,path:models/intermediate/{path}" for path in ("conformed", "derived")),
)
# The second time: the entities and what the examples speak of, and that ids lead to one row each.
COMPARED = ("path:models/intermediate/conformed", "judged_rows", "row_accounting", *{file.stem for file in OF_MARTS})
PROVEN = ("test_type:unit", "test_name:not_null", "test_name:accepted_values")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """One place for both builds, so that dbt parses once."""
    return tmp_path_factory.mktemp("sources")


def build(root, name, *selection):
    """Build the example sources from <root>/landing, and keep the file in <root>/<name>."""
    built = subprocess.run(
        # Nobody reads a log or a manifest of it.
        [DBT, "--no-use-colors", "--log-level-file", "none", "--no-write-json", "build"]
        + ["--project-dir", PROJECT, "--profiles-dir", PROJECT]
        + ["--target-path", root / "target", "--log-path", root / "logs"]
        + ["--vars", f"{{sources: [{', '.join(SOURCES)}], landing_root: '{root}/landing', publish: false}}"]
        + [*selection],
        env=os.environ | {"CONTACT_CENTER_BUILD_FILE": str(root / "build.duckdb"), "CONTACT_CENTER_SALT": "example"},
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout.partition("Completed with")[2] or built.stdout
    (root / name).mkdir()
    # Views in the file know it by its name.
    return (root / "build.duckdb").rename(root / name / "build.duckdb")


@pytest.fixture(scope="module")
def once(root):
    """Built from the example files, with every data test and the unit tests of the sources.

    Their customers have other names here, which one would recognize.
    """
    shutil.rmtree(root / "landing", ignore_errors=True)
    land(root / "landing", SOURCES, broken=False)
    return build(root, "once", "--exclude", *LEFT_OUT)


@pytest.fixture(scope="module")
def again(root):
    """Built from the same files landed twice, late and in another order, beside a second instance."""
    shutil.rmtree(root / "landing", ignore_errors=True)
    for source in SOURCES:
        example, landed = EXAMPLES / source / "landing", root / "landing" / source
        shutil.copytree(example, landed / "second")
        files = sorted(path for path in example.rglob("*") if path.is_file())
        for day, path in enumerate(reversed(files), 1):
            copy = landed / f"2026-12-{day % 28 + 1:02}" / path.relative_to(example)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
            if path.suffix not in (".parquet", ".gz"):
                late = landed / "2027-01-01" / path.relative_to(example)
                late.parent.mkdir(parents=True, exist_ok=True)
                late.with_name(late.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
    compared = [f"+{selected}" for selected in COMPARED]
    return build(root, "again", "--select", *compared, "--exclude", *PROVEN, "--indirect-selection", "buildable")


def expected_rows(file):
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(line for line in lines if line.strip() and not line.startswith("#"))
    return header, Counter(tuple(value or None for value in row) for row in rows)


def built_rows(build_file, relation, columns, source, instance=None):
    """Rows of a source, of an instance of it if one is named, as text."""
    texts = ", ".join(f'cast("{column}" as varchar)' for column in columns)
    where = f"source_system = '{source}'" + (f" and source_instance = '{instance}'" if instance else "")
    with duckdb.connect(str(build_file), read_only=True) as connection:
        return Counter(connection.execute(f"select {texts} from {relation} where {where}").fetchall())


def test_there_are_examples():
    assert len(OF_MARTS) >= len(SOURCES) > 0


@pytest.mark.parametrize("file", OF_MARTS, ids=name_of)
def test_marts_hold_what_was_worked_out_by_hand(once, file):
    header, rows = expected_rows(file)
    assert built_rows(once, f"marts.{file.stem}", header, file.parent.parent.name) == rows


@pytest.mark.parametrize("file", [file for file in EXPECTED if file.stem == "judged_rows"], ids=name_of)
def test_rows_have_the_fate_they_deserve(once, file):
    header, rows = expected_rows(file)
    assert built_rows(once, "meta.judged_rows", header, file.parent.parent.name) == rows


def test_no_name_number_or_address_of_a_customer_leaves_staging(once):
    assert found_in_files([once.parents[1] / "landing"])
    assert found_in_database(once, left_out=("staging",)) == []


@pytest.mark.parametrize("instance", ["default", "second"])
@pytest.mark.parametrize("file", OF_MARTS, ids=name_of)
def test_files_may_arrive_twice_late_and_beside_another_instance(again, file, instance):
    header, rows = expected_rows(file)
    assert built_rows(again, f"marts.{file.stem}", header, file.parent.parent.name, instance) == rows


@pytest.mark.parametrize("source", SOURCES)
def test_a_copy_of_a_file_adds_no_used_row(once, again, source):
    def used(build_file):
        with duckdb.connect(str(build_file), read_only=True) as connection:
            return connection.execute(
                "select table_name, sum(rows_used), sum(rows_in) > 0 from meta.row_accounting"
                f" where source_system = '{source}' group by all order by all"
            ).fetchall()

    assert used(again) == [(table, 2 * rows, landed) for table, rows, landed in used(once)]
