"""Whether a candidate's numbers are the warehouse's: rows, sums of columns and KPI values.

A file of results holds a table fact_sums and a table kpi_values, whoever computed them; two such files are compared.
Counts and sums of decimals and keys are exact; KPIs may differ by 1e-9 of their size.
"""

import json
from pathlib import Path

import duckdb

FACTS = (
    "fact_contacts",
    "fact_queue_visits",
    "fact_agent_legs",
    "fact_agent_states",
    "fact_agent_intervals",
    "fact_queue_intervals",
)
# Where a row came from and when it was loaded is the warehouse's own business.
LINEAGE = ("dq_flag", "source_file", "source_row", "loaded_at")
# What reports alone show, report_call_detail and report_repeat_contacts; the candidates do not make it.
OF_REPORTS = {
    "fact_contacts": (
        *("queue_path", "agent_path", "transfer_reasons", "repeat_window_seconds"),
        *("hold_seconds", "after_contact_work_seconds", "earlier_contact_key"),
    )
}
MEMBERS = ("queue_key", "channel_key", "agent_key")
# The table of the warehouse that a candidate's KPIs are found in, by the members they are of.
KPI_TABLES = {
    "kpi_daily": (),
    "kpi_daily_by_queue": ("queue_key", "channel_key"),
    "kpi_daily_by_agent": ("agent_key",),
}

KPI_TABLE = """
    case
        when queue_key is not null then 'kpi_daily_by_queue'
        when agent_key is not null then 'kpi_daily_by_agent'
        else 'kpi_daily'
    end
"""


def fact_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Of each fact the columns that are compared, with how each is added up."""
    found = {}
    for fact in FACTS:
        rows = connection.execute(
            "select column_name, data_type from duckdb_columns() where schema_name = 'marts' and table_name = $1",
            [fact],
        ).fetchall()
        left_out = (*LINEAGE, *OF_REPORTS.get(fact, ()))
        found[fact] = {name: _total(name, data_type) for name, data_type in rows if name not in left_out}
    return found


def _total(name: str, data_type: str) -> str:
    if data_type == "BOOLEAN":
        return f"sum(case when {name} then 1 else 0 end)"
    if data_type == "VARCHAR":
        return f"sum(length({name}))"
    if data_type in ("DATE", "TIMESTAMP"):
        return f"sum(cast(extract(epoch from {name}) as bigint))"
    return f"sum(cast({name} as decimal(38, 3)))"


def sums_query(fact: str, columns: dict[str, str]) -> str:
    """One row: how many there are, then of each column how many values and their total."""
    parts = [f"count({name}), {total}" for name, total in columns.items()]
    return f"select count(*), {', '.join(parts)} from marts.{fact}"


def write_sums(results: duckdb.DuckDBPyConnection, fact: str, columns: dict[str, str], row: tuple) -> None:
    results.execute(
        "create table if not exists fact_sums (fact varchar, column_name varchar, value_count bigint, total varchar)"
    )
    rows = [(fact, "*", int(row[0]), None)]
    rows += [(fact, name, int(row[1 + 2 * number]), _plain(row[2 + 2 * number])) for number, name in enumerate(columns)]
    results.executemany("insert into fact_sums values (?, ?, ?, ?)", rows)


def _plain(total) -> str | None:
    """Text of a number, the same with and without decimals that are 0."""
    text = None if total is None else f"{total:f}" if hasattr(total, "as_tuple") else str(total)
    return text.rstrip("0").rstrip(".") if text and "." in text else text


def warehouse_results(build_file: Path, results_file: Path) -> None:
    """What the warehouse holds, to compare others with when its file is gone."""
    with duckdb.connect(results_file) as results:
        results.execute(f"attach '{_quoted(build_file)}' as warehouse (read_only)")
        results.execute("use warehouse")
        columns = fact_columns(results)
        sums = {fact: results.execute(sums_query(fact, columns[fact])).fetchone() for fact in FACTS}
        results.execute(f"use {results_file.stem}")
        results.execute("create table compared_columns (fact varchar, column_name varchar, total varchar)")
        for fact in FACTS:
            write_sums(results, fact, columns[fact], sums[fact])
            results.executemany(
                "insert into compared_columns values (?, ?, ?)",
                [(fact, name, total) for name, total in columns[fact].items()],
            )
        parts = []
        for table, members in KPI_TABLES.items():
            keys = [name if name in members else f"cast(null as bigint) as {name}" for name in MEMBERS]
            parts.append(
                f"select '{table}' as kpi_table, kpi_date, {', '.join(keys)}, kpi_name, value"
                f" from warehouse.kpis.{table} where value is not null"
            )
        results.execute(f"create table kpi_values as {' union all by name '.join(parts)}")


def compared_columns(expected_file: Path) -> dict[str, dict[str, str]]:
    """The columns of `fact_columns`, for who has no warehouse to look at."""
    with duckdb.connect(expected_file, read_only=True) as expected:
        found: dict[str, dict[str, str]] = {}
        for fact, name, total in expected.execute("from compared_columns").fetchall():
            found.setdefault(fact, {})[name] = total
        return found


def candidate_kpis(connection: duckdb.DuckDBPyConnection) -> None:
    """Make kpi_values of the wide tables that `kpis.sql` left in the schema kpis."""
    tables = [
        name
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'kpis'"
        ).fetchall()
    ]
    parts = []
    for table in tables:
        columns = [name for name, *_ in connection.execute(f"describe kpis.{table}").fetchall()]
        members = [name for name in MEMBERS if name in columns]
        keys = [name if name in members else f"cast(null as bigint) as {name}" for name in MEMBERS]
        kpis = [name for name in columns if name not in (*MEMBERS, "kpi_date")]
        parts.append(
            f"select kpi_date, {', '.join(keys)}, kpi_name, value"
            f" from (unpivot kpis.{table} on {', '.join(kpis)} into name kpi_name value value)"
        )
    connection.execute(f"""
        create or replace table kpi_values as
        select
            {KPI_TABLE} as kpi_table,
            *
        from ({" union all by name ".join(parts)})
    """)


def candidate_results(file: Path, results_file: Path) -> None:
    """The same of a DuckDB file with core marts and wide KPIs."""
    with duckdb.connect(results_file) as results:
        results.execute(f"attach '{_quoted(file)}' as candidate")
        results.execute("use candidate")
        columns = fact_columns(results)
        sums = {fact: results.execute(sums_query(fact, columns[fact])).fetchone() for fact in FACTS}
        candidate_kpis(results)
        results.execute(f"use {results_file.stem}")
        for fact in FACTS:
            write_sums(results, fact, columns[fact], sums[fact])
        results.execute("create table kpi_values as from candidate.kpi_values")


def differences(expected_file: Path, results_file: Path, is_partial: bool = False) -> tuple[str, list[str]]:
    """What was compared, in words, and what differs: at best nothing. A partial candidate may leave out columns."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(expected_file)}' as expected (read_only)")
        connection.execute(f"attach '{_quoted(results_file)}' as candidate (read_only)")
        sums = connection.execute(f"""
            select
                coalesce(c.fact, e.fact), coalesce(c.column_name, e.column_name),
                e.value_count, c.value_count, e.total, c.total
            from candidate.fact_sums as c
            {"left" if is_partial else "full"} join expected.fact_sums as e
                on e.fact = c.fact and e.column_name = c.column_name
            where
                e.value_count is distinct from c.value_count
                or case
                    when e.total is null or c.total is null then e.total is distinct from c.total
                    else cast(e.total as decimal(38, 3)) <> cast(c.total as decimal(38, 3))
                end
            order by all
        """).fetchall()
        kpis = connection.execute("""
            with

            given as (
                select distinct kpi_table, kpi_name from candidate.kpi_values
            ),

            wanted as (
                from expected.kpi_values
                where (kpi_table, kpi_name) in (from given)
            )

            select coalesce(e.kpi_table, c.kpi_table), coalesce(e.kpi_name, c.kpi_name), count(*),
                any_value(coalesce(e.kpi_date, c.kpi_date)), any_value(e.value), any_value(c.value)
            from wanted as e
            full join candidate.kpi_values as c
                on
                    e.kpi_table = c.kpi_table
                    and e.kpi_name = c.kpi_name
                    and e.kpi_date = c.kpi_date
                    and e.queue_key is not distinct from c.queue_key
                    and e.channel_key is not distinct from c.channel_key
                    and e.agent_key is not distinct from c.agent_key
            where
                e.value is null or c.value is null
                or abs(e.value - c.value) > 1e-9 * greatest(1, abs(e.value))
            group by all
            order by all
        """).fetchall()
        compared = connection.execute("""
            select
                (select count(distinct fact) from candidate.fact_sums),
                (select count(*) from candidate.fact_sums where column_name <> '*'),
                (select count(distinct (kpi_table, kpi_name)) from candidate.kpi_values),
                (select count(*) from candidate.kpi_values)
        """).fetchone()
    words = "{} marts with the sums of {} columns, {} daily KPIs with {:,} values".format(*compared)
    found = [
        f"{fact}.{column}: {expected} values, {total}; candidate: {count} values, {candidate_total}"
        for fact, column, expected, count, total, candidate_total in sums
    ]
    found += [
        f"{table}.{kpi}: {count} values differ, on {day} {expected} and {value}"
        for table, kpi, count, day, expected, value in kpis
    ]
    return words, found


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")


def file_results(folder: Path, results_file: Path) -> None:
    """The same of sums.json and kpi_values.parquet, which a candidate without DuckDB leaves in a folder."""
    with duckdb.connect(results_file) as results:
        for fact, columns in json.loads((folder / "sums.json").read_text()).items():
            count, _ = columns.pop("*")
            row = [count, *(value for pair in columns.values() for value in pair)]
            write_sums(results, fact, columns, tuple(row))
        results.execute(f"""
            create table kpi_values as
            select {KPI_TABLE} as kpi_table, *
            from '{_quoted(folder / "kpi_values.parquet")}'
        """)
