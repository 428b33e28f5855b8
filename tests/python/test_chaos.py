"""Damaged landing files are used, kept or refused; and what looks after that would notice if they were not."""

import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from scripts.chaos import damages, verdicts
from scripts.chaos.builds import Built
from scripts.chaos.cases import SOURCES, Case, example, look, make
from scripts.landing import LandedFile

PROJECT = Path(__file__).resolve().parents[2]
DBT = Path(sys.executable).with_name("dbt")
LOG = LandedFile("queue_log", "case1", "/landing/asterisk/case1/queue_log", "case1/queue_log")


def case(content=b"1|a\n2|b\n3|c\n", touched=b""):
    return Case("asterisk", 1, "line_cut", "queue_log", {"queue_log": content}, touched)


def built(rows, **contacts):
    """Rows as (row, fate), and contacts with the rows of an entity."""
    result = Built()
    result.rows["queue_log"] = [
        ("case1/queue_log", row, fate, None if fate == "used" else "reason", "text" if fate == "quarantined" else None)
        for row, fate in rows
    ]
    for contact, values in contacts.items():
        result.contacts["contacts", contact] = Counter(values)
        result.entities["contacts"] += Counter(values)
    return result


USED = [(1, "used"), (2, "used"), (3, "used")]


def test_damaged_files_break_no_rule():
    run = subprocess.run(
        [sys.executable, "-m", "scripts.chaos", "--cases", "24", "--sources", "asterisk,amazon_connect"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-3000:]
    assert "stops confirmed by dbt" in run.stdout


@pytest.mark.slow
def test_damaged_systems_side_by_side_build_green(tmp_path):
    """All marts, KPIs and data tests: no damaged row may fail the build of the others."""
    landed = 0
    for source in SOURCES:
        for number in range(1, 11):
            damaged = make(3, source, number)
            stops, _ = look(damaged, tmp_path / damaged.name)
            if not stops:
                damaged.land(tmp_path / "landing")
                landed += 1
    assert landed > 30
    variables = f"{{sources: [{', '.join(SOURCES)}], landing_root: '{tmp_path}/landing', publish: false}}"
    run = subprocess.run(
        [DBT, "--no-use-colors", "build", "--exclude-resource-type", "unit_test", "--vars", variables]
        + ["--target-path", tmp_path / "target", "--log-path", tmp_path / "logs"],
        cwd=PROJECT,
        env=os.environ
        | {"CONTACT_CENTER_BUILD_FILE": str(tmp_path / "build.duckdb"), "CONTACT_CENTER_SALT": "example"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout.partition("Completed with")[2] or run.stdout[-3000:]


@pytest.mark.parametrize("source", SOURCES)
def test_a_case_is_the_same_each_time_and_another_for_another_number(source):
    cases = [make(7, source, number) for number in range(1, 30)]
    assert cases == [make(7, source, number) for number in range(1, 30)]
    assert len({(case.damage, str(case.files)) for case in cases}) > 25


@pytest.mark.parametrize("damage", [*damages.LINES, *damages.PAIRS, *damages.FILES], ids=lambda damage: damage.__name__)
def test_every_damage_damages_the_file_of_some_source(damage):
    contents = [content for source in SOURCES for content in example(source).values()]
    lines = [line for content in contents for line in content.splitlines()[1:3]]
    if damage in damages.LINES:
        assert any(damage(line, Random(0)) != [line] for line in lines)
    elif damage in damages.PAIRS:
        assert any(damage(line, other, Random(0)) != [line] for line, other in pairwise(lines))
    else:
        assert any(damage(content, Random(0)) != content for content in contents)


@pytest.mark.parametrize(
    "damage", [damages.parquet_cut, damages.parquet_with_flipped_bytes, damages.parquet_with_another_mark]
)
def test_damaged_parquet_stops_with_one_sentence_that_quotes_no_value(damage, tmp_path):
    stopped = 0
    for number in range(12):
        files = {"2026-11-02/contacts.csv": example("files")["2026-11-02/contacts.csv"]}
        damage(files, "2026-11-02/contacts.csv", Random(number))
        damaged = Case("files", number, damage.__name__, "contacts.csv", files)
        stops, _ = look(damaged, tmp_path / str(number))
        sentences = [stop for stop in stops if "contacts.parquet" in stop]
        assert verdicts.wrong_stops(sentences) == []
        assert all("damaged" in stop or "magic" in stop or "encrypted" in stop for stop in sentences), sentences
        stopped += len(sentences)
    assert stopped > 2


def test_every_row_found_is_fine():
    assert verdicts.lost_rows(case(), [LOG], built(USED)) == []
    assert verdicts.wrong_fates(built(USED)) == []


def test_a_lost_line_is_found():
    assert verdicts.lost_rows(case(), [LOG], built([(1, "used"), (3, "used")])) == [
        "queue_log: lines 2 to 2 are no row"
    ]
    assert verdicts.lost_rows(case(), [LOG], built(USED[:2])) == ["queue_log: lines 3 to 3 are no row"]


def test_a_row_that_is_no_line_and_a_line_that_is_two_rows_are_found():
    assert len(verdicts.lost_rows(case(), [LOG], built([*USED, (4, "used")]))) == 1
    assert len(verdicts.lost_rows(case(), [LOG], built([*USED, (3, "dropped")]))) == 1


def test_a_line_that_belongs_to_the_one_before_it_is_not_lost():
    assert verdicts.is_one_record([b'1,"a', b'b"'], "rows")
    assert not verdicts.is_one_record([b"1,a", b"2,b"], "rows")
    assert verdicts.is_one_record([b'{"a":', b"1}"], "documents")
    assert not verdicts.is_one_record([b'{"a":', b"1"], "documents")
    assert verdicts.is_one_record([b'{"a": 1,', b"}"], "documents")


def test_a_row_without_a_fate_or_without_its_text_is_found():
    assert verdicts.wrong_fates(built([(1, "forgotten")]))
    kept = built([(1, "quarantined")])
    assert verdicts.wrong_fates(kept) == []
    kept.rows["queue_log"] = [("case1/queue_log", 1, "quarantined", "reason", None)]
    assert verdicts.wrong_fates(kept)


def test_quarantined_rows_that_change_something_are_found():
    assert verdicts.differing_entities(built(USED, a=[("1",)]), built(USED, a=[("1",)])) == []
    [problem] = verdicts.differing_entities(built(USED, a=[("1",)]), built(USED, a=[("2",)]))
    assert problem.startswith("quarantined rows change contacts")


def test_a_contact_that_changes_unasked_is_found():
    before, after = built(USED, a=[("1",)], b=[("1",)]), built(USED, a=[("2",)], b=[("1",)])
    assert verdicts.strange_contacts(case(touched=b"1|a"), after, before) == []
    assert len(verdicts.strange_contacts(case(touched=b"1|b"), after, before)) == 1


def test_a_sentence_is_one_sentence():
    assert verdicts.wrong_stops(["The file x cannot be read: it is cut."]) == []
    assert len(verdicts.wrong_stops(["Traceback: x.", "no.", "Two\nlines.", "IO Error: x."])) == 4
