"""Whom campaigns reach, and whom they leave without an agent."""

from dataclasses import dataclass

from books_kpis.shelf import Share, Shelf, kpi
from scripts.simulate.outbound.books import Attempt
from scripts.simulate.outbound.model import Campaign


@dataclass(frozen=True)
class CampaignAttempt:
    attempt: Attempt
    campaign: Campaign | None  # None when the record names one that nobody knows
    agent_name: str
    team_name: str

    @property
    def campaign_name(self) -> str:
        return self.campaign.campaign_name if self.campaign else "Unknown campaign"

    @property
    def is_connected(self) -> bool:
        return self.attempt.leg is not None

    @property
    def is_live(self) -> bool:
        """A person answered."""
        return self.attempt.result in ("CONNECTED", "ABANDONED_BY_DIALER")

    @property
    def is_abandoned(self) -> bool:
        if not self.is_live or not self.is_connected:
            return self.is_live
        wait = self.attempt.leg.connected_at - self.attempt.answered_at
        return self.campaign is not None and wait > self.campaign.answer_limit_seconds

    @property
    def false_positives(self) -> float:
        """How many persons a call that was dropped as a machine stands for."""
        is_dropped = self.attempt.result == "MACHINE" and not self.attempt.agent_id
        return self.campaign.machine_false_positive_rate or 0 if is_dropped and self.campaign else 0


def campaign_attempts(shelf: Shelf) -> list[CampaignAttempt]:
    campaigns = {campaign.campaign_id: campaign for campaign in shelf.config.campaigns}
    return [
        CampaignAttempt(
            attempt,
            campaigns.get(attempt.campaign_id),
            shelf.agent_names.get(attempt.agent_id, "No agent"),
            shelf.team_names.get(attempt.team_id, "Unassigned"),
        )
        for attempt in shelf.books.outbound.attempts
        if attempt.campaign_id
    ]


@kpi(campaign_attempts)
def outbound_abandonment_rate(dialed):
    return Share(sum(d.is_abandoned for d in dialed), sum(d.is_live for d in dialed))


@kpi(campaign_attempts)
def outbound_abandonment_with_false_positives(dialed):
    estimate = sum(d.false_positives for d in dialed)
    return Share(sum(d.is_abandoned for d in dialed) + estimate, sum(d.is_live for d in dialed) + estimate)


@kpi(campaign_attempts)
def connect_rate(dialed):
    return Share(sum(d.is_connected for d in dialed), len(dialed))


@kpi(campaign_attempts)
def right_party_rate(dialed):
    known = [d.attempt.is_right_party for d in dialed if d.attempt.is_right_party is not None]
    return Share(sum(known), len(known))


@kpi(campaign_attempts)
def conversion_rate(dialed):
    known = [d.attempt.is_converted for d in dialed if d.attempt.is_converted is not None]
    return Share(sum(known), len(known))
