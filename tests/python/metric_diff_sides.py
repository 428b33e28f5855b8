"""A warehouse of three KPIs by hand, small enough to see what must come out, for the tests of the metric diff."""

import copy
from pathlib import Path

import duckdb

from scripts.metric_diff.building import Side

SERVICE_LEVEL = "cast(sum(v.in_time) as double) / nullif(sum(v.due), 0)"
CHANGELOG = "| model or KPI | change |\n|---|---|\n| `old_thing` | new |\n"

# Two days, two channels: 80 of 100 in time, then 30 of 50; mails 9 of 10 on the first day.
VISITS = [
    ("2026-11-02", "Phone", 80, 100),
    ("2026-11-02", "E-mail", 9, 10),
    ("2026-11-03", "Phone", 30, 50),
]


def kpi(name, expression, **others):
    return {
        "kpi_name": name, "meaning": f"What {name} is.", "counts": "All.", "leaves_out": "None.", "unit": "ratio",
        "direction": "up", "tier": 1, "owner": "us", "version": 1, "effective_date": "2026-11-01", "relation": "visits",
        "also_over": "", "time_column": "offered_date", "dimensions": "channel_name, visit_type",
        "needed_dimension": None, "shape": "aggregate", "time_attribution": "The offer.", "zero_denominator": "NULL.",
        "expression": expression,
    } | others  # fmt: skip


KPIS = {
    "service_level": kpi("service_level", SERVICE_LEVEL),
    "contacts_due": kpi("contacts_due", "cast(sum(v.due) as bigint)", unit="count", tier=2),
    "due_share": kpi(
        "due_share", "sum(v.due) / sum(sum(v.due)) over ()", needed_dimension="channel_name", tier=3, version=2
    ),
}


def manifest():
    """As dbt writes it: a seed, a staging model and a fact, a KPI table, a report over the KPI's macro, a consumer."""
    nodes = {
        "seed.p.channels": node("seed", "channels", "seeds/reference/channels.csv"),
        "seed.p.raw_calls": node("seed", "raw_calls", "seeds/sample/raw_calls.csv"),
        "model.p.stg_calls": node(
            "model", "stg_calls", "models/staging/stg_calls.sql", ["seed.p.raw_calls"], ["macro.p.tidy"], "staging"
        ),
        "model.p.visits": node(
            "model", "visits", "models/marts/visits.sql", ["model.p.stg_calls", "seed.p.channels"], schema="marts",
            raw_code="select {{ var('patience') }}", thresholds={"in_time": ["patience"], "due": []},
        ),
        "model.p.tickets": node("model", "tickets", "models/marts/tickets.sql", schema="marts"),
        "model.p.kpi_daily": node("model", "kpi_daily", "models/kpis/kpi_daily.sql", ["model.p.visits"], schema="kpis"),
        "model.p.report_day": node(
            "model", "report_day", "models/reports/report_day.sql", ["model.p.visits"], ["macro.p.service_level"],
            "reports",
        ),
        "test.p.unique_report_day": {
            **node("test", "unique_report_day", "models/reports/_reports.yml", ["model.p.report_day"]),
            "attached_node": "model.p.report_day",
            "test_metadata": {"name": "unique", "kwargs": {"column_name": "business_date"}},
        },
        "test.p.visits_balance": node(
            "test", "visits_balance", "tests/dbt/marts/visits_balance.sql", ["model.p.visits"]
        ),
    }  # fmt: skip
    return {
        "metadata": {"project_name": "p"},
        "nodes": nodes,
        "macros": {
            "macro.p.service_level": macro("service_level", ["macro.p.ratio"]),
            "macro.p.ratio": macro("ratio"),
            "macro.p.contacts_due": macro("contacts_due"),
            "macro.p.tidy": macro("tidy"),
            "macro.p.unused": macro("unused"),
        },
        "metrics": {f"metric.p.{metric['name']}": metric for metric in metrics()},
        "exposures": {
            "exposure.p.wallboard": {
                **node("exposure", "wallboard", "models/_exposures.yml", ["model.p.report_day"]), "label": "Wallboard",
            }
        },
        "unit_tests": {},
    }  # fmt: skip


def node(kind, name, path, uses=(), macros=(), schema=None, raw_code="", thresholds=None):
    return {
        "resource_type": kind, "name": name, "package_name": "p", "original_file_path": path, "schema": schema,
        "checksum": {"checksum": name}, "raw_code": raw_code,
        "columns": {column: {"config": {"meta": {"thresholds": of}}} for column, of in (thresholds or {}).items()},
        "depends_on": {"nodes": list(uses), "macros": list(macros)},
    }  # fmt: skip


def macro(name, uses=()):
    return {
        "resource_type": "macro", "name": name, "package_name": "p", "original_file_path": f"macros/{name}.sql",
        "macro_sql": f"-- {name}", "depends_on": {"macros": list(uses)},
    }  # fmt: skip


def metrics():
    summed = {"agg": "sum", "semantic_model": "visits"}
    simple = [
        metric("visits_in_time", "simple", expr="in_time", metric_aggregation_params=summed),
        metric("visits_due", "simple", expr="due", metric_aggregation_params=summed),
    ]
    return simple + [
        metric("service_level", "ratio", ["visits_in_time", "visits_due"]),
        metric("contacts_due", "derived", ["visits_due"], expr="visits_due"),
        metric("due_share", "derived", ["visits_due"], expr="visits_due"),
    ]


def metric(name, kind, uses=(), **parameters):
    return {
        "resource_type": "metric", "name": name, "package_name": "p", "type": kind, "filter": None,
        "original_file_path": "models/kpis/registry/family.yml", "type_params": parameters,
        "config": {"meta": {"kpi": True}},
        "depends_on": {"nodes": [f"metric.p.{used}" for used in uses], "macros": []},
    }  # fmt: skip


class Workshop:
    """Makes sides; each test changes what it wants of the second one."""

    def __init__(self, folder: Path, base: Side | None = None):
        self.folder = folder
        self.base = base
        self.made = 0

    def side(self, kpis=None, visits=None, changelog=CHANGELOG, statements=(), variables=None, change=None) -> Side:
        self.made += 1
        build = self.folder / f"side_{self.made}.duckdb"
        kpis = KPIS if kpis is None else kpis
        with duckdb.connect(build) as connection:
            write(connection, kpis, VISITS if visits is None else visits)
            for statement in statements:
                connection.execute(statement)
        text = copy.deepcopy(manifest())
        for name in [name for name in KPIS if name not in kpis]:
            del text["metrics"][f"metric.p.{name}"]
        if change:
            change(text)
        return Side(f"side {self.made}", build, text, variables or {"patience": 20}, changelog)


def write(connection, kpis, visits):
    for schema in ("marts", "kpis", "meta", "reports"):
        connection.execute(f"create schema {schema}")
    connection.execute(
        "create table marts.visits (offered_date date, channel_name varchar, in_time bigint, due bigint)"
    )
    if visits:
        connection.executemany("insert into marts.visits values (?, ?, ?, ?)", visits)
    connection.execute("create table meta.kpi_limits (limit_code varchar, valid_from date, limit_seconds int)")
    connection.execute("insert into meta.kpi_limits values ('repeat_window', '1900-01-01', 604800)")
    connection.execute("create table meta.scales as select 10 as scale_max, 9 as favorable_from")
    connection.execute(
        "create table marts.queue_channel_policy as select 1 as queue_key, 2 as channel_key,"
        " timestamp '1900-01-01' as valid_from, 5 as short_abandon_seconds"
    )
    connection.execute("create table marts.dim_queue as select 1 as queue_key, 'Sales' as queue_name")
    connection.execute("create table marts.dim_channel as select 2 as channel_key, 'Phone' as channel_name")
    columns = list(KPIS["service_level"])
    connection.execute(f"create table marts.dim_kpi ({', '.join(f'{name} {type_of(name)}' for name in columns)})")
    for row in kpis.values():
        connection.execute(
            f"insert into marts.dim_kpi values ({', '.join('?' * len(columns))})", [row[name] for name in columns]
        )
    in_tables = [row for row in kpis.values() if not row["needed_dimension"]]
    for table, member in (("kpi_daily", ""), ("kpi_daily_by_channel", "channel_name, ")):
        connection.execute(
            f"create table kpis.{table} as "
            + " union all ".join(
                f"select offered_date as kpi_date, {member}'{row['kpi_name']}' as kpi_name,"
                f" cast({row['expression']}\n as double) as value, cast(sum(v.due) as bigint) as observation_count"
                f" from marts.visits as v group by all"
                for row in in_tables
            )
        )
    connection.execute("create table reports.report_day as select 1 as calls, date '2026-11-02' as business_date")


def type_of(column):
    return {"tier": "int", "version": "int", "effective_date": "date"}.get(column, "varchar")
