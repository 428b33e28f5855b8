"""How much disk a run will need, said before it starts, from what smaller runs took per contact."""

import shutil
from pathlib import Path

# Bytes per contact where no smaller run is on the page, measured at 1 million.
LANDED = 105
WORKING = {"warehouse": 1_200, "by_hand": 450, "postgres": 2_700, "polars": 300}
# The part that does not grow with the contacts, and what larger sorts and joins may put down for a while.
FIXED = 200_000_000
MARGIN = 1.25
WAREHOUSE_RUNS = ("full_build", "tests", "publishing", "next_day", "late_day")


class DiskError(Exception):
    """That there is not enough, in one sentence."""


def needed(contacts: int, others: list[str], known: dict) -> int:
    """Bytes at the worst moment: candidates run one after another, each beside the landed files."""
    landed, working = per_contact(known, contacts)
    largest = max(working[name] for name in ("warehouse", *others))
    return FIXED + int(contacts * (landed + largest) * MARGIN)


def per_contact(known: dict, contacts: int) -> tuple[float, dict[str, float]]:
    """What the largest measured year below that size took of each kind."""
    smaller = [size for size, years in known if years == 1 and size < contacts]
    if not smaller:
        return LANDED, WORKING
    size = max(smaller)
    results = known[size, 1]
    taken = {name: results["runs"][name]["disk"] / size for name in WORKING if name in results["runs"]}
    taken["warehouse"] = sum(results["runs"][name]["disk"] for name in WAREHOUSE_RUNS if name in results["runs"]) / size
    return results["landing"]["bytes"] / size, WORKING | taken


def refuse_if_short(folder: Path, contacts: int, others: list[str], known: dict) -> int:
    bytes_needed = needed(contacts, others, known)
    free = shutil.disk_usage(folder).free
    if free < bytes_needed:
        raise DiskError(
            f"{contacts:,} contacts need {bytes_needed / 1e9:,.0f} GB in {folder}, and {free / 1e9:,.0f} GB are free."
        )
    return bytes_needed
