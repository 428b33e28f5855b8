"""Write the start page of the documentation, target/docs/index.html: `python -m scripts.docs_start` (in `make docs`).

It links what lies beside it: tables and lineage (dbt/), a page per KPI (kpis/) and results of data quality (quality/,
once `make quality` has left them), and tells from the served file what became of the landed rows.

Environment: CONTACT_CENTER_BUILD_FILE and CONTACT_CENTER_FILE, as for publishing; the served file is opened read-only.
The exit code is 2 when there is no served file.
"""

import sys
from pathlib import Path

import duckdb

from scripts.page_templates import page_templates
from scripts.publish import served_file
from scripts.registry import RefusedError, opened, records

FOLDER = Path("target/docs")
# What is linked, if it is there: page, title, what one finds.
PARTS = (
    ("kpis/index.html", "KPIs", "What each KPI means, its values, targets, worked examples and SQL."),
    ("dbt/index.html", "Tables and columns", "Every model with its columns, tests and SQL."),
    ("dbt/index.html#!/overview?g_v=1", "Lineage", "From landed files to reports, as a graph."),
    ("quality/index.html", "Data quality", "Each expectation of the landed rows and the KPIs, and how it came out."),
)
ROWS = """
    select
        source_system,
        count(*) as tables,
        sum(rows_in) as rows_in,
        sum(rows_used) as rows_used,
        sum(rows_quarantined) as rows_quarantined,
        sum(rows_dropped) as rows_dropped,
        sum(rows_duplicate) as rows_duplicate
    from meta.row_accounting
    group by source_system
    order by source_system
"""


def write_start(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Titles of the parts that the page links."""
    parts = [part for part in PARTS if (folder / part[0].partition("#")[0]).is_file()]
    html = page_templates().get_template("start.html").render(parts=parts, sources=records(connection.execute(ROWS)))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, encoding="utf-8")
    return [title for _, title, _ in parts]


def main() -> int:
    try:
        with opened(served_file()) as connection:
            titles = write_start(connection, FOLDER)
    except RefusedError as refusal:
        print(f"No start page: {refusal}", file=sys.stderr)
        return 2
    print(f"Open {FOLDER / 'index.html'}: {', '.join(titles)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
