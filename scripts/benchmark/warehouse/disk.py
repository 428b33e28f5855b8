"""How much disk a run will need, said before it starts, from what smaller runs took."""

import shutil
from pathlib import Path

# Bytes per contact, measured at 10 million: landed files, the most that one candidate's files take while it works,
# and what it leaves for others. Candidates run one after another and clean up.
LANDED = 110
WORKING = {"warehouse": 1_800, "published": 700, "by_hand": 1_300, "postgres": 4_000, "polars": 900}
# The part of a build that does not grow with the contacts.
FIXED = 200_000_000


class DiskError(Exception):
    """That there is not enough, in one sentence."""


def needed(contacts: int, candidates: list[str]) -> int:
    """At the worst moment, which is that of the largest candidate."""
    largest = max(WORKING[candidate] for candidate in candidates)
    if "published" in candidates:
        largest = max(largest, WORKING["warehouse"] + WORKING["published"])
    return FIXED + contacts * (LANDED + largest)


def refuse_if_short(folder: Path, contacts: int, candidates: list[str]) -> int:
    bytes_needed = needed(contacts, candidates)
    free = shutil.disk_usage(folder).free
    if free < bytes_needed:
        raise DiskError(
            f"{contacts:,} contacts need {bytes_needed / 1e9:,.0f} GB in {folder}, and {free / 1e9:,.0f} GB are free."
        )
    return bytes_needed
