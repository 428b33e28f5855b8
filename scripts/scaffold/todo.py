"""List what the scaffolds left to fill in, `TODO` and names that begin with todo_: `make todo`.

The exit code is 1 as long as something is left. No argument, no environment variable; nothing needs to be built.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

# Where scaffolds write. Elsewhere a TODO is a word like any other.
FOLDERS = (
    "macros",
    "models",
    "seeds/reference",
    "docs/sources",
    "tests/kpi_examples",
    "tests/sources",
    "dbt_project.yml",
)
SUFFIXES = {".sql", ".yml", ".md", ".csv", ".tsv"}
LEFT = re.compile(r"\bTODO\b|\btodo_\w+")


def left(root: Path) -> Iterator[str]:
    """One line per line of a file that is still to be filled in."""
    for name in FOLDERS:
        place = root / name
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.suffix in SUFFIXES and file.is_file():
                for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                    if LEFT.search(line):
                        yield f"{file.relative_to(root).as_posix()}:{number}: {line.strip()}"


def main() -> int:
    found = list(left(Path()))
    for line in found:
        print(line)
    print(f"To fill in: {len(found)} lines.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
