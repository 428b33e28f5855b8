"""A case is the example files of a source with one damage; it lands as an instance of its own beside the others."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

from scripts import landing
from scripts.chaos import parquet
from scripts.chaos.damages import FILES, FOLDERS, LINES, PAIRS, Files

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLES = PROJECT / "tests/sources"
TABLES = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]["landed_tables"]
SOURCES = sorted(folder.parent.name for folder in EXAMPLES.glob("*/landing"))
DAMAGES = [*LINES, *PAIRS, *FILES, *FOLDERS]
# Of the many tables of plain files, those that every case holds beside the one that is damaged.
ALWAYS = {"contacts", "queue_visits", "agent_legs", "contact_assessments", "contact_dispositions", "agents"}
# The instance that nothing has happened to.
WHOLE = "whole"


@dataclass(frozen=True)
class Case:
    source: str
    number: int
    damage: str
    # The file that was damaged, as it was named before.
    file: str
    files: Files
    # What a damaged line, or the document it is in, was and is; empty where more is damaged.
    touched: bytes = b""

    @property
    def instance(self) -> str:
        return f"case{self.number}" if self.number else WHOLE

    @property
    def name(self) -> str:
        return f"{self.source}-{self.number}"

    def land(self, root: Path) -> None:
        for name, content in self.files.items():
            path = root / self.source / self.instance / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def example(source: str) -> Files:
    folder = EXAMPLES / source / "landing"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def whole(source: str) -> Case:
    return Case(source, 0, "none", "", example(source))


def make(seed: int, source: str, number: int) -> Case:
    """The same for the same seed, source and number, whatever other cases there are."""
    order = Random(f"{seed}/{source}").sample(DAMAGES, len(DAMAGES))
    random = Random(f"{seed}/{source}/{number}")
    for attempt in range(10 * len(DAMAGES)):
        # Not every file has what a damage damages; after ten of them it is another damage's turn.
        damage = order[(number + attempt // 10) % len(order)]
        files = example(source)
        name = random.choice(sorted(files))
        if source == "files":
            files = {other: content for other, content in files.items() if other == name or table_of(other) in ALWAYS}
        before, touched = dict(files), b""
        if damage in LINES or damage in PAIRS:
            touched = damage_a_line(files, name, source, damage, random)
        elif damage in FILES:
            files[name] = damage(files[name], random)
        else:
            damage(files, name, random)
        if files != before:
            return Case(source, number, damage.__name__, name, files, touched)
    raise AssertionError(f"No damage changes a file of {source}.")


def table_of(name: str) -> str:
    return Path(name).name.split(".")[0]


def damage_a_line(files: Files, name: str, source: str, damage, random: Random) -> bytes:
    lines = files[name].split(b"\n")
    # A header that is damaged is a matter of the whole file.
    first = 1 if re.match(rb"[A-Za-z_+]+[,\t]", lines[0]) else 0
    places = [place for place in range(first, len(lines)) if lines[place].strip()]
    if not places:
        return b""
    place = random.choice(places)
    others = [lines[random.choice(places)]] if damage in PAIRS else []
    new = damage(lines[place], *others, random)
    # A document over several lines is damaged as a whole.
    spans = lines[0].startswith(b"{") and not re.fullmatch(rb"\s*\{.*\},?\s*", lines[place])
    touched = files[name] if spans else b"\n".join([lines[place], *new])
    # A row may name its contact by an id that another file has, as an event of a chat does.
    of_others = [line for content in files.values() for line in content.split(b"\n")]
    ids = {line.split(b",")[0] for line in touched.split(b"\n")} - {b""}
    touched += b"\n".join(line for line in of_others if first and ids.intersection(line.split(b",")))
    files[name] = b"\n".join([*lines[:place], *new, *lines[place + 1 :]])
    return touched


def text_of(name: str, content: bytes) -> bytes:
    return gzip.decompress(content) if name.endswith(".gz") else content


def without_lines(case: Case, places: dict[str, set[int]], headers: dict[str, int]) -> Case:
    """The case as if some lines (by file, from 1 behind the header) had never landed."""
    files = dict(case.files)
    for name, rows in places.items():
        if name.endswith(".parquet"):
            files[name] = parquet.without_rows(files[name], rows)
            continue
        numbered = enumerate(lines_of(text_of(name, files[name])), start=1 - headers[name])
        content = b"\n".join(line for number, line in numbered if number not in rows)
        files[name] = gzip.compress(content) if name.endswith(".gz") else content
    return Case(case.source, case.number, case.damage, case.file, files, case.touched)


def lines_of(content: bytes) -> list[bytes]:
    """Lines that hold anything; a line ends with a line feed, a carriage return or both."""
    lines = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return [line for line in lines if line.strip(b" ")]


def look(case: Case, root: Path) -> tuple[list[str], list[landing.LandedFile]]:
    """What would stop a build of this case alone, and its files as a build reads them."""
    case.land(root)
    return landing.look(str(root), case.source, TABLES[case.source])
