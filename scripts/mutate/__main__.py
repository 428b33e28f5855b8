"""Change every KPI and every component in one place at a time, and see whether a check notices: `make mutate`.

Usage: python -m scripts.mutate [--sample N] [--seed N] [--only TEXT]

    --sample N   judge that many mutants, one half of KPIs and one half of three facts, instead of all
    --seed N     which ones (default 1)
    --only TEXT  judge the mutants whose name has this text in it

KPIs are judged by the worked examples of tests/kpi_examples, components of the facts by the unit tests of their
fact, each on the SQL that dbt compiled. Mutants that no test can catch stand in tests/mutation/equivalent.yml. Each
mutant and the check that caught it go to target/mutation.csv.

Environment: CONTACT_CENTER_BUILD_FILE, the file dbt builds (default warehouse/build.duckdb), read only.
It reads what `dbt test` of the facts left in target/compiled; the make target sees to that. The exit code is 0 when no
mutant survived that is not listed, 1 when one did or the list is out of date, 2 when nothing was judged.
"""

import argparse
import csv
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb

from scripts.mutate.components import UnitTests
from scripts.mutate.equivalents import Equivalents
from scripts.mutate.kpis import Examples
from scripts.mutate.mutants import BrokenMutantError, Judge, MutationError
from scripts.publish import build_file

TARGET = Path("target")
REPORT = TARGET / "mutation.csv"
FACTS_OF_A_SAMPLE = 3
CAUGHT, SURVIVED, EQUIVALENT, BROKEN = "caught", "survived", "equivalent", "no SQL"


def main() -> int:
    arguments = parsed_arguments()
    began = time.monotonic()
    try:
        equivalents = Equivalents.read()
        verdicts = list(written(judged(chosen(arguments), equivalents)))
    except MutationError as error:
        print(error, file=sys.stderr)
        return 2
    print_table(verdicts)
    everything = not (arguments.sample or arguments.only)
    caught = {name: verdict == CAUGHT for _, name, verdict, _ in verdicts}
    complaints = list(equivalents.out_of_date(caught, everything))
    survivors = [name for _, name, verdict, _ in verdicts if verdict == SURVIVED]
    for line in [*told(survivors), *complaints]:
        print(line)
    counts = Counter(verdict for _, _, verdict, _ in verdicts)
    total = counts[CAUGHT] + counts[SURVIVED]
    print(
        f"{counts[CAUGHT]:,} of {total:,} mutants caught, {percent(counts[CAUGHT], total)}, "
        f"in {time.monotonic() - began:.0f} s; {REPORT} says by what."
    )
    return 1 if survivors or complaints else 0


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.mutate", description=__doc__.split("\n")[0])
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    return parser.parse_args()


def chosen(arguments) -> list[tuple[str, str, Judge]]:
    """File, name and judge of each mutant that was asked for."""
    build = build_file()
    if not build.is_file():
        raise MutationError(f"{build} does not exist: run make build first.")
    with duckdb.connect(build, read_only=True) as warehouse:
        examples = Examples(warehouse)
    examples.check()
    lots = random.Random(arguments.seed)
    components = examples.components()
    if arguments.sample:
        components = {fact: components[fact] for fact in lots.sample(sorted(components), FACTS_OF_A_SAMPLE)}
    unit_tests = UnitTests(TARGET, components)
    if unit_tests.without_tests():
        raise MutationError(
            f"No unit test of {', '.join(unit_tests.without_tests())}: nothing could judge its mutants."
        )
    of_kpis = [(f"macros/kpis/{examples.family_of(name)}.sql", name, judge) for name, judge in examples.mutants()]
    of_facts = [(f"models/marts/facts/{name.split('.')[0]}.sql", name, judge) for name, judge in unit_tests.mutants()]
    if arguments.sample:
        half = arguments.sample // 2
        of_kpis = lots.sample(of_kpis, min(half, len(of_kpis)))
        of_facts = lots.sample(of_facts, min(arguments.sample - half, len(of_facts)))
    found = [mutant for mutant in of_kpis + of_facts if arguments.only in mutant[1]]
    if not found:
        raise MutationError(
            f"No mutant's name has {arguments.only!r} in it. A run of all writes them to target/mutation.csv."
        )
    return found


def judged(mutants, equivalents) -> Iterator[tuple[str, str, str, str]]:
    """File, name, verdict and the check that caught it. Shows how far it is."""
    shown = sys.stderr.isatty()
    for place, (file, name, judge) in enumerate(mutants, start=1):
        if shown and (place % 20 == 0 or place == len(mutants)):
            print(f"\r{place:,} of {len(mutants):,} mutants", end="", file=sys.stderr)
            print(end="\n" if place == len(mutants) else "", file=sys.stderr)
        try:
            check = judge()
        except BrokenMutantError:
            yield file, name, BROKEN, ""
            continue
        if check:
            yield file, name, CAUGHT, check
        else:
            yield file, name, EQUIVALENT if name in equivalents.names else SURVIVED, ""


def written(verdicts):
    """Hands them on; a run that is stopped leaves what it knew."""
    with REPORT.open("w", encoding="utf-8", newline="", buffering=1) as file:
        lines = csv.writer(file)
        lines.writerow(["file", "mutant", "verdict", "caught_by"])
        for verdict in verdicts:
            lines.writerow(verdict)
            yield verdict


def print_table(verdicts):
    counts = Counter((file, verdict) for file, _, verdict, _ in verdicts)
    files = sorted({file for file, _ in counts})
    columns = [CAUGHT, SURVIVED, EQUIVALENT, BROKEN]
    width = max(map(len, files))
    print(f"{'':<{width}}", *(f"{column:>10}" for column in [*columns, "share"]))
    for file in files:
        share = percent(counts[file, CAUGHT], counts[file, CAUGHT] + counts[file, SURVIVED])
        print(f"{file:<{width}}", *(f"{counts[file, column]:>10,}" for column in columns), f"{share:>10}")
    print()


def percent(part: int, whole: int) -> str:
    """Rounded down: all but one of ten thousand is not all."""
    return f"{part * 1000 // whole / 10} %" if whole else "-"


def told(survivors: list[str]) -> Iterator[str]:
    if survivors:
        yield "No check noticed:"
        yield from (f"  {name}" for name in survivors)
        yield "Write an example or a unit test that does, and see: make mutate ONLY='<some of its name>'."
        yield "If it cannot change any number, list it with the reason in tests/mutation/equivalent.yml."
        yield ""


if __name__ == "__main__":
    sys.exit(main())
