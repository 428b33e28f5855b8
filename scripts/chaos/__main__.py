"""Damage valid landing files in seeded ways and build from them: every row is used or kept, or the build is stopped.

    python -m scripts.chaos [--cases 60] [--seed 1] [--sources asterisk,zendesk] [--case asterisk-17] [--folder ...]

Each case is one damage to the example files of one source (tests/sources). What would stop a build is looked for
first; the other cases land side by side as instances and are built in this process, all models of their source up to
its entities. Then a case must hold: every line of its files is a row with a fate; rows in quarantine change nothing (a
second build without them gives the same entities); a damaged line changes no contact that it does not name; entities
keep to their contracts. A build that fails is halved until the case is found.

Exit code 1 when a case breaks a rule, 2 when there is nothing to run.
"""

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from pathlib import Path

from scripts.chaos import verdicts
from scripts.chaos.builds import Builder, Failed
from scripts.chaos.cases import DAMAGES, SOURCES, WHOLE, Case, look, make, whole, without_lines

# More instances than these make SQL that takes longer than two builds.
SIDE_BY_SIDE = 40


class Run:
    def __init__(self, folder: Path, sources: list[str]):
        self.folder = folder
        self.builder = Builder(folder, sources)
        self.problems: dict[str, list[str]] = defaultdict(list)
        self.fates: dict[tuple[str, str], Counter] = defaultdict(Counter)
        self.counts = Counter()
        self.stopped: dict[str, tuple[Case, str]] = {}

    def try_all(self, source: str, cases: list[Case]) -> None:
        """What becomes of cases of one source."""
        landed = {}
        for case in cases:
            files = self.landed_files(case)
            if files is not None:
                landed[case.instance] = case, files
        built = self.build(source, [case for case, _ in landed.values()])
        twins = []
        for instance, (case, files) in landed.items():
            if instance not in built:
                continue
            result = built[instance]
            found = verdicts.lost_rows(case, files, result) + verdicts.wrong_fates(result) + sorted(result.breaches)
            if case.touched:
                found += verdicts.strange_contacts(case, result, built[WHOLE])
                self.counts["compared with the undamaged example"] += 1
            self.problems[case.name] += found
            self.fates[case.damage, source].update(fate for rows in result.rows.values() for _, _, fate, *_ in rows)
            if lines := verdicts.quarantined_lines(case, result):
                headers = {file.name.partition("/")[2]: int(file.has_header) for file in files}
                twins.append(without_lines(case, lines, headers))
        self.compare_twins(source, twins, built)

    def landed_files(self, case: Case):
        """Its files as a build reads them; none where it would stop."""
        self.counts["cases"] += 1
        root = self.folder / "alone"
        shutil.rmtree(root, ignore_errors=True)
        try:
            stops, files = look(case, root)
        except Exception:
            self.problems[case.name].append(f"no sentence but a traceback:\n{traceback.format_exc(limit=-3)}")
            return None
        if stops:
            self.problems[case.name] += verdicts.wrong_stops(stops)
            self.fates[case.damage, case.source]["stopped"] += 1
            self.counts["stopped"] += 1
            self.stopped.setdefault(case.source, (case, stops[0]))
            return None
        return files

    def build(self, source: str, cases: list[Case]):
        """What each case became; where a build fails, it is halved until the case that fails it is alone."""
        try:
            self.counts["builds"] += 1
            return self.builder.build(source, [whole(source), *cases])
        except Failed as failed:
            if not cases:
                raise
            if len(cases) == 1:
                self.problems[cases[0].name].append(f"the build fails: {str(failed)[:1500]}")
                return {}
        half = len(cases) // 2
        if not self.counts["halved"]:
            # Where the examples themselves do not build, no case is to blame.
            self.build(source, [])
        self.counts["halved"] += 1
        return self.build(source, cases[:half]) | self.build(source, cases[half:])

    def compare_twins(self, source: str, twins: list[Case], built) -> None:
        if not twins:
            return
        without = self.build(source, twins)
        for twin in twins:
            if twin.instance in without:
                self.counts["compared with a build without quarantined rows"] += 1
                self.problems[twin.name] += verdicts.differing_entities(built[twin.instance], without[twin.instance])

    def confirm_stops(self) -> None:
        """A build of dbt stops with the sentence, before it writes anything: once per source."""
        for source, (case, sentence) in self.stopped.items():
            outcome = self.builder.run(source, [case])
            results = getattr(outcome.result, "results", [])
            said = " ".join([str(outcome.exception), *(str(result.message) for result in results)])
            sentence = sentence.replace(str(self.folder / "alone"), str(self.folder / "landing"))
            if outcome.success or " ".join(sentence.split()) not in " ".join(said.split()):
                self.problems[case.name].append(f"dbt does not stop with {sentence!r} but says {said[:600]!r}")
            if self.builder.tables(self.builder.file) != self.builder.tables(self.builder.seeded):
                self.problems[case.name].append("the build wrote tables before it stopped")
            self.counts["stops confirmed by dbt"] += 1


def table(fates: dict[tuple[str, str], Counter]) -> str:
    """What became of the rows, by damage and source: used/quarantined/dropped/duplicate, or how often it stopped."""
    sources = sorted({source for _, source in fates})
    lines = [["damage", *sources]]
    for damage in DAMAGES:
        cells = []
        for source in sources:
            fate = fates.get((damage.__name__, source), {})
            rows = "/".join(str(fate[name]) for name in verdicts.FATES) if any(map(fate.get, verdicts.FATES)) else ""
            stops = f"stopped {fate['stopped']}" if fate and fate["stopped"] else ""
            cells.append(" ".join(filter(None, [rows, stops])) or "-")
        if set(cells) != {"-"}:
            lines.append([damage.__name__.replace("_", " "), *cells])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def run_cases(folder: Path, sources: list[str], seed: int, count: int, number: int | None, began: float) -> Run:
    """Try so many cases, shared among the sources, or one by its number."""
    run = Run(folder, sources)
    for place, source in enumerate(sources):
        share = (count + len(sources) - 1 - place) // len(sources)
        cases = [make(seed, source, each) for each in ([number] if number else range(1, share + 1))]
        for first in range(0, len(cases), SIDE_BY_SIDE):
            run.try_all(source, cases[first : first + SIDE_BY_SIDE])
            done = f"{source}: {min(first + SIDE_BY_SIDE, len(cases))} of {len(cases)} cases"
            print(f"{done} after {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    run.confirm_stops()
    return run


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts.chaos", description="Damage landing files and build from them.")
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", default="")
    parser.add_argument("--case", default="", help="one case alone, such as asterisk-17")
    parser.add_argument("--folder", type=Path, help="where to build; kept afterwards")
    asked = parser.parse_args(arguments)
    source_of_case, _, number = asked.case.rpartition("-")
    sources = [source_of_case] if asked.case else [name for name in asked.sources.split(",") if name] or SOURCES
    if asked.case and not number.isdigit():
        print(f"{asked.case} is no case: write a source and a number, as asterisk-17.", file=sys.stderr)
        return 2
    if unknown := [source for source in sources if source not in SOURCES]:
        print(f"There is no example of {', '.join(unknown)}: choose from {', '.join(SOURCES)}.", file=sys.stderr)
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.folder or Path(temporary)).resolve()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            run = run_cases(folder, sources, asked.seed, asked.cases, int(number) if asked.case else None, began)
        except Failed as failed:
            print(f"The examples do not build as they are: {failed}", file=sys.stderr)
            return 2
    print("Rows used/quarantined/dropped/duplicate, or how often the build was stopped:\n")
    print(table(run.fates))
    counted = ", ".join(f"{count} {what}" for what, count in run.counts.items())
    print(f"\n{counted}, in {time.monotonic() - began:.0f} s, with seed {asked.seed}.")
    broken = {name: problems for name, problems in run.problems.items() if problems}
    for name, problems in broken.items():
        print(f"\n{name} breaks a rule. Run it again: make chaos SEED={asked.seed} CASE={name}")
        source, _, number = name.rpartition("-")
        if number.isdigit() and source in SOURCES:
            case = make(asked.seed, source, int(number))
            print(f"  {case.damage} in {case.file}")
        print("\n".join(f"  {problem}" for problem in problems[:6]))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
