"""`check_landing` says per file and column what is wrong and in how many rows, and never shows a value."""

import gzip
import shutil
from pathlib import Path

import duckdb
import pytest
import yaml

from scripts.check_landing import check_source, main

PROJECT = Path(__file__).resolve().parents[2]
TABLES = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]["landed_tables"]
CONTACTS = "contact_id,channel_code,started_at\nc1,phone,2026-11-02T09:00:00Z\nc2,chat,2026-11-02T09:00:00-05:00\n"
DOCUMENTS = {"records": {"shape": "documents", "document_key": "Id"}, "log": {"shape": "lines", "files": ["log*"]}}


@pytest.fixture
def land(tmp_path):
    """Write files below <root>/files/ and give their findings as (file, text, is_wrong)."""

    def landed(files, source="files", tables=None):
        for name, content in files.items():
            path = tmp_path / source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        findings = check_source(tmp_path, source, tables or TABLES[source])
        return [(finding.file, finding.text, finding.is_wrong) for finding in findings]

    return landed


def texts(findings):
    return [text for _, text, _ in findings]


def test_nothing_is_said_of_files_that_keep_to_the_contract(land):
    visits = "visit_id;contact_id;exit_reason;offered_at;wait_seconds\nv1;c1;abandoned;2026-11-02 09:00:00;4.5\n"
    assert land({"contacts.csv": CONTACTS, "2026-11-02/queue_visits.csv": visits}) == []


def test_a_value_of_the_wrong_type_is_counted_and_its_first_line_named(land):
    rows = "c3,phone,yesterday\nc4,phone,2026-11-02\nc5,phone,02.11.2026\n"
    assert land({"contacts.csv": CONTACTS + rows}) == [
        (
            "contacts.csv",
            "started_at: no time of 1900 to 2099 in 2 rows, first in line 4, where it looks like 'aaaaaaaaa'."
            " Write 2026-11-02T09:00:00-05:00, or UTC without an offset.",
            True,
        )
    ]


@pytest.mark.parametrize(
    ("table", "header", "row", "text"),
    [
        (
            "agent_legs",
            "leg_id,contact_id,connected_at,hold_seconds",
            'l,c1,2026-11-02,"1,5"',
            "hold_seconds: no number",
        ),
        (
            "agent_legs",
            "leg_id,contact_id,connected_at,hold_seconds",
            "l,c1,2026-11-02,-5",
            "hold_seconds: not between 0",
        ),
        (
            "contact_messages",
            "message_id,sender,sent_at,is_public,contact_id",
            "m,bot,2026-11-02,on,c1",
            "is_public: neith",
        ),
        ("contact_messages", "message_id,sender,sent_at", "m,bot,2026-11-02", "none of contact_id, ticket_id in 1 row"),
        ("calendar_holidays", "calendar_code,holiday_date", "x,26.11.2026", "holiday_date: no date"),
        (
            "calendar_hours",
            "calendar_code,iso_weekday,opens_at,closes_at",
            "x,8,09:00,17:00",
            "iso_weekday: no whole number",
        ),
        (
            "calendar_hours",
            "calendar_code,iso_weekday,opens_at,closes_at",
            "x,1,9:00,17:00",
            "opens_at: not of its form",
        ),
        ("teams", "team_code,time_zone", "t,EST5EDT", "time_zone: no time zone"),
        (
            "absences",
            "absence_id,agent_code,starts_at,ends_at",
            "f,a,2026-11-02,2026-11-01",
            "ends before it starts in 1",
        ),
        (
            "queue_visits",
            "visit_id,contact_id,exit_reason,offered_at",
            "v,c1,gone,2026-11-02",
            "exit_reason: not a code",
        ),
        (
            "queue_visits",
            "visit_id,contact_id,exit_reason,offered_at",
            "v,,open,2026-11-02",
            "contact_id: empty in 1 row",
        ),
        (
            "queue_visits",
            "visit_id,contact_id,exit_reason,offered_at",
            "v,c9,open,2026-11-02",
            "contact_id: an id that is",
        ),
        (
            "queue_visits",
            "visit_id,contact_id,exit_reason,offered_at",
            "v,c1,open",
            "not the 4 fields of the header in 1",
        ),
    ],
)
def test_every_rule_of_the_contract_is_checked(land, table, header, row, text):
    findings = [
        finding
        for finding in land({"contacts.csv": CONTACTS, f"{table}.csv": f"{header}\n{row}\n"})
        if "not in calendars" not in finding[1]
    ]
    assert len(findings) == 1
    file, said, is_wrong = findings[0]
    assert (file, is_wrong) == (f"{table}.csv", True)
    assert said.startswith(text) and "line 2" in said


def test_two_rows_with_one_id_are_wrong_unless_they_are_copies_or_versions(land):
    agents = "agent_code,agent_name,updated_at\n"
    copies = "a1,Ada,\na1,Ada,\n"
    versions = "a2,Ben,2026-11-01\na2,Bo,2026-11-02\n"
    assert land({"agents.csv": agents + copies + versions}) == []
    assert texts(land({"agents.csv": agents + copies + "a3,Cy,\n", "2026-11-02/agents.csv": agents + "a3,Di,\n"})) == [
        f"agent_code, valid_from: an id that other rows have too in 1 row, first in line {line}. One of them is used:"
        " make ids unique, or tell versions apart by updated_at."
        for line in (2, 4)
    ]


def test_ids_are_those_of_one_instance(land):
    visits = "visit_id,contact_id,exit_reason,offered_at\nv1,c1,open,2026-11-02\n"
    findings = land({"east/contacts.csv": CONTACTS, "west/contacts.csv": CONTACTS, "west/queue_visits.csv": visits})
    assert findings == []
    findings = land({"north/queue_visits.csv": visits})
    assert [(file, is_wrong) for file, _, is_wrong in findings] == [("north/queue_visits.csv", True)]


def test_a_directory_that_has_not_landed_is_no_mistake_and_a_gap_in_one_is_a_note(land):
    legs = "leg_id,contact_id,connected_at,agent_code\nl1,c1,2026-11-02,a1\n"
    assert land({"contacts.csv": CONTACTS, "agent_legs.csv": legs}) == []
    [(file, text, is_wrong)] = land({"agents.csv": "agent_code\na2\n"})
    assert (file, is_wrong) == ("agent_legs.csv", False)
    assert text.startswith("agent_code: an id that is not in agents in 1 row, first in line 2.")


def test_bound_rows_are_wrong_where_the_other_file_has_not_landed_at_all(land):
    findings = land({"queue_visits.csv": "visit_id,contact_id,exit_reason,offered_at\nv1,c1,open,2026-11-02\n"})
    assert [text.partition(" in ")[0] for text in texts(findings)] == ["contact_id: an id that is not"]


def test_files_and_columns_that_nobody_reads_are_noted(land):
    contacts = CONTACTS.replace("started_at", "started_at,vip").replace("Z\n", "Z,yes\n").replace(":00-", ":00-")
    contacts = contacts.replace("05:00\n", "05:00,no\n")
    findings = land({"contacts.csv": contacts, "calls.csv": "a\n1\n"})
    assert [(file, is_wrong) for file, _, is_wrong in findings] == [("calls.csv", False), ("contacts.csv", False)]
    assert "No table asks for this file." in findings[0][1] and "not read: vip." in findings[1][1]


def test_a_file_that_nobody_reads_is_told_the_nearest_name(land):
    [(file, text, is_wrong)] = land({"agents.csv": "agent_code\na1\n", "agenten.csv": "agent_code\na1\n"})
    assert (file, is_wrong) == ("agenten.csv", False)
    assert "names are such as agents, agents.*, with .csv," in text


def test_files_without_a_record_and_columns_without_a_name_are_told(land):
    contacts = CONTACTS.replace("\n", ",\n")
    assert land({"contacts.csv": contacts, "agents.csv": "agent_code\n", "teams.csv": ""}) == [
        ("agents.csv", "It holds no record.", False),
        ("teams.csv", "It holds no record.", False),
    ]


def test_a_table_that_must_land_is_missed_beside_others(land, tmp_path):
    findings = land({"user.csv": "id,role\n1,agent\n"}, "zendesk")
    assert (
        "zendesk",
        f"No file of the source 'zendesk' has landed: nothing in {tmp_path}/zendesk is named ticket or ticket.*."
        " The build stops here.",
        True,
    ) in findings


def test_tables_of_which_one_would_do_are_named_as_their_files(land, tmp_path):
    assert texts(land({"notes.log": "x\n"}, "asterisk"))[1:] == [
        f"No file of the source 'asterisk' has landed: nothing in {tmp_path}/asterisk is named queue_log* or cdr*."
        " The build stops here."
    ]


def test_ids_of_a_file_that_cannot_be_read_are_not_missed(land):
    visits = "visit_id,contact_id,exit_reason,offered_at\nv1,c1,open,2026-11-02\n"
    findings = land({"contacts.csv": "nothing\n", "queue_visits.csv": visits})
    assert [file for file, _, _ in findings] == ["contacts.csv"]


def test_a_file_that_would_stop_the_build_does_not_hide_the_others(land):
    findings = land(
        {
            "contacts.csv": CONTACTS.replace("started_at", "begun_at"),
            "agents.csv.gz": gzip.compress(b"agent_code\na1\n")[:20],
            "teams.csv": "team_code,time_zone\nt1,nowhere\n",
            "queues.parquet": "no Parquet",
        }
    )
    assert [(file, is_wrong) for file, _, is_wrong in findings] == [
        ("agents.csv.gz", True),
        ("contacts.csv", True),
        ("queues.parquet", True),
        ("teams.csv", True),
    ]
    assert "lacks the column 'started_at'" in findings[1][1]


def test_parquet_files_are_checked_by_row(land, tmp_path):
    (tmp_path / "files").mkdir()
    target = (tmp_path / "files/contacts.parquet").as_posix()
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select i as contact_id, 'phone' as channel_code,"
            " case i when 2 then null else timestamp '2026-11-02' end as started_at"
            f" from range(1, 4) as t (i)) to '{target}'"
        )
    assert texts(land({})) == ["started_at: empty in 1 row, first in row 2. It must be there."]


def test_no_value_is_shown(land, capsys, tmp_path):
    secret = "Zoe Quill +15555550199"
    land({"contacts.csv": f"contact_id,channel_code,started_at,customer_address\nc1,{secret},{secret},{secret}\n"})
    assert main(["--root", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "'aaa aaaaa +99999999999'" in shown
    assert not {"Zoe", "Quill", "5555"}.intersection(shown.replace("'", " ").split()) and "555" not in shown


def test_documents_and_lines_of_other_sources_are_looked_at_too(land):
    findings = land(
        {"records.jsonl": '{"Id": 1}\n{"Id": 2\n{"Id": 3}\n', "log": "anything|goes\n"}, "telephony", DOCUMENTS
    )
    assert findings == [
        (
            "records.jsonl",
            "no JSON object with the key Id in 1 row, first in line 2. A build quarantines what is no record.",
            True,
        )
    ]


def test_the_bank_s_file_is_read_without_quotes(land):
    header = "\t".join(TABLES["anonymous_bank"]["calls"]["columns"])
    findings = land({"calls.tsv": f"{header}\nAA0101\t1\n"}, "anonymous_bank")
    assert texts(findings) == [
        "not the 17 fields of the header in 1 row, first in line 2. A build quarantines what is no record."
    ]


def test_exit_codes(tmp_path, capsys):
    assert main(["--root", str(tmp_path)]) == 2
    assert main(["--root", str(tmp_path), "telepathy"]) == 2
    assert main(["--root", str(tmp_path), "files"]) == 1
    shutil.copytree(PROJECT / "tests/sources/files/landing", tmp_path / "files")
    assert main(["--root", str(tmp_path)]) == 1
    for file in (tmp_path / "files").rglob("*.csv"):
        file.unlink()
    (tmp_path / "files/contacts.csv").write_text(CONTACTS, encoding="utf-8")
    assert main(["--root", str(tmp_path)]) == 0
    assert "telepathy" in capsys.readouterr().err
