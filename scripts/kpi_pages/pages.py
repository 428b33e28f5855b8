"""Gather what the served file and the worked examples say of each KPI, and render it."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import yaml
from markupsafe import Markup

from scripts.kpi import BETTER, FOREVER, bounds, readable, scope_of
from scripts.kpi_pages.chart import Point, line_chart
from scripts.page_templates import page_templates
from scripts.registry import records

EXAMPLES = Path(__file__).parents[2] / "tests" / "kpi_examples"
# A year and the month to compare with.
SHOWN_MONTHS = 13


def write_pages(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    kpis = registry(connection)
    templates = page_templates()
    templates.filters["readable"] = readable
    templates.filters["month"] = "{:%Y-%m}".format
    templates.filters["words"] = lambda name: name.replace("_", " ")
    folder.mkdir(parents=True, exist_ok=True)
    # A KPI that is gone leaves no page behind.
    for page in folder.glob("*.html"):
        page.unlink()
    for kpi in kpis:
        html = templates.get_template("kpi.html").render(kpi=kpi)
        (folder / f"{kpi['kpi_name']}.html").write_text(html, encoding="utf-8")
    families = defaultdict(list)
    for kpi in kpis:
        families[kpi["family"]].append(kpi)
    html = templates.get_template("index.html").render(families=families)
    (folder / "index.html").write_text(html, encoding="utf-8")
    return len(kpis)


def registry(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every KPI with all that its page shows."""
    dimensions = grouped(connection, "select * from marts.dim_kpi_dimension order by not is_valid, dimension_name")
    targets = grouped(
        connection,
        "select * from marts.dim_kpi_target"
        " order by target_kind desc, queue_name, channel_name, contact_reason_name, valid_from, source_name",
    )
    months = grouped(connection, "select * from kpis.kpi_monthly order by month_start_date")
    days = grouped(connection, "select * from kpis.kpi_daily order by kpi_date")
    # The channel in which most is known speaks for a KPI that mixes badly over channels.
    main_channel = grouped(
        connection,
        """
        select *
        from kpis.kpi_daily_by_channel
        inner join (
            select kpi_name, arg_max(channel_key, observations) as channel_key
            from (
                select kpi_name, channel_key, sum(observation_count) as observations
                from kpis.kpi_daily_by_channel
                group by all
            )
            group by kpi_name
        ) using (kpi_name, channel_key)
        order by kpi_date
        """,
    )
    channels = grouped(
        connection,
        "select * from kpis.kpi_monthly_by_channel where value is not null"
        " order by month_start_date desc, channel_name",
    )
    last_day = max((row["kpi_date"] for rows_of_kpi in days.values() for row in rows_of_kpi), default=None)
    examples = examples_by_kpi()
    kpis = records(connection.execute("select * from marts.dim_kpi order by family, tier, kpi_name"))
    for kpi in kpis:
        name = kpi["kpi_name"]
        scope, points = "the whole center", days.get(name) or months.get(name, [])
        if main_channel.get(name) and is_by_channel(kpi, points):
            points = main_channel[name]
            scope = points[0]["channel_name"]
        kpi |= {
            "better": BETTER[kpi["direction"]],
            "dimensions": dimensions.get(name, []),
            "targets": [target | told_of(target, kpi) for target in targets.get(name, [])],
            "month": month_to_show(months.get(name, []), last_day if name in days else None),
            "channels": of_last_months(channels.get(name, [])),
            "examples": examples.get(name, []),
            "variants": [other for other in kpis if other["variant_of"] == name],
            # Seconds of a call and of a mail have no mean that says anything.
            "is_mixed": kpi["unit"] == "seconds" and len({row["channel_name"] for row in channels.get(name, [])}) > 1,
            "scope": scope,
            "has_target": has_target(points),
            "chart": chart_of(points, kpi["unit"]),
        }
    return kpis


def is_by_channel(kpi: dict[str, Any], points: list[dict[str, Any]]) -> bool:
    """Whether one channel shows more than the center: of times, and of KPIs whose targets channels have."""
    return kpi["unit"] == "seconds" or not has_target(points)


def has_target(points: list[dict[str, Any]]) -> bool:
    return any(point["target_low"] is not None or point["target_high"] is not None for point in points)


def chart_of(points: list[dict[str, Any]], unit: str) -> Markup:
    drawn = [Point(point_date(point), point["value"], point["target_low"], point["target_high"]) for point in points]
    return line_chart(drawn, lambda value: readable(value, unit))


def month_to_show(months: list[dict[str, Any]], last_day: date | None) -> dict[str, Any] | None:
    """The last month that is over, of a KPI with days; the last one of another, or where none is over."""
    if last_day:
        # The day after the last one is in a month that is not over.
        going_on = (last_day + timedelta(days=1)).replace(day=1)
        months = [month for month in months if month["month_start_date"] < going_on] or months
    return months[-1] if months else None


def of_last_months(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = sorted({row["month_start_date"] for row in rows})[-SHOWN_MONTHS:]
    return [row for row in rows if row["month_start_date"] in shown]


def examples_by_kpi() -> dict[str, list[dict[str, Any]]]:
    examples = defaultdict(list)
    for file in sorted(EXAMPLES.glob("*.yml")):
        for example in yaml.safe_load(file.read_text(encoding="utf-8")):
            for kpi, expected in example["expect"].items():
                table = list(csv.reader(StringIO(example["rows"])))
                examples[kpi].append(
                    {
                        "title": example["name"].replace("_", " ").capitalize(),
                        "description": example["description"],
                        "header": table[0],
                        "rows": table[1:],
                        "parameters": example.get("with", {}),
                        "expected": expected_text(expected),
                    }
                )
    return examples


def expected_text(expected: Any) -> str:
    if expected is None:
        return "NULL"
    if isinstance(expected, dict):
        return ", ".join(f"{part} {expected_text(value)}" for part, value in expected.items())
    return str(expected)


def told_of(target: dict[str, Any], kpi: dict[str, Any]) -> dict[str, Any]:
    until = target["valid_to"]
    return {
        "bounds": bounds(target["target_low"], target["target_high"], kpi["unit"]),
        "scope": scope_of(target["queue_name"], target["channel_name"], target["contact_reason_name"]),
        "last_day": None if until == FOREVER else until - timedelta(days=1),
    }


def point_date(point: dict[str, Any]) -> date:
    return point.get("kpi_date") or point["month_start_date"]


def grouped(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, list[dict[str, Any]]]:
    groups = defaultdict(list)
    for row in records(connection.execute(sql)):
        groups[row["kpi_name"]].append(row)
    return groups
