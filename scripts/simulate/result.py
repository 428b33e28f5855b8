"""One run of the simulation, with everything that it produces."""

import pickle
from dataclasses import dataclass

from scripts.simulate.books import Books
from scripts.simulate.center import run_center
from scripts.simulate.chance import Streams
from scripts.simulate.config import Config
from scripts.simulate.damage import ACTIVITY, CALLS, Damage, DamageItem
from scripts.simulate.money import MoneyBooks, keep_money_books
from scripts.simulate.money.damage import MoneyDamage
from scripts.simulate.money.rendering import money_tables
from scripts.simulate.records import CallRecords, Row, activity_rows, reference_tables

DEFAULT_SEED = 20261005


@dataclass(frozen=True, repr=False)
class Result:
    seed: int
    books: Books  # what truly happened
    damaged_books: Books  # what a correct warehouse can still make of the damaged raw rows
    money: MoneyBooks
    damaged_money: MoneyBooks
    damage: list[DamageItem]
    row_accounting: dict[str, dict[str, int]]  # per damaged file: rows in, and what must become of them
    raw_tables: dict[str, list[Row]]  # the seeds, by file name without suffix


def simulate(seed: int = DEFAULT_SEED, config: Config | None = None) -> Result:
    config = config or Config()
    books, activity = run_center(config, seed)
    streams = Streams(seed)
    call_rows = CallRecords(config, streams.stream("call records")).rows(books)
    books_to_damage = pickle.loads(pickle.dumps(books))  # a deep copy, many times faster than copy.deepcopy
    damage = Damage(call_rows, activity_rows(config, activity), books_to_damage, streams.stream("damage"))
    damage.do_all()
    money = keep_money_books(config, books, streams)
    money_damage = MoneyDamage(money_tables(money), pickle.loads(pickle.dumps(money)), streams.stream("money damage"))
    money_damage.do_all()
    raw_tables = {
        CALLS: damage.call_rows,
        ACTIVITY: damage.activity_rows,
        **reference_tables(config),
        **money_damage.tables,
    }
    return Result(
        seed,
        books,
        damage.books,
        money,
        money_damage.books,
        damage.items + money_damage.items,
        damage.row_accounting() | money_damage.row_accounting(),
        raw_tables,
    )
