"""What must be true of a damaged case, whatever the damage: nothing is lost, and nothing wrong counts."""

import json
import re
from collections import Counter, defaultdict

from scripts.chaos.builds import Built
from scripts.chaos.cases import TABLES, Case, lines_of, text_of
from scripts.landing import LandedFile

FATES = ("used", "quarantined", "dropped", "duplicate")
# What most KPIs of a contact count.
OF_CONTACTS = {"contacts", "queue_visits", "agent_legs"}
SENTENCE = re.compile(r"^[A-Z][^\n]*\.$")


def wrong_stops(sentences: list[str]) -> list[str]:
    """Sentences that are none, or speak of what only a programmer knows."""
    return [
        f"stops with what is no clear sentence: {sentence!r}"
        for sentence in sentences
        if not SENTENCE.match(sentence) or "Traceback" in sentence or "Error:" in sentence
    ]


def lost_rows(case: Case, files: list[LandedFile], built: Built) -> list[str]:
    """Lines of the landed files for which no row answers, and rows without a line."""
    problems = []
    for file in files:
        if file.is_parquet:
            continue
        declared = TABLES[case.source][file.table]
        shape = declared.get("shape", "rows")
        name = file.name.partition("/")[2]
        lines = lines_of(text_of(name, case.files[name]))[1 if file.has_header else 0 :]
        rows = Counter(row for source_file, row, *_ in built.rows[file.table] if source_file == file.name)
        if surplus := sorted(row for row in rows if not 1 <= row <= len(lines)):
            problems.append(f"{name}: rows {surplus[:3]} are no lines of a file of {len(lines)} lines")
        if shape != "documents" and (twice := [row for row, count in rows.items() if count > 1]):
            problems.append(f"{name}: lines {twice[:3]} are several rows")
        starts = sorted(rows)
        for start, following in zip([0, *starts], [*starts, len(lines) + 1], strict=True):
            behind = lines[max(start - 1, 0) : following - 1]
            if following - start > 1 and not (start and is_one_record(behind, shape)) and not is_bare_page(behind):
                problems.append(f"{name}: lines {start + 1} to {following - 1} are no row")
    return problems


def is_one_record(lines: list[bytes], shape: str) -> bool:
    """Whether lines belong together: by quotes that one opens and another closes, or as JSON."""
    text = b"\n".join(lines)
    if shape == "rows":
        return text.count(b'"') % 2 == 0 and lines[0].count(b'"') % 2 == 1
    return shape == "documents" and is_json(text)


def is_bare_page(lines: list[bytes]) -> bool:
    """A page whose list is empty has no row."""
    try:
        return [] in json.loads(b"\n".join(lines)).values()
    except (ValueError, AttributeError, RecursionError):
        return False


def is_json(text: bytes) -> bool:
    """Whether a text is JSON documents, one behind the other, as DuckDB reads them: a last comma does no harm."""
    decoder, rest = json.JSONDecoder(), re.sub(r",(\s*[}\]])", r"\1", text.decode("utf-8", "replace")).strip()
    try:
        while rest:
            rest = rest[decoder.raw_decode(rest)[1] :].strip()
    except RecursionError:
        # Python gives up where DuckDB does not.
        return True
    except ValueError:
        return False
    return True


def wrong_fates(built: Built) -> list[str]:
    problems = []
    for table, rows in built.rows.items():
        for file, row, fate, reason, raw_values in rows:
            if fate not in FATES or (fate == "used") != (reason is None):
                problems.append(f"{table}: {file} {row} is {fate} because of {reason}")
            if (fate == "quarantined") != (raw_values is not None):
                problems.append(f"{table}: {file} {row} is {fate}, its text is {str(raw_values)[:60]!r}")
    return problems[:5]


def quarantined_lines(case: Case, built: Built) -> dict[str, set[int]]:
    """By file, the lines of which nothing is used: those that may as well not have landed."""
    fates = defaultdict(set)
    starts = defaultdict(set)
    for rows in built.rows.values():
        for file, row, fate, *_ in rows:
            fates[file, row].add(fate)
            starts[file].add(row)
    lines = defaultdict(set)
    for (file, row), found in fates.items():
        if found == {"quarantined"}:
            following = min((other for other in starts[file] if other > row), default=None)
            lines[file.partition("/")[2]].update(range(row, following or 10**9) if following else [row])
    return lines


def differing_entities(built: Built, twin: Built) -> list[str]:
    """What quarantined rows changed; `twin` was built without them."""
    problems = []
    for entity in sorted({*built.entities, *twin.entities}):
        more, less = built.entities[entity] - twin.entities[entity], twin.entities[entity] - built.entities[entity]
        if more or less:
            problems.append(f"quarantined rows change {entity}: {shown(more)} with them and {shown(less)} without them")
    return problems


def strange_contacts(case: Case, built: Built, whole: Built) -> list[str]:
    """Contacts that changed although the damaged line does not name them."""
    problems = []
    texts = case.touched.decode("utf-8", "replace") + case.touched.decode("latin-1")
    for entity, contact in sorted({*built.contacts, *whole.contacts}, key=str):
        if entity not in OF_CONTACTS:
            continue
        rows, before = built.contacts[entity, contact], whole.contacts[entity, contact]
        # Some ids are made of a line and a number, and of a time that is written otherwise.
        words = re.split(r"\s|\.email$", contact or "")[:2]
        named = all(word in texts for word in words)
        if rows != before and not named:
            problems.append(f"{entity} of {contact} changed: from {shown(before - rows)} to {shown(rows - before)}")
    return problems


def shown(rows: Counter) -> str:
    return str([[str(value) for value in row if value is not None] for row in list(rows)[:1]])[:500]
