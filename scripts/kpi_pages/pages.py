"""Gather what the served file and the worked examples say of each KPI, and render it."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scripts.kpi import bounds, readable
from scripts.kpi_pages.chart import line_chart

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "tests" / "kpi_examples"
DIRECTIONS = {"up": "higher is better", "down": "lower is better", "band": "best within a band", "none": "neither"}


def write_pages(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    kpis = registry(connection)
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    templates.filters["readable"] = readable
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
    examples = examples_by_kpi()
    kpis = rows(connection, "select * from marts.dim_kpi order by family, tier, kpi_name")
    for kpi in kpis:
        name = kpi["kpi_name"]
        scope, points = "the whole center", days.get(name) or months.get(name, [])
        if main_channel.get(name) and is_by_channel(kpi, points):
            points = main_channel[name]
            scope = points[0]["channel_name"]
        kpi |= {
            "better": DIRECTIONS[kpi["direction"]],
            "dimensions": dimensions.get(name, []),
            "targets": [target | {"bounds": target_bounds(target, kpi)} for target in targets.get(name, [])],
            "months": months.get(name, []),
            "channels": channels.get(name, []),
            "examples": examples.get(name, []),
            "variants": [other for other in kpis if other["variant_of"] == name],
            # Seconds of a call and of a mail have no mean that says anything.
            "is_mixed": kpi["unit"] == "seconds" and len({row["channel_name"] for row in channels.get(name, [])}) > 1,
            "scope": scope,
            "chart": line_chart([(point_date(point), point["value"]) for point in points], targets_of(points)),
        }
    return kpis


def is_by_channel(kpi: dict[str, Any], points: list[dict[str, Any]]) -> bool:
    """Whether one channel shows more than the center: of times, and of KPIs whose targets channels have."""
    return kpi["unit"] == "seconds" or targets_of(points) == (None, None)


def examples_by_kpi() -> dict[str, list[dict[str, Any]]]:
    examples = defaultdict(list)
    for file in sorted(EXAMPLES.glob("*.yml")):
        for example in yaml.safe_load(file.read_text(encoding="utf-8")):
            for kpi, expected in example["expect"].items():
                table = [line.split(",") for line in example["rows"].strip().splitlines()]
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


def target_bounds(target: dict[str, Any], kpi: dict[str, Any]) -> str:
    return bounds(target["target_low"], target["target_high"], kpi["unit"])


def targets_of(points: list[dict[str, Any]]) -> tuple[float | None, float | None]:
    return (points[-1]["target_low"], points[-1]["target_high"]) if points else (None, None)


def point_date(point: dict[str, Any]):
    return point.get("kpi_date") or point["month_start_date"]


def grouped(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, list[dict[str, Any]]]:
    groups = defaultdict(list)
    for row in rows(connection, sql):
        groups[row["kpi_name"]].append(row)
    return groups


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    columns = [description[0] for description in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
