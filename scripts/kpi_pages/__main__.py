"""Write a page per KPI and their index: `python -m scripts.kpi_pages [folder]`, target/docs/kpis unless told otherwise.

Environment: CONTACT_CENTER_BUILD_FILE and CONTACT_CENTER_FILE, as for publishing; the served file is opened read-only.
"""

import sys
from pathlib import Path

from scripts.kpi_pages.pages import write_pages
from scripts.publish import served_file
from scripts.registry import RefusedError, opened

FOLDER = Path("target/docs/kpis")


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    try:
        with opened(served_file()) as connection:
            number = write_pages(connection, folder)
    except RefusedError as refusal:
        print(f"No pages: {refusal}", file=sys.stderr)
        return 2
    print(f"Wrote {number} KPI pages; open {folder / 'index.html'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
