"""One run of the simulation, with everything that it produces."""

import pickle
from dataclasses import dataclass

from scripts.simulate.books import Books
from scripts.simulate.center import run_center
from scripts.simulate.chance import Streams
from scripts.simulate.config import Config
from scripts.simulate.customer_voice.damage import VoiceDamage
from scripts.simulate.customer_voice.ledger import Voice
from scripts.simulate.customer_voice.life import AfterContacts
from scripts.simulate.customer_voice.records import directories
from scripts.simulate.damage import ACTIVITY, CALLS, Damage
from scripts.simulate.damage_list import DamageItem
from scripts.simulate.digital.center import run_digital_center
from scripts.simulate.digital.damage import DigitalDamage, forget_lost_calls
from scripts.simulate.digital.records import digital_tables
from scripts.simulate.money import MoneyBooks, keep_money_books
from scripts.simulate.money.damage import MoneyDamage
from scripts.simulate.money.rendering import money_tables
from scripts.simulate.outbound.damage import OutboundDamage
from scripts.simulate.outbound.records import ATTEMPTS, CAMPAIGNS, attempt_rows, campaign_rows
from scripts.simulate.records import CallRecords, Row, activity_rows, reference_tables
from scripts.simulate.workforce import Workforce, simulate_workforce

DEFAULT_SEED = 20261005


@dataclass(frozen=True, repr=False)
class Result:
    seed: int
    books: Books  # what truly happened
    damaged_books: Books  # what a correct warehouse can still make of the damaged raw rows
    damage: list[DamageItem]
    row_accounting: dict[str, dict[str, int]]  # per damaged file: rows in, and what must become of them
    raw_tables: dict[str, list[Row]]  # the seeds, by file name without suffix
    voice: Voice  # what customers, agents, evaluators and employees said
    damaged_voice: Voice
    workforce: Workforce  # plans, absences, employment and payroll, as kept and as damaged
    money: MoneyBooks  # customers, costs, daily totals of the year before, business events
    damaged_money: MoneyBooks


def simulate(seed: int = DEFAULT_SEED, config: Config | None = None) -> Result:
    config = config or Config()
    streams = Streams(seed)

    # What happens: first at the telephones, then at the desks of those who write, then after the contacts.
    books, activity, rota = run_center(config, seed)
    digital_books, digital_activity, digital_rota, handles = run_digital_center(config, seed, books.contacts)
    call_rows = CallRecords(config, streams.stream("call records")).rows(books)
    attempts = attempt_rows(books, streams.stream("dialer records"))

    # What goes wrong on the way to the warehouse.
    damage = Damage(call_rows, activity_rows(config, activity), _copy(books), streams.stream("damage"))
    damage.do_all()
    outbound_damage = OutboundDamage(attempts, damage.books, damage.used_logins, streams.stream("outbound damage"))
    outbound_damage.do_all()
    digital_damage = DigitalDamage(
        digital_tables(digital_books, handles, streams.stream("digital records")),
        _copy(digital_books),
        streams.stream("digital damage"),
        first_number=len(damage.items) + 1,
    )
    digital_damage.do_all()
    books.add(digital_books)
    damage.books.add(digital_damage.books)
    forget_lost_calls(damage.books)

    voice = AfterContacts(books, streams).run()
    voice_damage = VoiceDamage(_copy(voice), streams.stream("customer voice damage"))
    voice_damage.do_all()

    money = keep_money_books(config, books, streams)
    money_damage = MoneyDamage(money_tables(money), _copy(money), streams.stream("money damage"))
    money_damage.do_all()
    workforce = simulate_workforce(config, streams, (rota, digital_rota), books, damage.books)

    # The desktops of those who write append their events to the log of the telephones.
    digital_events = activity_rows(config, digital_activity)
    every_damage = (damage, outbound_damage, digital_damage, voice_damage, money_damage)
    row_accounting = {file: fates for one in every_damage for file, fates in one.row_accounting().items()}
    row_accounting |= workforce.row_accounting
    for fate in ("rows_in", "used"):
        row_accounting[ACTIVITY][fate] += len(digital_events)
    raw_tables = workforce.add_to(
        {
            CALLS: damage.call_rows,
            ACTIVITY: damage.activity_rows + digital_events,
            CAMPAIGNS: campaign_rows(config.campaigns),
            ATTEMPTS: outbound_damage.rows,
            **digital_damage.tables,
            **voice_damage.tables,
            **directories(),
            **money_damage.tables,
            **reference_tables(config),
        }
    )
    return Result(
        seed,
        books,
        damage.books,
        [item for one in every_damage for item in one.items] + workforce.damage,
        row_accounting,
        raw_tables,
        voice,
        voice_damage.voice,
        workforce,
        money,
        money_damage.books,
    )


def _copy(books):
    """A deep copy, many times faster than copy.deepcopy."""
    return pickle.loads(pickle.dumps(books))
