"""Say what a change does to the KPIs: `python -m scripts.metric_diff <git ref>` (`make metric-diff BASE=<git ref>`).

Builds the sample as the commit where the working tree left the ref defines it, and as the working tree does, from
the same landed rows, and compares definitions and numbers. The Markdown goes to standard output, progress to standard
error; both files stay: target/metric_diff/report.md and report.json. docs/metric-diff.md says how to read them.

The exit code is 0 when nothing moved or everything was declared, 1 when something was not, 2 when nothing could be
compared. No environment variable is read, and none that names a file or a secret of the warehouse reaches the builds.
"""

import argparse
import json
import sys
from datetime import date

from scripts.metric_diff.building import FOLDER, NotComparedError, base_of, build_both
from scripts.metric_diff.compare import compare
from scripts.metric_diff.declared import read_declarations
from scripts.metric_diff.report import Comparison, as_json, markdown
from scripts.metric_diff.rules import Judgment


def compared(ref: str) -> Comparison:
    base = base_of(ref)
    declarations = read_declarations(base.changed_files)
    if base.is_built_alike:
        return Comparison(base.label, "the working tree", Judgment(), was_built=False)
    return compare(*build_both(base), declarations, date.today(), base.has_other_rows)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.metric_diff", description=__doc__.splitlines()[0])
    parser.add_argument("base", help="git ref to compare with, such as main")
    try:
        comparison = compared(parser.parse_args(arguments).base)
    except NotComparedError as error:
        print(f"Metrics were not compared: {error}.", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = markdown(comparison)
    (FOLDER / "report.md").write_text(text, encoding="utf-8")
    (FOLDER / "report.json").write_text(json.dumps(as_json(comparison), indent=2, default=str) + "\n", encoding="utf-8")
    print(text, end="")
    return comparison.judgment.exit_code


if __name__ == "__main__":
    sys.exit(main())
