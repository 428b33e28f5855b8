"""Write what was measured into docs/performance.md: a section per size, which a run of that size replaces.

Each section carries its figures as a comment, from which the page is written anew: words of this file change the whole
page, a run changes its own section and what others say in comparison with it.
"""

import json
import re
import textwrap
import time
from pathlib import Path

import duckdb

HEAD = Path(__file__).with_name("report_head.md")
NAMES = {
    "full_build": "full build",
    "tests": "its tests",
    "publishing": "publishing",
    "next_day": "one more day",
    "late_day": "one late day",
    "by_hand": "by hand",
    "postgres": "PostgreSQL",
    "polars": "polars",
}
DATA = re.compile(r"<!-- figures (\{.*\}) -->")


def time_reports(file: Path) -> dict[str, float]:
    """Milliseconds until each table or view of the schema reports has answered, read by a client of its own."""
    with duckdb.connect(file, read_only=True) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "select table_name from information_schema.tables where table_schema = 'reports' order by table_name"
            ).fetchall()
        ]
        milliseconds = {}
        for name in names:
            started = time.perf_counter()
            connection.execute(f"from reports.{name}").fetchmany(1_000)
            milliseconds[name] = (time.perf_counter() - started) * 1_000
        return milliseconds


def write(page: Path, results: dict) -> None:
    """Put the figures into the page; those of other sizes stay as they are."""
    known = read(page)
    known[results["contacts"], results["years"]] = results
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join([HEAD.read_text(), *(section(known[key], known) for key in sorted(known))]))


def read(page: Path) -> dict[tuple[int, int], dict]:
    if not page.exists():
        return {}
    found = [json.loads(text) for text in DATA.findall(page.read_text())]
    return {(results["contacts"], results["years"]): results for results in found}


def section(results: dict, known: dict) -> str:
    contacts, years = results["contacts"], results["years"]
    title = f"## {contacts:,} contacts" + (f" a year, {years} years" if years > 1 else "")
    landing, runs = results["landing"], results["runs"]
    total = contacts * years
    lines = [
        title,
        "",
        wrapped(f"Measured on {results['date']}: {results['machine']}."),
        "",
        wrapped(
            f"Landing: {landing['rows']:,} rows, {landing['bytes'] / 1e6:,.0f} MB of Parquet, written at"
            f" {total / landing['seconds']:,.0f} contacts per second."
            f" Disk announced: {results['disk_announced'] / 1e9:,.1f} GB."
        ),
        "",
        "| run | wall s | SQL s | CPU s | memory GB | file MB | disk GB at most |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, label in NAMES.items():
        if name in runs:
            cost, parts = runs[name], runs[name]["parts"]
            file = f"{parts['file'] / 1e6:,.0f}" if "file" in parts else "-"
            sql = f"{parts['sql_seconds']:,.1f}" if "sql_seconds" in parts else "-"
            lines.append(
                f"| {label} | {cost['seconds']:,.1f} | {sql} | {cost['cpu_seconds']:,.1f} | {cost['memory'] / 1e9:.2f}"
                f" | {file} | {cost['disk'] / 1e9:.1f} |"
            )
    lines += ["", *_notes(results), "| target | measured | met |", "|---|---|---|"]
    lines += [
        f"| {target} | {measured} | {'yes' if met else 'no'} |" for target, measured, met in targets(results, known)
    ]
    slowest = runs["full_build"]["parts"]["slowest"][:10]
    listed = ", ".join(f"{node.split('.')[-1]} {seconds:,.1f}" for node, seconds in slowest)
    lines += [
        "",
        wrapped(f"Slowest of the full build, in s: {listed}."),
        "",
        f"<!-- figures {json.dumps(results)} -->",
        "",
    ]
    return "\n".join(lines)


def wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, 120, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _notes(results: dict) -> list[str]:
    notes = []
    for name in ("full_build", "next_day"):
        if "nodes_seconds" in results["runs"].get(name, {}).get("parts", {}):
            parts = results["runs"][name]["parts"]
            notes.append(
                f"- {NAMES[name]}: dbt's start, parsing and compiling {parts['start_seconds']:,.1f} s, SQL"
                f" {parts['sql_seconds']:,.1f} s; in {parts['core_seconds']:,.1f} s of that the marts and KPIs compared"
                f" below, or what they are made from, were at work. All nodes one after another:"
                f" {parts['nodes_seconds']:,.1f} s."
            )
    for name, words in results["compared"].items():
        verb = "equal in" if name in results["runs"] else ""
        notes.append(f"- {NAMES[name]}: {verb} {words}.".replace(":  ", ": "))
    if "postgres" in results["runs"]:
        parts = results["runs"]["postgres"]["parts"]
        notes.append(
            f"- PostgreSQL took {parts['load_seconds']:,.1f} s to load and {parts['sql_seconds']:,.1f} s for its SQL."
        )
    for name, milliseconds in results.get("reports", {}).items():
        notes.append(f"- {name} answered in {milliseconds:.0f} ms.")
    return [*(wrapped(note, "  ") for note in notes), ""] if notes else []


def targets(results: dict, known: dict) -> list[tuple[str, str, bool]]:
    """What was asked for at this size, what was measured, and whether that is enough."""
    contacts, years, runs = results["contacts"], results["years"], results["runs"]
    landing, build = results["landing"], results["runs"]["full_build"]
    found = []

    def judge(target: str, measured: str, met: bool) -> None:
        found.append((target, measured, met))

    per_second = contacts * years / landing["seconds"]
    judge("over 1 million contacts per second generated", f"{per_second / 1e6:.2f} million", per_second > 1e6)
    if "by_hand" in runs:
        times = build["seconds"] / runs["by_hand"]["seconds"]
        judge("full build within 2 times by hand", f"{times:.1f} times", times <= 2)
    memory = build["memory"] / 2**30
    judge("full build under 12 GiB", f"{memory:.1f} GiB", memory < 12)
    largest = max(cost["disk"] for cost in runs.values()) + landing["bytes"]
    judge("no more disk than was announced", f"{largest / 1e9:.1f} GB", largest <= results["disk_announced"])
    if contacts >= 100_000_000 and (10_000_000, 1) in known:
        ten = known[10_000_000, 1]["runs"]["full_build"]["seconds"] / 10_000_000
        times = build["seconds"] / contacts / ten
        judge("cost per contact at most 1.3 times that of 10 million", f"{times:.2f} times", times <= 1.3)
    if "next_day" in runs:
        seconds = runs["next_day"]["parts"]["sql_seconds"]
        judge("one more day within 5 s of SQL", f"{seconds:.1f} s", seconds <= 5)
        if years > 1 and (contacts, 1) in known:
            times = seconds / known[contacts, 1]["runs"]["next_day"]["parts"]["sql_seconds"]
            judge("one more day no more expensive than on top of one year", f"{times:.2f} times", times <= 1.1)
    if "postgres" in runs:
        times = runs["postgres"]["seconds"] / build["seconds"]
        judge("10 times faster than PostgreSQL", f"{times:.1f} times", times >= 10)
    elif "postgres" in results["gave_up"]:
        times = results["gave_up"]["postgres"] / build["seconds"]
        judge("10 times faster than PostgreSQL", f"more than {times:.1f} times", times >= 10)
    if results.get("reports"):
        slowest = max(results["reports"].values())
        judge("reports under 100 ms", f"{slowest:.0f} ms", slowest < 100)
    return found
