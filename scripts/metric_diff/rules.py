"""Whether a change may be merged: the verdict, and every reason for it."""

from dataclasses import dataclass, field
from datetime import date

from scripts.metric_diff.declared import Declaration, is_named
from scripts.metric_diff.definitions import DefinitionChange, Kpi
from scripts.metric_diff.numbers import Numbers
from scripts.metric_diff.tables import ColumnChange, TableDifference
from scripts.registry import listed

BREAKING = "BREAKING"
NEEDS_VERSION = "NEEDS VERSION BUMP"
MOVED = "VALUE MOVED WITHOUT DEFINITION CHANGE"
BEYOND = "VALUE MOVED BEYOND ITS DECLARATION"
DECLARED = "DECLARED"
SAME = "SAME"
# The gravest one is the verdict.
VERDICTS = (BREAKING, NEEDS_VERSION, MOVED, BEYOND, DECLARED, SAME)


@dataclass
class Finding:
    verdict: str
    about: str
    text: str


@dataclass
class Judgment:
    findings: list[Finding] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        return min((finding.verdict for finding in self.findings), key=VERDICTS.index, default=SAME)

    @property
    def exit_code(self) -> int:
        return 0 if self.verdict in (SAME, DECLARED) else 1

    def add(self, verdict: str, about: str, text: str) -> None:
        self.findings.append(Finding(verdict, about, text))


def judge(
    base: dict[str, Kpi],
    head: dict[str, Kpi],
    changes: list[DefinitionChange],
    numbers: Numbers,
    lost: list[ColumnChange],
    tables: list[TableDifference],
    declarations: list[Declaration],
    changelog: list[str],
    today: date,
) -> Judgment:
    judgment = Judgment()
    for kpi in sorted(base.keys() - head.keys()):
        judge_removal(base[kpi], changelog, today, judgment)
    for column in lost:
        judge_lost(column, declarations, judgment)
    by_kpi = {change.kpi: change for change in changes}
    for change in changes:
        judge_definition(change, declarations, changelog, judgment)
    for kpi, found in sorted(numbers.moved.items()):
        if kpi in base and kpi in head:
            judge_moves(kpi, found, by_kpi.get(kpi), declarations, changelog, judgment)
    for table in tables:
        judge_table(table, numbers, declarations, judgment)
    judgment.findings.sort(key=lambda finding: (VERDICTS.index(finding.verdict), finding.about))
    return judgment


def judge_removal(kpi: Kpi, changelog: list[str], today: date, judgment: Judgment) -> None:
    until = (kpi.deprecated or {}).get("until")
    if until is None:
        judgment.add(BREAKING, kpi.name, "removed and was not deprecated; give its registry entry `deprecated` first.")
    elif date.fromisoformat(str(until)) >= today:
        judgment.add(BREAKING, kpi.name, f"removed before its deprecation ends on {until}.")
    elif not is_named(kpi.name, changelog):
        judgment.add(BREAKING, kpi.name, "removed, and CHANGELOG.md has no new row that names it.")
    else:
        judgment.add(DECLARED, kpi.name, f"removed after its deprecation ended on {until}.")


def judge_lost(column: ColumnChange, declarations: list[Declaration], judgment: Judgment) -> None:
    text = "gone" if column.new is None else f"was {column.old} and is {column.new}"
    by = next((declaration for declaration in declarations if column.column in declaration.breaking), None)
    if by:
        judgment.add(DECLARED, column.column, f"{text}; {by.file}: {by.reason}")
    else:
        judgment.add(BREAKING, column.column, f"{text}.")


def judge_gone(about: str, text: str, declarations: list[Declaration], judgment: Judgment) -> None:
    """What nobody can ask any more breaks, unless it was declared."""
    is_declared = any(about in declaration.breaking for declaration in declarations)
    judgment.add(DECLARED if is_declared else BREAKING, about, text)


def judge_definition(
    change: DefinitionChange, declarations: list[Declaration], changelog: list[str], judgment: Judgment
) -> None:
    for item in change.no_longer:
        judge_gone(f"{change.kpi} by {item}", "can no longer be asked.", declarations, judgment)
    if change.new.version < change.old.version:
        judgment.add(NEEDS_VERSION, change.kpi, f"went back from version {change.old.version} to {change.new.version}.")
    elif change.definition:
        fields = ", ".join(each.field for each in change.definition)
        lacks = lacking(change, changelog)
        if lacks:
            judgment.add(NEEDS_VERSION, change.kpi, f"another definition ({fields}), but {listed(lacks, 'and')}.")
        else:
            judgment.add(DECLARED, change.kpi, f"another definition ({fields}), version {change.new.version}.")


def lacking(change: DefinitionChange, changelog: list[str]) -> list[str]:
    """What a new version lacks."""
    lacks = []
    if not change.has_new_version:
        lacks.append(f"`version` is still {change.new.version}")
    if change.new.effective_date <= change.old.effective_date:
        lacks.append(f"`effective_date` is still {change.new.effective_date}")
    if not is_named(change.kpi, changelog):
        lacks.append("CHANGELOG.md has no new row that names it")
    return lacks


def judge_moves(kpi, found, change, declarations, changelog, judgment: Judgment) -> None:
    for table in found.vanished_from:
        judge_gone(f"{kpi} in {table}", "no longer there.", declarations, judgment)
    if not found.moves:
        return
    values = f"{len(found.moves):,} value{'s' if len(found.moves) > 1 else ''} moved"
    by = [declaration for declaration in declarations if kpi in declaration.kpis]
    if by:
        refused = [(move, reason) for move in found.moves if (reason := refusal(by, move))]
        if refused:
            move, reason = refused[0]
            where = " ".join(filter(None, [move.place, move.period, move.member]))
            judgment.add(BEYOND, kpi, f"{values}, {len(refused):,} not as {by[0].file} says; {where} {reason}.")
        else:
            judgment.add(DECLARED, kpi, f"{values} as {by[0].file} says: {by[0].reason}")
    elif change and change.has_new_version:
        lacks = lacking(change, changelog)
        if not lacks:
            judgment.add(DECLARED, kpi, f"{values} with version {change.new.version}.")
        elif not change.definition:
            judgment.add(NEEDS_VERSION, kpi, f"{values} with version {change.new.version}, but {listed(lacks, 'and')}.")
    elif not (change and change.definition):
        judgment.add(MOVED, kpi, f"{values}.")


def judge_table(table: TableDifference, numbers: Numbers, declarations: list[Declaration], judgment: Judgment) -> None:
    """A report follows the KPIs that moved; one that moves alone is judged."""
    by = next((declaration for declaration in declarations if table.table in declaration.tables), None)
    if by:
        judgment.add(DECLARED, table.table, f"other rows; {by.file}: {by.reason}")
    elif not any(found.moves for found in numbers.moved.values()):
        judgment.add(MOVED, table.table, "other rows, and no KPI moved.")


def refusal(declarations: list[Declaration], move) -> str | None:
    """Why no declaration has the move; None when one has."""
    refusals = [declaration.refusal(move) for declaration in declarations]
    return None if None in refusals else refusals[0]
