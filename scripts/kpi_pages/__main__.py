"""Write a page per KPI and their index: `python -m scripts.kpi_pages [folder]`, target/docs/kpis unless told otherwise.

Environment: CONTACT_CENTER_BUILD_FILE and CONTACT_CENTER_FILE, as for publishing; the served file is opened read-only.
"""

import sys
from pathlib import Path

import duckdb

from scripts.kpi_pages.pages import write_pages
from scripts.publish import served_file

FOLDER = Path("target/docs/kpis")


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    served = served_file()
    if not served.is_file():
        print(f"There is no {served}: run `make build` first.", file=sys.stderr)
        return 2
    with duckdb.connect(served, read_only=True) as connection:
        number = write_pages(connection, folder)
    print(f"Wrote {number} KPI pages; open {folder / 'index.html'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
