"""The adapter of the bank's calls, built by dbt from landed files into a file of its own.

Real data: set CONTACT_CENTER_REAL_DATA to the folder that holds anonymous_bank_1999_01.tsv.
"""

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[2]
DBT = Path(sys.executable).with_name("dbt")
MODELS = [
    "path:seeds/reference",
    "path:models/staging/anonymous_bank",
    "path:models/intermediate/anonymous_bank",
    "path:models/intermediate/conformed",
]
# Facts and their tests as far as contacts; the real month proves the rest.
NASTY_SELECTION = ("--select", "+fact_contacts", "+dim_date", "--indirect-selection", "cautious")
HEADER = (
    "vru+line call_id customer_id priority type date vru_entry vru_exit vru_time "
    "q_start q_exit q_time outcome ser_start ser_exit ser_time server"
).split()


class Builder:
    """A landing folder, and dbt to build from it: one place, so that dbt parses once."""

    def __init__(self, root):
        self.root = root
        self.landing = root / "landing"
        self.file = root / "build.duckdb"

    def land(self, files):
        """Make these the only landed files: contents by name, as bytes or a path to link."""
        folder = self.landing / "anonymous_bank"
        folder.mkdir(parents=True, exist_ok=True)
        for landed in folder.iterdir():
            landed.unlink()
        for name, content in files.items():
            if isinstance(content, Path):
                (folder / name).symlink_to(content)
            else:
                (folder / name).write_bytes(content)

    def build(self, selection=("--select", *MODELS)):
        self.file.unlink(missing_ok=True)
        return subprocess.run(
            # Nobody reads a log or a manifest of it.
            [DBT, "--no-use-colors", "--log-level-file", "none", "--no-write-json", "build"]
            + ["--project-dir", PROJECT, "--profiles-dir", PROJECT]
            + ["--target-path", self.root / "target", "--log-path", self.root / "logs"]
            + ["--vars", f"{{sources: [anonymous_bank], landing_root: '{self.landing}'}}"]
            # Unit tests need no data: the build of the project runs them.
            + ["--exclude-resource-type", "unit_test", *selection],
            env=os.environ | {"CONTACT_CENTER_BUILD_FILE": str(self.file), "CONTACT_CENTER_SALT": "example"},
            capture_output=True,
            text=True,
        )

    def build_and_keep(self, name, **build):
        result = self.build(**build)
        assert result.returncode == 0, result.stdout
        return self.file.rename(self.root / name)


def query(file, sql):
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def builder(tmp_path_factory):
    return Builder(tmp_path_factory.mktemp("bank"))


def call(**fields):
    """A line of a landed file: an answered call that queued, but for the fields given."""
    values = dict(
        zip(
            HEADER,
            "AA0101 7 55 1 PS 990105 9:00:00 9:00:10 10 9:00:10 9:01:10 60 AGENT 9:01:10 9:03:10 120 SERVER_1".split(),
            strict=True,
        )
    )
    return "\t".join((values | fields).values())


@pytest.fixture(scope="module")
def month(builder):
    folder = os.environ.get("CONTACT_CENTER_REAL_DATA")
    if not folder:
        pytest.skip("CONTACT_CENTER_REAL_DATA does not name a folder with real calls")
    landed = Path(folder, "anonymous_bank_1999_01.tsv")
    if not landed.exists():
        pytest.skip(f"{landed} does not exist")
    builder.land({"1999_01.tsv": landed.resolve()})
    # The whole project with its data tests, so that every invariant holds on real calls too.
    return builder.build_and_keep("real.duckdb", selection=())


class TestRealMonth:
    def test_every_row_is_accounted_for(self, month):
        assert query(
            month,
            "select row_status, row_status_reason, count(*)"
            " from staging.stg_anonymous_bank__calls group by all order by all",
        ) == [("dropped", "phantom", 240), ("used", None, 31359)]

    def test_kpis_of_the_served_file(self, month):
        served = month.with_name("contact_center.duckdb")
        assert query(
            served,
            """
            select
                contacts_offered(v), contacts_answered(v), sum(v.abandoned_count + v.short_abandoned_count),
                sum(v.short_abandoned_count), round(service_level(v), 10), round(average_speed_of_answer(v), 2)
            from marts.fact_queue_visits as v
            """,
        ) == [(30161, 27060, 3101, 148, round(16402 / 30013, 10), 35.03)]
        assert query(
            served,
            """
            select round(average_handle_time(l), 2), average_hold_time(l), average_after_contact_work_time(l)
            from marts.fact_agent_legs as l
            """,
        ) == [(183.45, None, None)]
        # The bank has no log-ins: nobody knows how long anybody was there.
        assert query(
            served,
            """
            select occupancy_rate(i), sum(i.staffed_seconds), sum(i.busy_seconds) > 0
            from marts.fact_agent_intervals as i
            """,
        ) == [(None, None, True)]
        assert query(
            served,
            "select count(*) from marts.fact_contacts where outcome = 'contained'",
        ) == [(1198,)]

    def test_visits(self, month):
        assert query(
            month,
            "select exit_reason, was_queued, count(*) from intermediate.int_queue_visits group by all order by all",
        ) == [
            ("abandoned", True, 3101),
            ("answered", False, 13475),
            ("answered", True, 27060 - 13475),
        ]

    def test_waits(self, month):
        [(mean_wait, answered_in_20_s, abandoned_under_5_s)] = query(
            month,
            """
            select
                round(avg(wait_seconds) filter (exit_reason = 'answered'), 3),
                count(*) filter (exit_reason = 'answered' and wait_seconds <= 20),
                count(*) filter (exit_reason = 'abandoned' and wait_seconds < 5)
            from intermediate.int_queue_visits
            """,
        )
        assert (mean_wait, answered_in_20_s, abandoned_under_5_s) == (35.028, 16402, 148)

    def test_legs(self, month):
        assert query(
            month,
            "select count(*), round(avg(connected_seconds), 3), count(agent_code),"
            " count(hold_seconds), count(after_contact_work_seconds), count(ring_seconds)"
            " from intermediate.int_agent_legs",
        ) == [(27060, 183.452, 27060 - 490, 0, 0, 0)]

    def test_sessions(self, month):
        assert query(
            month,
            "select end_reason, is_contained, count(*)"
            " from intermediate.int_self_service_sessions group by all order by all",
        ) == [("hung_up", True, 1198), ("to_queue", False, 31359 - 1198)]

    def test_negative_vru_times_are_flagged(self, month):
        assert query(
            month,
            "select count(*), count(vru_seconds) from staging.stg_anonymous_bank__calls"
            " where dq_flag like '%negative_vru_time%'",
        ) == [(33, 0)]

    def test_no_call_ends_before_it_starts(self, month):
        assert query(month, "select count(*) from intermediate.int_contacts where ended_at >= started_at") == [(31359,)]

    def test_customers_are_hashed(self, month):
        assert query(
            month,
            "select count(*), count(customer_hash), min(length(customer_hash)),"
            " count(*) filter (customer_key = -2) from intermediate.int_contacts",
        ) == [(31359, 13224, 64, 31359 - 13224)]


NASTY_LINES = {
    "1999_01.tsv": [
        call(),
        call(vru_entry="9:00:01", vru_time="9"),  # the id once more, another call
        call(ser_time="121"),  # the key once more, another content
        call(),  # a copy
        call(call_id=" 8", type="PS  ", server=" NO_SERVER "),
        call(call_id="9", server="SER\x01VER\xe9\x00"),  # bytes no text should have
        call(call_id='"10'),
        call(call_id="11", outcome="PHANTOM"),
        call(call_id="12", date="990132"),
        call(call_id="13", vru_entry="soon"),
        call(call_id="14", outcome=""),
        call(call_id="15") + "\tmore",
        "AA0101\t16\t777777\t0",
        "not a call at all",
        "\t" * 16,
    ],
    "1999_02.tsv": [
        call(),
        call(call_id="17", customer_id="0"),
        call(type="ps", outcome="agent", server="server_1"),  # a copy in another case
        call(call_id="18", date="000301"),  # not in 1999
        call(call_id="19", vru_time="abc", ser_start="25:61:00"),
        call(
            call_id="20",
            date="990903",
            vru_entry="1:30:00",
            vru_exit="1:30:10",
            q_start="1:30:10",
            q_exit="1:31:10",
            ser_start="1:31:10",
            ser_exit="1:33:10",
        ),
    ],
}


@pytest.fixture(scope="module")
def nasty_months(builder):
    header = "\t".join(HEADER)
    january, february = NASTY_LINES.values()
    # A byte-order mark, both kinds of line end, blank lines anywhere, no line end at the end.
    january = f"{header}\r\n" + "\n \n".join(january[:5]) + "\n" + "\r\n".join(january[5:])
    february = f"\n{header}\r\n" + "\r\n".join(february)
    builder.land(
        {
            "1999_01.tsv": b"\xef\xbb\xbf" + january.encode("latin-1") + b"\r\n\r\n\n",
            "1999_02.tsv": february.encode(),
        }
    )
    return builder.build_and_keep("nasty.duckdb", selection=NASTY_SELECTION)


class TestNastyMonths:
    def test_no_line_is_lost(self, nasty_months):
        rows = query(
            nasty_months,
            "select source_file, source_row from staging.stg_anonymous_bank__calls order by all",
        )
        assert rows == [(file, number) for file, lines in NASTY_LINES.items() for number in range(1, len(lines) + 1)]

    def test_each_line_has_the_status_it_deserves(self, nasty_months):
        rows = query(
            nasty_months,
            "select row_status, row_status_reason from staging.stg_anonymous_bank__calls",
        )
        assert Counter(rows) == {
            ("used", None): 8,
            ("duplicate", "exact_duplicate"): 3,
            ("dropped", "phantom"): 1,
            ("quarantined", "conflicting_key"): 1,
            ("quarantined", "unusable_date"): 2,
            ("quarantined", "unusable_vru_entry"): 1,
            ("quarantined", "unknown_outcome"): 1,
            ("quarantined", "wrong_number_of_fields"): 3,
            ("quarantined", "missing_vru_line"): 1,
        }

    def test_quarantined_lines_are_kept_as_they_were(self, nasty_months):
        rows = query(
            nasty_months,
            "select source_row, raw_values from staging.stg_anonymous_bank__calls"
            " where source_file = '1999_01.tsv' and row_status = 'quarantined' order by all",
        )
        january = NASTY_LINES["1999_01.tsv"]
        assert rows == [(number, january[number - 1]) for number in (3, 9, 10, 11, 12, 13, 14, 15)]

    def test_what_cannot_be_read_or_known_is_flagged(self, nasty_months):
        rows = query(
            nasty_months,
            "select call_id, dq_flag from staging.stg_anonymous_bank__calls"
            " where row_status = 'used' and dq_flag is not null order by all",
        )
        assert rows == [("19", "unreadable_vru_time, unreadable_ser_start"), ("20", "dst_ambiguous")]

    def test_an_unreadable_answer_is_taken_from_the_queue(self, nasty_months):
        rows = query(
            nasty_months,
            "select answered_at - started_at, ended_at - started_at"
            " from intermediate.int_contacts inner join intermediate.int_queue_visits using (contact_key)"
            " where source_contact_id like 'AA0101 19 %'",
        )
        assert rows == [(timedelta(seconds=70), timedelta(seconds=190))]

    def test_the_calendar_is_that_of_1999(self, nasty_months):
        [years] = query(nasty_months, "select min(calendar_year), max(calendar_year) from marts.dim_date")
        assert years == (1999, 1999)

    def test_bytes_no_text_should_have_are_read(self, nasty_months):
        rows = query(
            nasty_months,
            "select server from staging.stg_anonymous_bank__calls where call_id = '9'",
        )
        assert rows == [("SER\x01VER\xc9\x00",)]

    def test_used_calls_are_contacts(self, nasty_months):
        rows = query(
            nasty_months,
            "select source_contact_id, customer_hash is null from intermediate.int_contacts order by all",
        )
        assert rows == [
            ('AA0101 "10 1999-01-05 09:00:00', False),
            ("AA0101 17 1999-01-05 09:00:00", True),
            ("AA0101 19 1999-01-05 09:00:00", False),
            ("AA0101 20 1999-09-03 01:30:00", False),
            ("AA0101 7 1999-01-05 09:00:00", False),
            ("AA0101 7 1999-01-05 09:00:01", False),
            ("AA0101 8 1999-01-05 09:00:00", False),
            ("AA0101 9 1999-01-05 09:00:00", False),
        ]


class TestMissingInput:
    @staticmethod
    def stop(builder, sentence):
        result = builder.build()
        assert result.returncode != 0
        assert sentence in result.stdout
        if builder.file.exists():
            assert query(builder.file, "select count(*) from information_schema.tables") == [(0,)]

    def test_no_landed_files(self, builder):
        builder.land({})
        (builder.landing / "anonymous_bank").rmdir()
        self.stop(
            builder,
            f"No file of the source 'anonymous_bank' has landed: nothing in {builder.landing}/anonymous_bank"
            " is named *.tsv.",
        )

    def test_missing_column(self, builder):
        header = [column for column in HEADER if column != "q_time"]
        builder.land(
            {
                "1999_01.tsv": ("\t".join(HEADER) + "\n" + call()).encode(),
                "1999_02.tsv": ("\t".join(header) + "\n" + call()).encode(),
            }
        )
        self.stop(
            builder,
            f"The file {builder.landing}/anonymous_bank/1999_02.tsv, line 1, lacks the column 'q_time'"
            " that the table calls must have.",
        )
