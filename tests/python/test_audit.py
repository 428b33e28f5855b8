"""What pip-audit answers is told apart: a known vulnerability, none, no database, a lock that cannot be read."""

import json
from pathlib import Path

import pytest

from scripts import audit

LOCK = Path("requirements/build.txt")


def answer(*packages):
    return json.dumps({"dependencies": packages})


def test_a_known_vulnerability_is_named_with_what_mends_it():
    found = {"id": "PYSEC-2026-1", "fix_versions": ["1.2", "2.0"]}
    assert audit.judged(LOCK, answer({"name": "one", "version": "1.1", "vulns": [found]}), "") == [
        "build.txt: one 1.1 has PYSEC-2026-1, mended in 1.2, 2.0"
    ]


def test_packages_without_one_are_no_finding():
    assert audit.judged(LOCK, answer({"name": "one", "version": "1.1", "vulns": []}), "") == []


@pytest.mark.parametrize(
    ("said", "packages"),
    [
        ("ERROR: HTTPSConnectionPool(host='registry.example'): Max retries exceeded", None),
        ("", answer({"name": "one", "skip_reason": "Dependency not found on PyPI"})),
    ],
)
def test_without_the_database_nothing_is_judged(said, packages):
    with pytest.raises(audit.NoDatabase):
        audit.judged(LOCK, packages or "", said)


def test_a_lock_that_cannot_be_read_is_an_error():
    with pytest.raises(audit.AuditError, match="build.txt was not looked up: it has no hashes"):
        audit.judged(LOCK, "", "ERROR:pip_audit:\nit has no hashes")
