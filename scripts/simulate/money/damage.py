"""Listed damage to customers, costs and daily totals: done to the raw rows, and its effect to a copy of the books."""

from random import Random

from scripts.simulate.damage_list import QUARANTINED, DamageList
from scripts.simulate.money.entries import UNKNOWN, CostLine, MoneyBooks
from scripts.simulate.money.rendering import COSTS, CUSTOMERS, TOTALS, amount_text
from scripts.simulate.records import Row


class MoneyDamage(DamageList):
    def __init__(self, tables: dict[str, list[Row]], books: MoneyBooks, rng: Random):
        copies = {name: [dict(row) for row in rows] for name, rows in tables.items()}
        super().__init__(copies, rng, "M", files=(CUSTOMERS, COSTS, TOTALS))
        self.books = books
        # Row and entry are at the same place as long as nothing is removed, so each list is paired once.
        self._pairs = {
            CUSTOMERS: list(zip(self.tables[CUSTOMERS], books.customers, strict=True)),
            COSTS: list(zip(self.tables[COSTS], books.cost_lines, strict=True)),
            TOTALS: list(zip(self.tables[TOTALS], books.daily_totals, strict=True)),
        }
        for pairs in self._pairs.values():
            rng.shuffle(pairs)

    def do_all(self) -> None:
        self._customers()
        self._costs()
        self._totals()
        for file, number in ((CUSTOMERS, 8), (COSTS, 6), (TOTALS, 6)):
            for row, _ in self._take(file, number):
                self._copy_further_down(file, row, 40)
                self._note_duplicate(file, _key(row))

    def _take(self, file: str, number: int, is_suitable=lambda entry: True) -> list[tuple]:
        taken = [pair for pair in self._pairs[file] if is_suitable(pair[1])][:number]
        self._pairs[file] = [pair for pair in self._pairs[file] if pair not in taken]
        return taken

    def _customers(self) -> None:
        for row, entry in self._take(CUSTOMERS, 5, lambda entry: entry.segment == "private"):
            self._note(CUSTOMERS, "blank_customer_id", _key(row), "quarantined; the number is nobody's", QUARANTINED)
            row["customer_id"] = ""
            self.books.customers.remove(entry)
        for row, entry in self._take(CUSTOMERS, 4):
            self._note(CUSTOMERS, "unreadable_customer_since", _key(row), "NULL with a flag; in no month's count")
            row["customer_since"] = self._rng.choice(("0000-00-00", "31.02.2019", "unknown"))
            entry.customer_since = None
        for row, entry in self._take(CUSTOMERS, 4):
            self._note(CUSTOMERS, "undocumented_segment", _key(row), "segment unknown, with a flag; the row stays")
            row["segment"] = "SEG_9"
            entry.segment = None

    def _costs(self) -> None:
        lines = self.tables[COSTS]
        for row, entry in self._take(COSTS, 5):
            cents = 10 * entry.cents
            for amount in (cents, -cents):
                ledger_id = f"L{len(lines) + 1:05d}"
                lines.append({**row, "ledger_id": ledger_id, "amount": amount_text(amount)})
                self.books.cost_lines.append(
                    CostLine(ledger_id, entry.month, entry.site_id, entry.account, amount, entry.currency)
                )
            self._note(COSTS, "booked_wrong_and_reversed", _key(row), "both lines count and cancel each other out")
        for row, entry in self._take(COSTS, 3):
            self._note(COSTS, "undocumented_account", _key(row), "account unknown, with a flag; the amount stays")
            row["account"] = "MISC_9"
            entry.account = UNKNOWN
        for row, entry in self._take(COSTS, 3):
            self._note(COSTS, "unreadable_amount", _key(row), "quarantined; the amount is in no total", QUARANTINED)
            row["amount"] = self._rng.choice(("", "n/a", "1.2.3"))
            self.books.cost_lines.remove(entry)
        for row, entry in self._take(COSTS, 3):
            self._note(COSTS, "unreadable_month", _key(row), "quarantined; the amount is in no total", QUARANTINED)
            row["month"] = "2026-13"
            self.books.cost_lines.remove(entry)

    def _totals(self) -> None:
        for row, entry in self._take(TOTALS, 4):
            self._note(TOTALS, "unreadable_date", _key(row), "quarantined; the day is missing", QUARANTINED)
            row["date"] = self._rng.choice(("", "2026-02-30"))
            self.books.daily_totals.remove(entry)
        for row, entry in self._take(TOTALS, 4):
            self._note(TOTALS, "unreadable_handle_seconds", _key(row), "NULL with a flag; the row stays")
            row["handle_seconds"] = "######"
            entry.handle_seconds = None
        for row, entry in self._take(TOTALS, 3):
            self._note(TOTALS, "undocumented_queue", _key(row), "the queue is unknown (-2); the row stays")
            row["queue_id"] = f"old_{entry.queue_id}"
            entry.queue_id = UNKNOWN


def _key(row: Row) -> str:
    key = row.get("customer_id") or row.get("ledger_id")
    return key or f"{row.get('date')}/{row.get('queue_id')}/{row.get('channel')}"
