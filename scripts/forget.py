"""Forget a customer: `make forget CUSTOMER='+1 555 0102' SOURCES=files ROOT=/data/landing`.

CUSTOMER is what a source knows the customer by: an id, a number or a mail address, as the source writes it. What stands
beside it in the build file, such as the addresses of an id, is forgotten with it. SOURCES says which sources are meant,
where an id of one is somebody else's in another; all of them if none is named. ROOT is the folder of the landed files
(the variable landing_root).

A line on a list keeps the customer forgotten in every build to come, and the build file is deleted, since a database
file keeps deleted bytes. Landed files belong to their owner: it is said which lines still name the customer. See
docs/privacy.md.

Environment: CUSTOMER, SOURCES and ROOT, as make hands them over; CONTACT_CENTER_SALT, with which the builds hash;
CONTACT_CENTER_BUILD_FILE, see publish.py; CONTACT_CENTER_FORGOTTEN, see forgotten.py. Exit code 2 when nobody was
forgotten.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import duckdb
import yaml

from scripts import forgotten, landing
from scripts.publish import build_file, first_line, name

PROJECT = Path(__file__).resolve().parents[1]
# Of staging tables that know a customer by several things: the id, and the addresses that stand beside it.
IDENTITIES = {
    "stg_files__contacts": ("customer_hash", ["customer_address_hash"]),
    "stg_files__blocked_attempts": ("customer_hash", ["customer_address_hash"]),
    "stg_files__outbound_attempts": ("customer_hash", ["customer_address_hash"]),
    "stg_sample__customers": ("customer_hash", ["phone_number_hash", "email_hash"]),
    "stg_sample__tickets": ("customer_hash", ["requester_hash"]),
    "stg_zendesk__user": ("sha256($salt || ':user ' || source_user_id)", ["email_hash", "phone_hash"]),
    "stg_genesys_cloud__sessions": ("external_contact_hash", ["customer_hash"]),
}
# What separates the fields of a landed line, and what may separate the parts of a field.
FIELDS, PARTS = re.compile(r"[,;|<>=\"\t\[\]{}\r\n]+"), re.compile(r"[,;|<>=\"\t\[\]{}: /\r\n]+")
SHOWN_LINES = 5


class ForgetError(Exception):
    """Why nobody was forgotten, in one sentence."""


def identifiers(customer: str, sources: list[str], salt: str) -> set[str]:
    """Salted hashes of what the customer was named by, of the ways in which the sources hash it."""
    ways = forgotten.ways(customer)
    prefixed = {"zendesk": "user ", "genesys_cloud": "external contact "}
    if forgotten.is_address(customer):
        ways = {way for way in ways if not way.startswith(tuple(prefixed.values()))}
    elif sources:
        meant = tuple(prefix for source, prefix in prefixed.items() if source in sources)
        plain = set(sources) - set(prefixed)
        ways = {way for way in ways if way.startswith(meant) or plain and not way.startswith(tuple(prefixed.values()))}
    return {forgotten.salted_hash(way, salt) for way in ways}


def with_companions(build: Path, hashes: set[str], salt: str) -> tuple[set[str], int]:
    """The hashes with those of the same customer, and how many more were left because others share them."""
    pairs = set(pairs_in(build, salt))
    ids = {each for each, _ in pairs if each in hashes}
    for address in hashes:
        owners = {each for each, known_by in pairs if known_by == address}
        # A number of several customers does not say which of them is meant.
        if len(owners) == 1:
            ids |= owners
    beside = {address for each, address in pairs if each in ids}
    shared = {address for each, address in pairs if address in beside and each not in ids}
    return hashes | ids | (beside - shared), len(shared - hashes)


def pairs_in(build: Path, salt: str) -> Iterator[tuple[str, str]]:
    """Ids and the addresses beside them, hashed, as the build file has them."""
    with duckdb.connect(build, read_only=True) as connection:
        there = {table for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        for table, (known_by, addresses) in IDENTITIES.items():
            for address in addresses if table in there else []:
                values = {"salt": salt} if "$salt" in known_by else None
                yield from connection.execute(
                    f"select distinct {known_by} as id, {address} from staging.{name(table)}"
                    f" where id is not null and {address} is not null",
                    values,
                ).fetchall()


def lines_that_name(root: Path, sources: list[str], hashes: set[str], salt: str) -> dict[Path, list[int]]:
    """The landed lines, or rows of Parquet, one part of which is one of the customer's identifiers."""

    @lru_cache(maxsize=2**20)
    def is_named_by(part: str) -> bool:
        return any(forgotten.salted_hash(way, salt) in hashes for way in forgotten.ways(part))

    found: dict[Path, list[int]] = {}
    for source in sources:
        for file in sorted(path for path in (root / source).rglob("*") if path.is_file()):
            print(f"  reading {file}", file=sys.stderr) if sys.stderr.isatty() else None
            for number, line in enumerate(lines_of(file), 1):
                if any(is_named_by(part) for part in {*FIELDS.split(line), *PARTS.split(line)} if part.strip()):
                    found.setdefault(file, []).append(number)
    return found


def lines_of(file: Path) -> Iterator[str]:
    if file.name.endswith(".parquet"):
        with duckdb.connect() as connection:
            rows = connection.execute("select to_json(landed) from read_parquet(?) as landed", [str(file)])
            while row := rows.fetchone():
                yield json.dumps(json.loads(row[0]), ensure_ascii=False)
    else:
        with landing.opened(file) as lines:
            for line in lines:
                yield landing.decoded(line)


def forget(customer: str, sources: list[str], root: Path) -> None:
    if not customer.strip():
        raise ForgetError("Say whom to forget: CUSTOMER= an id, a number or a mail address, as a source writes it.")
    unknown = sorted(set(sources) - set(all_sources()))
    if unknown:
        raise ForgetError(f"SOURCES names {', '.join(unknown)}: there are {', '.join(all_sources())}.")
    build, salt = build_file(), os.environ.get("CONTACT_CENTER_SALT") or forgotten.SAMPLE_SALT
    given = identifiers(customer, sources, salt)
    hashes, shared = with_companions(build, given, salt) if build.is_file() else (given, 0)
    kept = forgotten.list_of(build)
    added = forgotten.add(kept, salt, hashes)
    print(f"{'Forgotten' if added else 'Was forgotten already'}: what you named", end="")
    print(f", and {len(hashes - given)} more that stand beside it." if hashes - given else ".")
    if shared:
        print(f"Left: {shared} that other customers are known by too; name them to forget them.")
    print(f"The list is {kept}: keep a copy of it, it must outlive the landed files and all their backups.")
    if build.is_file():
        build.unlink()
        print(f"Deleted {build}: the next build starts afresh.")
    folders = [source for source in sources or all_sources() if (root / source).is_dir()]
    report(lines_that_name(root, folders, hashes, salt), root)


def report(found: dict[Path, list[int]], root: Path) -> None:
    if found:
        print("Landed files that still name the customer:")
        for file, lines in found.items():
            shown = ", ".join(map(str, lines[:SHOWN_LINES]))
            more = f" and {len(lines) - SHOWN_LINES} more" if len(lines) > SHOWN_LINES else ""
            print(f"  {file}: {'row' if file.suffix == '.parquet' else 'line'}{'s'[: len(lines) > 1]} {shown}{more}")
        print("Erase them there, then build as you do always.")
    else:
        print(f"No landed file in {root} names the customer. Now build as you do always.")
    print("Until that build is green the served file still holds the hash; so do exports and backups of it.")


def all_sources() -> list[str]:
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    return list(project["vars"]["source_entities"])


def landing_root() -> Path:
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    return Path(os.environ.get("ROOT") or project["vars"]["landing_root"])


def main() -> int:
    try:
        forget(os.environ.get("CUSTOMER", ""), os.environ.get("SOURCES", "").replace(",", " ").split(), landing_root())
    except (ForgetError, forgotten.ListError, landing.Unreadable) as error:
        print(error, file=sys.stderr)
        return 2
    except (duckdb.Error, OSError) as error:
        print(f"Not forgotten: {first_line(error)}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
