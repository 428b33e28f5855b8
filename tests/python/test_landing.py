"""Landed files of every shape are read to the last line, by the macros and by scripts/landing.py alike."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from scripts import landing

PROJECT = Path(__file__).resolve().parents[2]
DBT = Path(sys.executable).with_name("dbt")
TABLES = {
    "people": {"columns": ["id", "name"], "optional_columns": ["note"]},
    "bare": {"columns": ["id"], "columns_without_header": ["id", "name", "note"]},
    "log": {"shape": "lines", "files": ["log*"]},
    "records": {"shape": "documents", "document_key": "Id", "document_list": "items"},
}
UNCLOSED = '7,"never closed'


def csv_lines():
    return [
        "name,id,more,note",
        "Ann,1,x,",
        '"Smith, Bob",2,x,"said ""hi"""',
        '"two',
        'lines",3,x,',
        "short,4",
        "",
        "José,5,x, padded ",
        UNCLOSED,
        "Eve,8,x,after it",
        '"quoted"badly,9,x,',
    ]


FILES = {
    "2026-11-01/people.csv": "\ufeff" + "\r\n".join(csv_lines()),
    "people_2.tsv": "id\tname\n10\tTab\n",
    "east/people-3.csv.gz": gzip.compress(b"id;name\n1;Semi\n"),
    "east/people/day=2026-11-01/part": b"id,name\n2,Jos\xe9 in Latin-1\n",
    "bare.csv": '"1","no header","a ""b"""\n"2","short one"\n',
    "log.1": "a|b\n\nc|\x01d\n",
    "log": "e|f – Ünïß €",
    "log.2": "\ufeffÜ\r\n\r\nno text: ".encode() + b"\xff\x9c\rx" + "\n€".encode(),
    "records/lines.jsonl": '{"Id":1}\n{"Id":2,"cut\n{"no":"id"}\n[]\n{"Id":3,"s":"}{ \\"x\\":1"}\n',
    "records/row.json": '{"Id":4,"t":"{{a}}{{b}}"}{"Id":5} {"Id":6}\n',
    "records/pretty.json": json.dumps({"Id": 7, "List": [{"Id": "inner"}]}, indent=1) + "\n" + '{\n"Id":8}',
    "records/page.json": json.dumps({"items": [{"Id": 9}, {"Id": 10}], "cursor": "x"}),
    "records/rows.json": '{"items": [\n{"Id": 11},\n{"Id": 12}\n]}\n',
    "records/cut.json": '{"items": [\n{"Id": 13},\n{"Id": 14},\n{"Id": 1',
    ".hidden/people.csv": "nothing",
    "unknown.csv": "a,b\n",
}
PARQUET = [
    ("select 11 as id, 'Park' as name, 1.5 as more", "people.parquet"),
    ("select 11 as id, 'Park' as name, 1.5 as more", "2026-11-02/people.parquet"),
    ("select 'p12' as id, 'Quay' as name, 'all' as more", "2026-11-02/people_12.parquet"),
    ("select 13 as id, 'Rio' as name, 'x' as filename", "id=14/people_13.parquet"),
]
# Ahead until 5 November, behind from then on; nobody had looked at it before 1 November.
OFFSETS = [
    {"source": "test", "valid_from": "2026-11-01", "seconds": 3},
    {"source": "test", "valid_from": "2026-11-05", "seconds": -1},
    {"source": "another", "valid_from": "2026-01-01", "seconds": 60},
]
CLOCK = """(
    select source_instance, {{ on_the_common_clock({'name': 'read_at'}, 'test') }}
    from (
        values
        ('default', timestamp '2026-10-31 23:59:59'),
        ('default', timestamp '2026-11-01 00:00:00'),
        ('default', timestamp '2026-11-04 23:59:59'),
        ('default', timestamp '2026-11-05 00:00:00'),
        ('west', timestamp '2026-11-05 00:00:00')
    ) as clock (source_instance, read_at)
)"""


def land(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def project_of_macros(root):
    """A project with the macros of this one and nothing else, which dbt parses in no time."""
    project = root / "project"
    shutil.copytree(PROJECT / "macros", project / "macros", ignore=shutil.ignore_patterns("*.yml"))
    declared = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    variables = declared["vars"] | {
        "landing_root": str(root),
        "landed_tables": {"test": TABLES},
        "clock_offsets": OFFSETS,
    }
    # dbt connects for a model's sake only.
    (project / "models").mkdir()
    (project / "models/one.sql").write_text("select 1 as one", encoding="utf-8")
    kept = {
        key: declared[key] for key in ("name", "version", "config-version", "profile", "macro-paths", "on-run-start")
    }
    (project / "dbt_project.yml").write_text(
        yaml.safe_dump(kept | {"vars": variables}, sort_keys=False), encoding="utf-8"
    )
    return project


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    """What the macros read, by table, as dbt compiles them for these files."""
    root = tmp_path_factory.mktemp("landing")
    land(root / "test", FILES)
    with duckdb.connect() as connection:
        for query, name in PARQUET:
            (root / "test" / name).parent.mkdir(exist_ok=True)
            connection.execute(f"copy ({query}) to '{root}/test/{name}'")
    macros = {"people": "rows", "bare": "rows", "log": "lines", "records": "documents"}
    calls = (f"{{{{ landed_{shape}('test', '{table}') }}}}" for table, shape in macros.items())
    compiled = subprocess.run(
        [DBT, "--quiet", "compile", "--project-dir", project_of_macros(root), "--profiles-dir", PROJECT]
        + ["--inline", "-- next".join([*calls, CLOCK])],
        env=os.environ | {"CONTACT_CENTER_BUILD_FILE": str(root / "build.duckdb")},
        capture_output=True,
        text=True,
    )
    assert compiled.returncode == 0, compiled.stdout
    sql = dict(zip([*macros, "clock"], compiled.stdout.split("-- next"), strict=True))
    with duckdb.connect() as connection:
        yield {
            table: [
                dict(zip([column[0] for column in connection.description], row, strict=True))
                for row in connection.execute(f"select * from {query} order by all").fetchall()
            ]
            for table, query in sql.items()
        }


def test_records_keep_their_place_and_their_columns(landed):
    rows = [
        (row["source_instance"], row["source_file"], row["source_row"], row["id"], row["name"], row["note"])
        for row in landed["people"]
        if not row["is_malformed"]
    ]
    assert rows == [
        ("default", "2026-11-01/people.csv", 1, "1", "Ann", None),
        ("default", "2026-11-01/people.csv", 2, "2", "Smith, Bob", 'said "hi"'),
        ("default", "2026-11-01/people.csv", 3, "3", "two\nlines", None),
        ("default", "2026-11-01/people.csv", 6, "5", "José", "padded"),
        ("default", "2026-11-01/people.csv", 8, "8", "Eve", "after it"),
        ("default", "2026-11-02/people.parquet", 1, "11", "Park", None),
        ("default", "2026-11-02/people_12.parquet", 1, "p12", "Quay", None),
        ("default", "id=14/people_13.parquet", 1, "13", "Rio", None),
        ("default", "people.parquet", 1, "11", "Park", None),
        ("default", "people_2.tsv", 1, "10", "Tab", None),
        ("east", "east/people-3.csv.gz", 1, "1", "Semi", None),
        ("east", "east/people/day=2026-11-01/part", 1, "2", "José in Latin-1", None),
    ]


def test_copies_in_parquet_are_the_same_record(landed):
    lines = [row["line"] for row in landed["people"] if row["source_file"].endswith("people.parquet")]
    assert lines == ['{"id":11,"name":"Park","more":1.5}'] * 2


def test_malformed_lines_are_kept_as_they_were(landed):
    rows = [(row["source_row"], row["line"], row["id"]) for row in landed["people"] if row["is_malformed"]]
    assert rows == [(5, "short,4", None), (7, UNCLOSED, None), (9, '"quoted"badly,9,x,', None)]


def test_files_without_a_header_are_read_by_place(landed):
    rows = [(row["source_row"], row["id"], row["is_malformed"]) for row in landed["bare"]]
    assert rows == [(1, "1", False), (2, None, True)]


def test_lines_are_read_whole(landed):
    rows = [(row["source_file"], row["source_row"], row["line"]) for row in landed["log"]]
    assert rows == [("log", 1, "e|f – Ünïß €"), ("log.1", 1, "a|b"), ("log.1", 2, "c|\x01d")] + [
        ("log.2", 1, "Ü"),
        ("log.2", 2, "no text: ÿ\x9c"),
        ("log.2", 3, "x"),
        ("log.2", 4, "€"),
    ]


def test_documents_are_found_in_every_arrangement(landed):
    rows = [
        (row["source_file"], row["source_row"], json.loads(row["document"])["Id"])
        for row in landed["records"]
        if row["document"]
    ]
    assert sorted(rows, key=lambda row: row[2]) == [
        ("records/lines.jsonl", 1, 1),
        ("records/lines.jsonl", 5, 3),
        ("records/row.json", 1, 4),
        ("records/row.json", 1, 5),
        ("records/row.json", 1, 6),
        ("records/pretty.json", 1, 7),
        ("records/pretty.json", 9, 8),
        ("records/page.json", 1, 9),
        ("records/page.json", 1, 10),
        ("records/rows.json", 1, 11),
        ("records/rows.json", 1, 12),
        ("records/cut.json", 2, 13),
        ("records/cut.json", 3, 14),
    ]


def test_lines_that_are_no_document_are_kept(landed):
    rows = [(row["source_file"], row["source_row"], row["line"]) for row in landed["records"] if not row["document"]]
    assert sorted(rows) == [
        ("records/cut.json", 1, '{"items": ['),
        ("records/cut.json", 4, '{"Id": 1'),
        ("records/lines.jsonl", 2, '{"Id":2,"cut'),
        ("records/lines.jsonl", 3, '{"no":"id"}'),
        ("records/lines.jsonl", 4, "[]"),
    ]


def test_times_of_a_clock_that_is_ahead_are_put_right(landed):
    assert [(row["source_instance"], str(row["read_at"])) for row in landed["clock"]] == [
        ("default", "2026-10-31 23:59:57"),
        ("default", "2026-10-31 23:59:59"),
        ("default", "2026-11-04 23:59:56"),
        ("default", "2026-11-05 00:00:01"),
        ("west", "2026-11-05 00:00:00"),
    ]


class TestStops:
    """Each file that must stop a build, with the sentence it stops with."""

    @staticmethod
    def stops(root, files, **tables):
        land(root / "source", files)
        return landing.look(str(root), "source", tables or {"people": TABLES["people"]})[0]

    def test_nothing_wrong(self, tmp_path):
        assert self.stops(tmp_path, {"people.csv": "id,name\n"}) == []

    def test_missing_column(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv": "\n\nid;nom\n1;2"})
        assert sentence.endswith("people.csv, line 1, lacks the column 'name' that the table people must have.")

    def test_column_in_other_letters(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv": "id, First  Name\nName,NAME\n"})
        assert sentence.endswith("lacks the column 'name' that the table people must have.")
        [sentence] = self.stops(tmp_path, {"people.csv": "id,NAME\n"})
        assert sentence.endswith("lacks the column 'name' that the table people must have: rename 'NAME'.")

    def test_header_in_other_letters_of_a_table_that_needs_none(self, tmp_path):
        bare = {"columns": ["id", "name"], "columns_without_header": ["id", "name", "note"]}
        sentences = self.stops(tmp_path, {"bare.csv": "ID,NAME\n1,Ann\n"}, bare=bare)
        assert [sentence.partition("line 1, ")[2] for sentence in sentences] == [
            f"lacks the column '{column}' that the table bare must have: rename '{column.upper()}'."
            for column in ("id", "name")
        ]
        assert self.stops(tmp_path, {"bare.csv": "1,Name\n2,Ann\n"}, bare=bare) == []

    def test_header_longer_than_any_other(self, tmp_path):
        assert self.stops(tmp_path, {"people.csv": "id,name," + "x" * 200_000 + "\n1,Ann,\n"}) == []
        [sentence] = self.stops(tmp_path, {"people.csv": "id," + "x" * 200_000 + "\n1,Ann\n"})
        assert sentence.endswith("lacks the column 'name' that the table people must have.")

    def test_a_record_in_place_of_a_header_is_not_shown(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv": "Zoe,Zoe\n"})
        assert sentence.endswith(
            "people.csv, line 1, has none of the columns that the table people must have: 'id', 'name'."
        )

    def test_lines_that_end_with_a_carriage_return(self, tmp_path):
        assert self.stops(tmp_path, {"people.csv": "id,name\r1,Ann\r"}) == []

    def test_compressed_without_saying_so(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv": gzip.compress(b"id,name\n")})
        assert sentence.endswith("people.csv is compressed, line 1 says so: add .gz to its name.")

    def test_parquet_without_saying_so(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv": "PAR1\x15\0"})
        assert sentence.endswith("people.csv is Parquet, line 1 says so: its name must end with .parquet.")

    @pytest.mark.parametrize(("name", "table"), [("log", "log"), ("records.jsonl", "records")])
    def test_logs_and_documents_that_are_no_text(self, tmp_path, name, table):
        tables = {table: TABLES[table]}
        text = '{"Id": 1}\n{"Id": 2}\n'
        [sentence] = self.stops(tmp_path, {name: gzip.compress(text.encode())}, **tables)
        assert sentence.endswith(f"{name} is compressed, line 1 says so: add .gz to its name.")
        [sentence] = self.stops(tmp_path, {name: text.encode("utf-16-le")}, **tables)
        assert sentence.endswith(f"{name} is no text, line 1 has zero bytes: save it as UTF-8.")
        assert self.stops(tmp_path, {name: text.replace("1", "\0")}, **tables) == []

    def test_utf_16_without_a_mark(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv": "id,name\n".encode("utf-16-le")})
        assert sentence.endswith("people.csv is no text, line 1 has zero bytes: save it as UTF-8.")

    def test_link_to_nothing(self, tmp_path):
        (tmp_path / "source").mkdir()
        (tmp_path / "source/people.csv").symlink_to(tmp_path / "gone.csv")
        [sentence] = self.stops(tmp_path, {})
        assert sentence.endswith("people.csv cannot be read: No such file or directory.")

    def test_links_to_folders_are_followed_once(self, tmp_path):
        land(tmp_path / "elsewhere", {"people.csv": "id\n"})
        (tmp_path / "source").mkdir()
        (tmp_path / "source/day=1").symlink_to(tmp_path / "elsewhere")
        (tmp_path / "elsewhere/day=2").symlink_to(tmp_path / "source")
        [sentence] = self.stops(tmp_path, {})
        assert "source/day=1/people.csv, line 1, lacks the column 'name'" in sentence

    def test_folder_that_cannot_be_listed(self, tmp_path, monkeypatch):
        land(tmp_path / "source", {"people.csv": "id,name\n", "2026-11-02/people.csv": "id,name\n"})
        listed = Path.iterdir

        def iterdir(folder):
            if folder.name == "2026-11-02":
                raise PermissionError(13, "Permission denied", str(folder))
            return listed(folder)

        monkeypatch.setattr(Path, "iterdir", iterdir)
        [sentence] = self.stops(tmp_path, {})
        assert sentence == f"The folder {tmp_path}/source/2026-11-02 cannot be read: Permission denied."

    def test_column_twice(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv": "id,name,id\n"})
        assert sentence.endswith("people.csv, line 1, has the column 'id' twice.")

    def test_cut_gzip(self, tmp_path):
        whole = gzip.compress(os.urandom(100_000))
        [sentence] = self.stops(tmp_path, {"people.csv.gz": whole[:50_000]})
        assert "people.csv.gz cannot be read: Compressed file ended" in sentence

    def test_no_gzip(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv.gz": "id,name\n"})
        assert "people.csv.gz cannot be read: Not a gzipped file" in sentence

    def test_cut_parquet(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.parquet": "PAR1 and no more"})
        assert sentence.endswith("people.parquet cannot be read as Parquet: No magic bytes found at end of file.")

    def test_utf_16(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"people.csv": "id,name\n".encode("utf-16")})
        assert sentence.endswith("people.csv is UTF-16, line 1 says so: save it as UTF-8.")

    def test_neither_utf_8_nor_latin_1(self, tmp_path):
        assert self.stops(tmp_path, {"people.csv": b"id,name\n1,\x9c\n"}) == []
        [sentence] = self.stops(tmp_path, {"people.csv.gz": gzip.compress(b"id,name\n1,\x9c\n")})
        assert sentence.endswith("people.csv.gz is neither UTF-8 nor Latin-1: unpack it, or save it as UTF-8.")

    def test_no_file_at_all(self, tmp_path):
        [sentence] = self.stops(tmp_path, {"other.csv": "id,name\n"})
        assert sentence == (
            f"No file of the source 'source' has landed: nothing in {tmp_path}/source is named people or people.*."
        )

    def test_required_table(self, tmp_path):
        tables = {"log": TABLES["log"] | {"required": True}, "people": TABLES["people"]}
        [sentence] = self.stops(tmp_path, {"people.csv": "id,name\n"}, **tables)
        assert sentence.endswith("is named log*.")


@pytest.mark.parametrize(
    ("folder", "is_instance"),
    [("east", True), ("pbx2", True), ("2026-11-01", False), ("20261101", False), ("day=east", False), ("log", False)],
)
def test_folders_that_are_instances(folder, is_instance):
    assert landing.is_instance(folder, TABLES) is is_instance


def test_a_source_that_does_not_exist_stops_a_build(tmp_path):
    run = subprocess.run(
        [DBT, "build", "--project-dir", project_of_macros(tmp_path), "--profiles-dir", PROJECT]
        + ["--vars", "{sources: [anonymous_bnk]}"],
        env=os.environ | {"CONTACT_CENTER_BUILD_FILE": str(tmp_path / "build.duckdb")},
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert (
        "The variable `sources` names the source 'anonymous_bnk', which does not exist: the sources that exist are"
        " sample, anonymous_bank, files, asterisk, amazon_connect, genesys_cloud, zendesk."
    ) in run.stdout
    with duckdb.connect(str(tmp_path / "build.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from information_schema.tables").fetchone() == (0,)
