"""How agents differ: every one is drawn once, from the ranges in `habits.AgentHabits`."""

from dataclasses import dataclass
from random import Random

from scripts.simulate.habits import AgentHabits
from scripts.simulate.model import AgentProfile


@dataclass(frozen=True)
class Personality:
    pace: float  # talk, relative to the average
    after_work_mean_seconds: float
    hold_probability: float
    handoff_probability: float  # passes the customer on, to a queue or to a colleague
    ring_mean_seconds: float
    no_answer_probability: float
    usual_delay_seconds: int  # at the log-in
    very_late_probability: float


def draw_personality(habits: AgentHabits, profile: AgentProfile, rng: Random) -> Personality:
    def between(low: float, usual: float, high: float) -> float:
        return rng.triangular(low, high, usual)

    drawn = Personality(
        pace=between(*habits.pace),
        after_work_mean_seconds=between(*habits.after_work_mean_seconds),
        hold_probability=between(*habits.hold_probability),
        handoff_probability=between(*habits.handoff_probability),
        ring_mean_seconds=between(*habits.ring_mean_seconds),
        no_answer_probability=between(*habits.no_answer_probability),
        usual_delay_seconds=round(between(*habits.usual_delay_seconds)),
        very_late_probability=between(*habits.very_late_probability),
    )
    changed = dict(vars(drawn))
    if profile.is_new:
        changed["pace"] = drawn.pace * habits.new_pace_factor
        changed["after_work_mean_seconds"] = habits.new_after_work_mean_seconds
        changed["hold_probability"] = habits.new_hold_probability
    if profile.leaves_phone_ringing:
        changed["ring_mean_seconds"] = habits.ring_mean_seconds[-1]
        changed["no_answer_probability"] = habits.worst_no_answer_probability
    return Personality(**changed)
