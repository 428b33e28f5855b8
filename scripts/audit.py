"""Look up every locked package in the database of known vulnerabilities: `make audit`.

Usage: python -m scripts.audit, in the environment .venv-audit, where pip-audit is.

Asked are requirements/*.txt as they are locked; nothing is installed. Where the database cannot be had, as without a
network, that is said and nothing is judged: exit code 0. Exit code 1 when a package has a known vulnerability, 2 when a
lock cannot be read.
"""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LOCKS = sorted((PROJECT / "requirements").glob("*.txt"))
OUT_OF_REACH = ("ConnectionError", "HTTPSConnectionPool", "ServiceError", "ProxyError", "timed out")


class NoDatabase(Exception):
    """Why nothing could be judged, in a few words."""


class AuditError(Exception):
    """Why a lock could not be looked up, in one sentence."""


def findings(lock: Path) -> list[str]:
    """Known vulnerabilities of the packages of a lock, one line each."""
    answer = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
        + ["--format", "json", "--timeout", "20", "--requirement", str(lock)],
        capture_output=True,
        text=True,
    )
    return judged(lock, answer.stdout, answer.stderr)


def judged(lock: Path, answer: str, said: str) -> list[str]:
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError) as error:
        last = (said.strip().splitlines() or ["no answer"])[-1]
        if any(word in said for word in OUT_OF_REACH):
            raise NoDatabase(last) from error
        raise AuditError(f"{lock.name} was not looked up: {last}.") from error
    if packages and all(package.get("skip_reason") for package in packages):
        raise NoDatabase(packages[0]["skip_reason"])
    return [
        f"{lock.name}: {package['name']} {package['version']} has {found['id']}"
        + (f", mended in {', '.join(found['fix_versions'])}" if found.get("fix_versions") else ", not mended yet")
        for package in packages
        for found in package.get("vulns", [])
    ]


def main() -> int:
    found = []
    for lock in LOCKS:
        try:
            found += findings(lock)
        except NoDatabase as error:
            print(f"Not checked: the database of known vulnerabilities cannot be had from here ({error}).")
            return 0
        except AuditError as error:
            print(error, file=sys.stderr)
            return 2
        print(f"{lock.name}: looked up", file=sys.stderr)
    print("\n".join(found) or f"No known vulnerability in {len(LOCKS)} locks.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
