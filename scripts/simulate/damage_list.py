"""The list of damage: what every department's damage has in common.

A department decides what goes wrong and what that means for its books; here it is listed, each row's fate is counted,
and rows are copied and moved within their file.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from scripts.simulate.records import Row

USED = "used"
QUARANTINED = "quarantined"
SUPERSEDED = "dropped by rule: superseded_version"
VOID = "dropped by rule: void"
DUPLICATE = "exact duplicate"

UNKNOWN_REASON = "unknown"


@dataclass(frozen=True)
class DamageItem:
    damage_id: str
    file: str
    kind: str
    row_key: str  # contact_id, contact_id/segment_number or event_id, as it was before the damage
    expected_effect: str


class DamageList:
    """Keeps the list of what is done to `tables`; `files` are those whose rows are accounted for, all by default."""

    def __init__(
        self,
        tables: dict[str, list[Row]],
        rng: Random,
        prefix: str,
        first_number: int = 1,
        files: Iterable[str] | None = None,
    ):
        self.tables = tables
        self.items: list[DamageItem] = []
        self._rng = rng
        self._prefix = prefix
        self._first_number = first_number
        self._fates = {file: Counter() for file in (tables if files is None else files)}  # of rows that are not used

    def row_accounting(self) -> dict[str, dict[str, int]]:
        """Per file: how many rows went in, and what must become of them."""
        return {
            file: {
                "rows_in": len(self.tables[file]),
                USED: len(self.tables[file]) - fates.total(),
                QUARANTINED: 0,
                DUPLICATE: 0,
                **dict(sorted(fates.items())),
            }
            for file, fates in self._fates.items()
        }

    def _note(self, file: str, kind: str, row_key: str, expected_effect: str, fate: str = USED, rows: int = 1) -> None:
        damage_id = f"{self._prefix}{self._first_number + len(self.items):03d}"
        self.items.append(DamageItem(damage_id, file, kind, row_key, expected_effect))
        if fate != USED:
            self._fates[file][fate] += rows

    def _note_duplicate(self, file: str, row_key: str) -> None:
        effect = "one copy is used, the other dropped as an exact duplicate"
        self._note(file, "exact_duplicate", row_key, effect, DUPLICATE)

    # Places in the files

    def _position(self, file: str, row: Row) -> int:
        return next(position for position, other in enumerate(self.tables[file]) if other is row)

    def _copy_further_down(self, file: str, row: Row, most: int) -> Row:
        copy = dict(row)
        self.tables[file].insert(self._position(file, row) + self._rng.randint(1, most), copy)
        return copy

    def _move_up(self, file: str, row: Row, least: int, most: int) -> None:
        rows, position = self.tables[file], self._position(file, row)
        rows.insert(max(0, position - self._rng.randint(least, most)), rows.pop(position))
