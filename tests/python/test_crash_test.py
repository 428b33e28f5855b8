"""What kills publishing and building notices when a reader would be let down."""

import sys

import duckdb
import pytest

from scripts import crash_test

WRITES = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text('no database'); time.sleep(60)"


@pytest.fixture
def served(tmp_path):
    file = tmp_path / "contact_center.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.visits as select range as visit from range(3)")
        connection.execute("create view marts.some as select * from marts.visits where visit > 0")
        connection.execute("create macro visits(v) as count(v.visit)")
    return file


def test_a_reader_counts_tables_views_and_macros(served):
    assert crash_test.holds(served) == {"table marts.visits": 3, "view marts.some": 2, "macro visits": 1}


@pytest.mark.parametrize(
    "damage",
    ["delete from marts.visits where visit = 0", "drop macro visits", "create table marts.more as select 1 as n"],
)
def test_a_file_that_is_not_whole_is_noticed(served, damage):
    expected = crash_test.holds(served)
    with duckdb.connect(str(served)) as connection:
        connection.execute(damage)
    with pytest.raises(crash_test.Broken, match="is not whole"):
        crash_test.check_served(served, expected)


def test_a_command_that_is_killed_half_way_through_the_served_file_is_noticed(served):
    command = [sys.executable, "-c", WRITES, str(served)]
    with pytest.raises(crash_test.Broken, match="does not open"):
        crash_test.kill_again_and_again("write", command, {}, served, 3, Fixed(), 1)


def test_a_command_that_leaves_its_unfinished_file_is_noticed(served):
    leaves = f"import pathlib; pathlib.Path({str(served.with_name(f'.{served.name}.1.new'))!r}).touch()"
    with pytest.raises(crash_test.Broken, match="behind"):
        crash_test.kill_again_and_again("leave", [sys.executable, "-c", leaves], {}, served, 0, Fixed(), 1)


def test_a_command_that_fails_after_the_kills_is_noticed(served):
    with pytest.raises(crash_test.Broken, match="fails after the kills"):
        crash_test.kill_again_and_again("fail", [sys.executable, "-c", "1 / 0"], {}, served, 0, Fixed(), 1)


def test_a_command_that_ends_before_it_can_be_killed_is_said(served):
    with pytest.raises(crash_test.Broken, match="could be killed"):
        crash_test.kill_again_and_again("end", [sys.executable, "-c", ""], {}, served, 1, Fixed(9), 9)


class Fixed:
    """Waits as long as it is told, instead of a random time."""

    def __init__(self, seconds=2):
        self.seconds = seconds

    def uniform(self, low, high):
        return self.seconds
