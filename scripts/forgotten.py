"""The list of customers who asked to be forgotten: who keeps it, where it lies and what it says.

A line says nothing of the customer but a digest of the salted hash, by which a build finds the customer again, and a
random text that takes the hash's place. `make forget` adds to it (forget.py), a build reads it (landing_plugin.py).

Environment: CONTACT_CENTER_FORGOTTEN, the list (default forgotten.csv beside the build file).
"""

import csv
import os
import re
import secrets
from dataclasses import asdict, dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path

SAMPLE_SALT = "sample-salt"
BLANKS_AND_MARKS = str.maketrans("", "", " ()-./+")

WRITTEN = {
    "fingerprint": re.compile("[0-9a-f]{64}").fullmatch,
    "pseudonym": re.compile("forgotten[0-9a-f]{16}").fullmatch,
}


class ListError(Exception):
    """Why the list cannot be used, in one sentence."""


@dataclass(frozen=True)
class Forgotten:
    fingerprint: str
    pseudonym: str
    # Tells by which salt the fingerprint was made, and nothing else of it.
    salt_mark: str
    forgotten_on: str


def list_of(build_file: str | Path) -> Path:
    named = os.environ.get("CONTACT_CENTER_FORGOTTEN", "")
    return Path(named) if named else Path(build_file).with_name("forgotten.csv")


def read(file: Path, salt: str) -> list[Forgotten]:
    """Everybody on the list. A list that is not there is an empty one, unless somebody said where it is."""
    if not file.is_file():
        if os.environ.get("CONTACT_CENTER_FORGOTTEN", ""):
            raise ListError(
                f"There is no list of forgotten customers {file}, which CONTACT_CENTER_FORGOTTEN names: put it back,"
                " or they would be known again."
            )
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if rows.fieldnames != [field.name for field in fields(Forgotten)]:
            raise ListError(f"{file} is no list of forgotten customers: its first line is another.")
        customers = [Forgotten(**row) for row in rows]
    for customer in customers:
        if not (WRITTEN["fingerprint"](customer.fingerprint) and WRITTEN["pseudonym"](customer.pseudonym)):
            raise ListError(f"{file} holds a line that `make forget` did not write: put an older copy back.")
        if customer.salt_mark != mark_of(salt):
            raise ListError(
                f"{file} was written under another CONTACT_CENTER_SALT, by which the forgotten customers would be"
                " known again: set that one, or delete the list and forget each of them anew."
            )
    return customers


def add(file: Path, salt: str, hashes: set[str]) -> int:
    """Put customers on the list who are not on it; how many those were."""
    known = read(file, salt) if file.is_file() else []
    missing = sorted({fingerprint(each) for each in hashes} - {each.fingerprint for each in known})
    today = date.today().isoformat()
    added = [Forgotten(each, f"forgotten{secrets.token_hex(8)}", mark_of(salt), today) for each in missing]
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    with new.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.DictWriter(lines, [field.name for field in fields(Forgotten)], lineterminator="\n")
        rows.writeheader()
        rows.writerows(asdict(each) for each in [*known, *added])
    new.replace(file)
    return len(added)


def ways(identifier: str) -> set[str]:
    """All that sources hash of what they know a customer by: ways_to_know_a_customer in macros/privacy."""
    text = identifier.strip()
    return {text, text.lower(), plain_address(text), f"user {text}", f"external contact {text}"}


def is_address(identifier: str) -> bool:
    """Whether it is a mail address or a telephone number, and no id."""
    return "@" in identifier or len(plain_address(identifier)) >= 7 and plain_address(identifier).isdigit()


def plain_address(text: str) -> str:
    return text.strip().lower().translate(BLANKS_AND_MARKS)


def salted_hash(text: str, salt: str) -> str:
    return digest(f"{salt}:{text}")


def fingerprint(salted: str) -> str:
    return digest(f"forgotten:{salted}")


def mark_of(salt: str) -> str:
    return digest(f"mark of the salt:{salt}")[:16]


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
