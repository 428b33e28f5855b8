"""One run of the simulation, with everything that it produces."""

import pickle
from dataclasses import dataclass

from scripts.simulate.books import Books
from scripts.simulate.center import run_center
from scripts.simulate.chance import Streams
from scripts.simulate.config import Config
from scripts.simulate.damage import ACTIVITY, CALLS, Damage, DamageItem
from scripts.simulate.digital.center import run_digital_center
from scripts.simulate.digital.damage import DigitalDamage, forget_lost_calls
from scripts.simulate.digital.records import digital_tables
from scripts.simulate.outbound.damage import OutboundDamage
from scripts.simulate.outbound.records import ATTEMPTS, CAMPAIGNS, attempt_rows, campaign_rows
from scripts.simulate.records import CallRecords, Row, activity_rows, reference_tables

DEFAULT_SEED = 20261005


@dataclass(frozen=True, repr=False)
class Result:
    seed: int
    books: Books  # what truly happened
    damaged_books: Books  # what a correct warehouse can still make of the damaged raw rows
    damage: list[DamageItem]
    row_accounting: dict[str, dict[str, int]]  # per damaged file: rows in, and what must become of them
    raw_tables: dict[str, list[Row]]  # the seeds, by file name without suffix


def simulate(seed: int = DEFAULT_SEED, config: Config | None = None) -> Result:
    config = config or Config()
    books, activity = run_center(config, seed)
    streams = Streams(seed)
    call_rows = CallRecords(config, streams.stream("call records")).rows(books)
    digital_books, digital_activity, handles = run_digital_center(config, seed, books.contacts)
    books_to_damage = pickle.loads(pickle.dumps(books))  # a deep copy, many times faster than copy.deepcopy
    damage = Damage(call_rows, activity_rows(config, activity), books_to_damage, streams.stream("damage"))
    damage.do_all()
    attempts = attempt_rows(books, streams.stream("dialer records"))
    outbound_damage = OutboundDamage(attempts, damage.books, damage.used_logins, streams.stream("outbound damage"))
    outbound_damage.do_all()
    digital_damage = DigitalDamage(
        digital_tables(digital_books, handles, streams.stream("digital records")),
        pickle.loads(pickle.dumps(digital_books)),
        streams.stream("digital damage"),
        first_number=len(damage.items) + len(outbound_damage.items) + 1,
    )
    digital_damage.do_all()
    row_accounting = {
        **damage.row_accounting(),
        **outbound_damage.row_accounting(),
        **digital_damage.row_accounting(),
    }

    # The second desktop system appends its events to the log of the first.
    digital_events = activity_rows(config, digital_activity)
    for fate in ("rows_in", "used"):
        row_accounting[ACTIVITY][fate] += len(digital_events)
    raw_tables = {
        CALLS: damage.call_rows,
        ACTIVITY: damage.activity_rows + digital_events,
        CAMPAIGNS: campaign_rows(config.campaigns),
        ATTEMPTS: outbound_damage.rows,
        **digital_damage.tables,
        **reference_tables(config),
    }
    books.add(digital_books)
    damage.books.add(digital_damage.books)
    forget_lost_calls(damage.books)
    return Result(
        seed,
        books,
        damage.books,
        [*damage.items, *outbound_damage.items, *digital_damage.items],
        row_accounting,
        raw_tables,
    )
