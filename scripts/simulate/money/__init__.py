"""What the business around the center keeps: customers, costs, the old system's daily totals, and business events.

`keep_money_books` runs after the center, with random streams of its own, and reads the center's books only.
"""

from scripts.simulate.books import Books
from scripts.simulate.chance import Streams
from scripts.simulate.config import Config
from scripts.simulate.money.costs import keep_ledger
from scripts.simulate.money.daily_totals import keep_daily_totals
from scripts.simulate.money.directory import keep_directory
from scripts.simulate.money.entries import MoneyBooks
from scripts.simulate.money.events import keep_events

__all__ = ["MoneyBooks", "keep_money_books"]


def keep_money_books(config: Config, books: Books, streams: Streams) -> MoneyBooks:
    return MoneyBooks(
        customers=keep_directory(config, books, streams.stream("directory")),
        cost_lines=keep_ledger(config, streams.stream("ledger")),
        daily_totals=keep_daily_totals(books, streams.stream("daily totals")),
        events=keep_events(config, books),
    )
