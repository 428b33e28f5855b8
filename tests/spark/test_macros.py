"""The macros of macros/cross_db give the same on DuckDB and on Spark, also where engines like to differ.

Each macro gets the same values on both engines, and must give the same rows. Nothing here says what is
right: the dbt tests and unit tests do, on either engine.
"""

import os
import re
from pathlib import Path

import duckdb
import pytest
import yaml
from jinja2 import Template
from pyspark.sql import SparkSession

from scripts.landing_macros import macros

NULL = None
TIMES = [
    "2026-01-05 10:00:00",
    "2026-01-05 10:00:00.999",
    "2026-01-05 10:14:59.999999",
    "2026-03-08 02:30:00",  # does not exist in New York
    "2026-11-01 01:30:00",  # comes twice in New York
    "2026-04-05 01:45:00",  # comes twice on Lord Howe Island, which shifts by half an hour
    "1969-12-31 23:59:59",
    "9999-12-31 00:00:00",
    NULL,
]
ZONES = ["America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
TEXTS = ["", " ", "a", "  a b ", "Grüße", "日本", "it's", 'say "hi"', "a,b", "back\\slash", "x" * 300, NULL]
OFFSET_TEXTS = [
    "2026-01-05T10:00:00Z",
    "2026-01-05T10:00:00+02:00",
    "2026-01-05 10:00:00.123456-05:30",
    "2026-01-05 10:00:00 +0200",
    "2026-01-05 10:00:00.000 -0800",
    "2026-01-05 10:00:00",
    "2026-01-05",
    "2026-02-30T10:00:00Z",
    "2026-01-05T25:00:00Z",
    "2026-01",
    "2026",
    "10:00",
    "yesterday",
    "",
    NULL,
]
LINES = ["a,b,c", 'a,"b,c",d', 'a,"say ""hi""",', ",,", "", 'a"b,c', '"open,a', NULL]
JSON = [
    '{"id": "1", "parts": [{"kind": "a", "n": 1}, {"kind": "b"}], "agent": {"name": "Ann"}}',
    '{"id": null, "parts": []}',
    '{"parts": "none"}',
    '{"other": 1}',
    "[1, 2]",
    "not json",
    "",
    NULL,
]
OBJECTS = [
    '{"a": 1}{"b": 2}',
    '{"a": {"n": 1}}\n\n  {"b": [{"c": 1}, {"d": 2}]} {"e": "x"}',
    '{"text": "} {not: a key} \\"quoted\\": 1"}',
    '[{"a": 1}, {"b": 2}]',
    "no object",
    "",
    NULL,
]
ADDRESSES = ["+1 (212) 555-0100", "Anonymous", "ANN@example.com ", "", "unknown", NULL]

# Macro, types of its arguments that are columns, their values, and the arguments that are not columns.
CASES = [
    ("seconds_between", ["timestamp"] * 2, [(a, b) for a in TIMES for b in TIMES], {}),
    ("seconds_after", ["timestamp", "decimal(18, 3)"], [(a, b) for a in TIMES[:7] for b in (0, -1.5, 0.001, NULL)], {}),
    ("quarter_hour", ["timestamp"], [(a,) for a in TIMES], {}),
    ("utc_to_local", ["timestamp", "string"], [(a, zone) for a in TIMES[:7] + [NULL] for zone in ZONES], {}),
    ("local_to_utc", ["timestamp", "string"], [(a, zone) for a in TIMES[:7] + [NULL] for zone in ZONES], {}),
    ("utc_from_offset_text", ["string"], [(a,) for a in OFFSET_TEXTS], {}),
    ("date_of_text", ["string"], [(a,) for a in ["2026-01-05T00:30:00+02:00", *OFFSET_TEXTS]], {}),
    (
        "is_time_zone",
        ["string"],
        [(a,) for a in [*ZONES, "Mars/Olympus", "EST", "Etc/GMT+5", "+02:00", "utc", "", NULL]],
        {},
    ),
    ("month_name", ["date"], [(f"2026-{month:02}-01",) for month in range(1, 13)] + [(NULL,)], {}),
    ("weekday_name", ["date"], [(f"2026-01-0{day}",) for day in range(1, 8)] + [(NULL,)], {}),
    ("iso_week", ["date"], [("2026-01-01",), ("2027-01-01",), ("2024-12-30",), ("2020-12-31",), (NULL,)], {}),
    ("iso_weekday", ["timestamp"], [(a,) for a in TIMES], {}),
    (
        "offset_label",
        ["timestamp"] * 2,
        [
            ("2026-01-05 10:00:00", "2026-01-05 05:00:00"),
            ("2026-01-05 10:00:00", "2026-01-05 15:30:00"),
            ("2026-01-05 10:00:00", "2026-01-05 10:00:00"),
            ("2026-01-05 10:00:00", NULL),
        ],
        {},
    ),
    ("minute_of_day", ["string"], [("08:30",), ("24:00",), ("00:00",), (NULL,)], {}),
    ("clock_text", ["int"], [(510,), (0,), (1440,), (NULL,)], {}),
    ("row_key", ["string"] * 2, [(a, b) for a in TEXTS for b in TEXTS], {}),
    ("salted_hash", ["string"], [(a,) for a in TEXTS], {}),
    ("address_hash", ["string"], [(a,) for a in ADDRESSES], {}),
    ("sha256_of", ["string"], [(a,) for a in TEXTS], {}),
    ("looked_up", ["string"], [(a,) for a in TEXTS], {"pairs": [["a", "1"], ["it's", "back\\slash"], ["", "none"]]}),
    (
        "has_part_in",
        ["string"],
        [(a,) for a in ["x,ann,y", "x, Ann Lee;y", "x\tANN", "[Bob]", "annex", "it's", "ann\\", "", " ", NULL]],
        {
            "marks": ['[,;|<>="\\t\\[\\]{}]+', '[,;|<>="\\t\\[\\]{}: /]+'],
            "expressions": ["trim(part)", "lower(trim(part))"],
            "values": ["ann", "Bob", "it's"],
        },
    ),
    ("objects_in_a_row", ["string"], [(a,) for a in OBJECTS], {}),
    ("matches_whole", ["string"], [(a,) for a in ["12", "123", "12\n", "a12", "", NULL]], {"pattern": "[0-9]{2}"}),
    ("text_without", ["string"], [(a,) for a in ["a-1-2", "-1", "a-b", "a", "", NULL]], {"pattern": "-[0-9]+"}),
    ("text_found", ["string"], [(a,) for a in ["SIP/8001", "x", "", NULL]], {"pattern": "^[A-Z]+/([0-9]+)"}),
    ("last_part", ["string"], [(a,) for a in ["a/b/c", "a", "a/", "", NULL]], {"mark": "/"}),
    ("delimited_fields", ["string"], [(a,) for a in LINES], {"delimiter": ","}),
    ("split_fields", ["string"], [(a.replace(",", "|") if a else a,) for a in LINES], {"delimiter": "|"}),
    ("is_document", ["string"], [(a,) for a in JSON], {"key": "id", "list_key": "parts"}),
    ("erlang_b", ["double", "int"], [(a, b) for a in (0, 0.5, 12.5, 400) for b in (0, 1, 20, 450)], {}),
    ("erlang_c", ["double", "int"], [(a, b) for a in (0, 0.5, 12.5, NULL) for b in (1, 13, 20)], {}),
]


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """Both engines by name, each as a function from a query to its rows."""
    folder = tmp_path_factory.mktemp("spark")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder
    for name, value in spark_settings().items():
        builder = builder.config(name, value)
    spark = builder.config("spark.sql.warehouse.dir", str(folder)).getOrCreate()
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    yield {
        "duckdb": lambda query: connection.execute(query).fetchall(),
        "spark": lambda query: [tuple(row) for row in spark.sql(query).collect()],
    }
    spark.stop()


def spark_settings() -> dict:
    """What profiles.yml gives a session, and what dbt-spark insists on; without a metastore."""
    text = Path("profiles.yml").read_text(encoding="utf-8")
    profile = yaml.safe_load(Template(text).render(env_var=lambda name, default: default))
    settings = profile["contact_center"]["outputs"]["spark"]["server_side_parameters"]
    return {**settings, "spark.sql.catalogImplementation": "in-memory", "spark.sql.ansi.enabled": "false"}


def rows_of(engine: str, types: list[str], rows: list[tuple]) -> str:
    """A table of the values, with a number of each row, in the SQL of the engine."""
    literal = macros(engine).exact_text_literal
    values = []
    for number, row in enumerate(rows):
        cells = [
            f"cast({'null' if value is NULL else literal(value)} as {data_type})"
            for value, data_type in zip(row, types, strict=True)
        ]
        values.append(f"({', '.join([str(number), *cells])})")
    columns = ", ".join(["row_number_", *(f"c{place}" for place in range(len(types)))])
    return f"(select * from (values {', '.join(values)}) as t ({columns})) as t"


def expression(engine: str, macro: str, columns: list[str], options: dict) -> str:
    if macro == "row_key":
        return macros(engine).surrogate_key(columns)
    return getattr(macros(engine), macro)(*columns, **options)


def differences(given: dict[str, dict]) -> dict:
    """What the engines gave for the same values, where it is not the same."""
    pairs = {
        values: (given["duckdb"].get(values), given["spark"].get(values))
        for values in {**given["duckdb"], **given["spark"]}
    }
    return {values: pair for values, pair in pairs.items() if not same(*pair)}


def same(ours, theirs) -> bool:
    if isinstance(ours, float) and isinstance(theirs, float):
        return theirs == pytest.approx(ours, rel=1e-9, abs=1e-9)
    return ours == theirs


@pytest.mark.parametrize(("macro", "types", "rows", "options"), CASES, ids=[case[0] for case in CASES])
def test_a_macro_gives_the_same_on_both_engines(engines, macro, types, rows, options):
    columns = [f"c{place}" for place in range(len(types))]
    given = {}
    for engine, run in engines.items():
        query = (
            f"select row_number_, {expression(engine, macro, columns, options)} as value"
            f" from {rows_of(engine, types, rows)}"
        )
        given[engine] = {rows[number]: value for number, value in run(query)}
    assert not differences(given)


SPANS = [
    ("a", "2026-01-05 10:00:00", "2026-01-05 10:00:30.500"),
    ("a", "2026-01-05 11:00:00", "2026-01-05 12:00:00"),
    ("a", "2026-01-05 10:00:10", "2026-01-05 10:00:20"),
    ("b", "2026-01-05 10:00:00", NULL),
    (NULL, "2026-01-05 10:00:00", "2026-01-05 09:00:00"),
    ("day", "2026-01-05 10:00:00", "2026-01-07 09:00:00"),
]
SPAN_TYPES = ["string", "timestamp", "timestamp"]
AMOUNTS = [
    ("a", "2026-01-05", 7),
    ("a", "2026-01-06", 1),
    ("a", "2026-01-06", 2),
    ("a", NULL, 9),
    ("b", "2026-01-06", NULL),
    ("b", "2026-01-05", 4),
    ("c", NULL, NULL),
]
AMOUNT_TYPES = ["string", "date", "int"]
VALUES = [("a", "2026-01-05", 7), ("a", "2026-01-06", 2), ("a", "2026-01-07", NULL), ("b", "2026-01-06", NULL)]
# A query with the macros of an engine as `m`, over the values as `{rows}`, and the values with their types.
QUERIES = {
    "each_day": ("select c0, {m.each_day('c1', 'c2')} as day_ from {rows}", SPAN_TYPES, SPANS),
    "each_quarter_hour": ("select c0, {m.each_quarter_hour('c1', 'c2')} as at_ from {rows}", SPAN_TYPES, SPANS),
    "each_number": (
        "select c0, {m.each_number('c0', 'c1')} as number_ from {rows}",
        ["int", "int"],
        [(1, 3), (3, 1), (2, 2), (NULL, 2)],
    ),
    "sum_on_last_date": (
        "select c0, {m.sum_on_last_date('c2', 'c1')} as sum_ from {rows} group by c0",
        AMOUNT_TYPES,
        AMOUNTS,
    ),
    "percentile": (
        "select c0, {m.percentile('cast(c2 as double)', 0.9)} as value from {rows} group by c0",
        AMOUNT_TYPES,
        VALUES,
    ),
    "value_at_last": (
        "select c0, {m.value_at_last('c2', 'c1')} as value from {rows} group by c0",
        AMOUNT_TYPES,
        VALUES,
    ),
    "value_at_first": (
        "select c0, {m.value_at_first('c2', 'c1')} as value from {rows} group by c0",
        AMOUNT_TYPES,
        VALUES,
    ),
    "spans": (
        "select c0, {m.seconds_of_spans_until('spans', at)} as seconds, {m.is_in_spans(at, 'spans')} as is_in"
        " from (select c0, {m.list_of_spans('c1', 'c2', 'c1 < c2')} as spans from {rows} group by c0) as s",
        SPAN_TYPES,
        SPANS,
    ),
    "structs": (
        "select c0, {m.each_struct('structs')} from (select c0, "
        "{m.array_of_structs([{'name': chr39 + 'x' + chr39, 'value': 'c1'}, {'name': 'c0', 'value': 'c2'}])} as structs"
        " from {rows}) as s",
        ["string", "double", "double"],
        [("a", 1.5, NULL), (NULL, 2, 3)],
    ),
    "last_known": (
        "select c0, c1, {m.last_known('c2')} over (order by c1 nulls first, c0, c2 nulls first"
        " rows between unbounded preceding and current row) as value from {rows}",
        AMOUNT_TYPES,
        AMOUNTS,
    ),
    "first_known": (
        "select c0, c1, {m.first_known('c2')} over (partition by c0 order by c1 nulls first, c2 nulls first"
        " rows between unbounded preceding and unbounded following) as value from {rows}",
        AMOUNT_TYPES,
        AMOUNTS,
    ),
    "joined_texts": (
        "select c0, {m.joined_texts('c1', joined_by, 'c2, c1')} as texts from {rows} group by c0",
        ["string", "string", "int"],
        [
            ("a", "x", 2),
            ("a", "it's", 1),
            ("a", NULL, 0),
            ("a", "", 3),
            ("a", "x", 3),
            ("b", NULL, 1),
            (NULL, "Grüße", 1),
        ],
    ),
    "list_size": (
        "select c0, {m.list_size(m.split_fields('c0', '|'))} as size from {rows}",
        ["string"],
        [(text,) for text in ["a|b", "|", "a", "", NULL]],
    ),
    "field_text": (
        "select c0, {m.field_text('fields', 0, True)} as first_, {m.field_text('fields', 2, True)} as third,"
        " {m.field_text('fields', 1)} as second from (select c0, {m.delimited_fields('c0', ',')} as fields"
        " from {rows}) as s",
        ["string"],
        [(line,) for line in [*LINES, '"",x,""', ' " a" ,b', '" a ""b"" ", b ," "', '"a', '"']],
    ),
    "each_with_number": (
        "select c0, {m.each_with_number(m.split_fields('c0', '|'), 'field', 'place')} from {rows}",
        ["string"],
        [(text,) for text in ["a|b|a", "|", "a", "", NULL]],
    ),
    "each_element": (
        "select id, {m.value_at('part', 'kind')} as kind from (select {m.value_at('document', 'id')} as id,"
        " {m.each_element('document.parts')} as part"
        " from (select {m.parse_json('c0', json_structure)} as document from {rows}) as s) as t",
        ["string"],
        [(text,) for text in [*JSON[:4], '{"parts": [null, {"kind": null}]}', NULL]],
    ),
    "each_listed_document": (
        "select c0, {m.value_at('document', 'id')} as id, {m.value_at('document', 'agent.name')} as name"
        " from (select c0, {m.parse_json('text', json_structure)} as document"
        " from (select c0, {m.each_listed_document('c0', 'list')} as text from {rows}) as s) as t",
        ["string"],
        [
            (text,)
            for text in [
                '{"list": [{"id": "1", "agent": {"name": "A \\"b\\""}}, {"id": 2.50}, {"id": true}]}',
                '{"list": []}',
                '{"list": {"id": "1"}, "id": "2"}',
                '{"id": "3"}',
                '{"list": null, "id": "4"}',
            ]
        ],
    ),
    "text_hash": (
        "select min(hash) >= 0 as is_positive, count(distinct hash) as hashes, count(*) as copies"
        " from (select {m.text_hash(['c0', 'c1'])} as hash from {rows}) as s",
        ["string"] * 2,
        [(a, b) for a in ["a", "ab", "", NULL] for b in ["b", "ab", "", "a", NULL] for _ in range(2)],
    ),
    "random_id": (
        "select min(id) >= 0 as is_positive, count(distinct id) as ids"
        " from (select {m.random_id()} as id from {rows}) as s",
        ["int"],
        [(number,) for number in range(500)],
    ),
    "row_as_text": (
        "select row_number_, {m.row_as_text('t')} as row_text from {rows}",
        ["string"] * 2,
        [(a, b) for a in TEXTS for b in ["x", NULL]],
    ),
    "row_in_seed": (
        "select row_number_, {m.row_in_seed()} as place from {rows}",
        ["string"],
        [(text,) for text in TEXTS],
    ),
    "json": (
        "select {m.value_at('document', 'agent.name')} as name, {m.value_at('document', 'id')} as id,"
        " {m.first_with('document.parts', 'kind', 'b')} is not null as has_b"
        " from (select {m.parse_json('c0', json_structure)} as document from {rows}) as s",
        ["string"],
        [(text,) for text in JSON[:2]],
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_macros_of_many_rows_give_the_same_on_both_engines(engines, name):
    query, types, rows = QUERIES[name]
    given = {}
    for engine, run in engines.items():
        values = {
            "m": macros(engine),
            "rows": rows_of(engine, types, rows),
            "at": "cast('2026-01-05 10:00:15' as timestamp)",
            "chr39": "'",
            "joined_by": "', '",
            "json_structure": {"id": None, "agent": {"name": None}, "parts": [{"kind": None}]},
        }
        given[engine] = sorted(run(eval(f'f"""{query}"""', values)), key=repr)
    assert given["spark"] == given["duckdb"]


@pytest.mark.parametrize(
    "keys", ["select 2", "select 2 union all select 4 union all select 2", "select 9", "select null"]
)
def test_rows_are_found_by_their_keys(engines, keys):
    """Of a table, for DuckDB finds them by their place in it."""
    given = {}
    for engine, run in engines.items():
        if engine == "duckdb":
            run("create or replace temp table keyed_rows as select 2 as key, 'a' as name")
            run("insert into keyed_rows values (2, 'b'), (3, 'c'), (null, 'd')")
        else:
            rows = "values (2, 'a'), (2, 'b'), (3, 'c'), (null, 'd')"
            run(f"create or replace temp view keyed_rows as select * from {rows} as t (key, name)")
        where = macros(engine).where_key_in("keyed_rows", "key", keys)
        given[engine] = sorted(run(f"select name from keyed_rows {where}"))
    assert given["spark"] == given["duckdb"] == ([("a",), ("b",)] if "2" in keys else [])


# Dispatched macros that no case names, and why.
WITHOUT_CASE = {
    "columns_of": "asks dbt to run a query; every unit test on Spark does so",
    "column_type": "names a type for a contract, which Spark's build holds",
    "inlined": "a hint behind `as`, which changes no row",
    "kept": "a hint behind `as`, which changes no row",
    "exact_text_literal": "writes the values of every case",
    "one_of_utc": "gives either of two instants; local_to_utc takes the earlier one",
}


def test_every_dispatched_macro_has_a_case():
    sql = "\n".join(path.read_text(encoding="utf-8") for path in Path("macros/cross_db").rglob("*.sql"))
    dispatched = set(re.findall(r"adapter\.dispatch\('(\w+)'\)", sql))
    in_cases = {"surrogate_key" if case[0] == "row_key" else case[0] for case in CASES}
    in_queries = set(re.findall(r"m\.(\w+)\(", Path(__file__).read_text(encoding="utf-8")))
    assert dispatched - in_cases - in_queries - {"where_key_in"} == set(WITHOUT_CASE)
