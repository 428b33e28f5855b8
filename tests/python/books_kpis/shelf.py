"""What the KPIs are computed from: the books of one run, with the listed damage applied, and the names of things."""

import csv
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from books_kpis.clock import BusinessHours
from scripts.simulate.clock import local
from scripts.simulate.config import NEW_YORK
from scripts.simulate.customer_voice.tally import VoiceTally

REFERENCE = Path(__file__).parents[3] / "seeds" / "reference"
NO_QUEUE = "No queue"


class Share(NamedTuple):
    """Both parts of a ratio."""

    numerator: float
    denominator: float


class Index(NamedTuple):
    """A ratio whose parts mean nothing by themselves."""

    value: float


Computed = Share | Index | float | None


class Kpi(NamedTuple):
    """How a KPI is computed from entries of the books; an attribute named like a column of the mart is a dimension."""

    compute: Callable[[list], Computed]
    entries: Callable[["Shelf"], list]
    is_share_of_all: bool = False

    def of(self, entries: list, everything: list) -> Computed:
        """Of the entries of one member of a dimension, or of every entry."""
        computed = self.compute(entries)
        return Share(computed, self.compute(everything)) if self.is_share_of_all else computed


KPIS: dict[str, Kpi] = {}


def kpi(entries: Callable[["Shelf"], list], is_share_of_all: bool = False):
    """Mark a function as the one that computes the KPI of its name.

    A share of all is what the function gives for one member over what it gives for all of them.
    """

    def keep(compute: Callable[[list], Computed]):
        KPIS[compute.__name__] = Kpi(compute, entries, is_share_of_all)
        return compute

    return keep


def reporting_date(at: int) -> date:
    return local(at, NEW_YORK).date()


class Shelf:
    """The books of every department."""

    def __init__(self, simulated):
        self.books = simulated.damaged_books
        self.config = simulated.books.config
        self.voice = VoiceTally(simulated.damaged_voice, simulated.damaged_books)
        self.raw_voice = simulated.damaged_voice
        self.workforce = simulated.workforce
        self.money = simulated.damaged_money
        self._entries: dict[Callable, list] = {}

    def entries(self, of: Callable[["Shelf"], list]) -> list:
        """Entries are the same for every KPI over them."""
        if of not in self._entries:
            self._entries[of] = of(self)
        return self._entries[of]

    @cached_property
    def contacts(self) -> dict:
        return {contact.contact_id: contact for contact in self.books.contacts}

    @cached_property
    def channels(self) -> dict[str, dict[str, str]]:
        return {row["channel_code"]: row for row in reference("channels")}

    @cached_property
    def channel_names(self) -> dict[str, str]:
        return {code: row["channel_name"] for code, row in self.channels.items()}

    @cached_property
    def queues(self) -> dict:
        return {queue.queue_id: queue for queue in (*self.config.queues, *self.config.digital_queues)}

    @cached_property
    def queue_names(self) -> dict[str, str]:
        return {queue_id: queue.queue_name for queue_id, queue in self.queues.items()} | {"none": NO_QUEUE}

    @cached_property
    def team_names(self) -> dict[str, str]:
        return {team.team_id: team.team_name for team in self.config.teams}

    @cached_property
    def agent_names(self) -> dict[str, str]:
        return {profile.agent_id: profile.agent_name for profile in self.config.agents}

    @cached_property
    def contact_reason_names(self) -> dict[str, str]:
        return {reason.contact_reason: reason.contact_reason_name for reason in self.config.reasons}

    def contact_reason_name(self, contact_reason: str) -> str:
        return self.contact_reason_names.get(contact_reason, "Unknown")

    def is_in_service_hours(self, queue_id: str, at: int) -> bool:
        return self.queues[queue_id].is_open(at)

    def business_seconds(self, queue_id: str, since: int, until: int) -> int:
        """In the service hours of a queue."""
        return self._business_hours[queue_id].between(since, until)

    @cached_property
    def _business_hours(self) -> dict[str, BusinessHours]:
        return {queue_id: BusinessHours(queue.calendar) for queue_id, queue in self.queues.items()}

    @cached_property
    def site_names(self) -> dict[str, str]:
        """Of the site of each team."""
        sites = {site.site_id: site.site_name for site in self.config.sites}
        return {team.team_id: sites[team.site_id] for team in self.config.teams}


def reference(name: str) -> list[dict[str, str]]:
    """Settings of the warehouse that the books have no opinion on: targets, names of channels."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
