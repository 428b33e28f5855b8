"""How likely things are, and how long they take: probabilities are shares of one, durations are seconds."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CallerHabits:
    always_withholds_share: float = 0.04  # of customers
    withholds_probability: float = 0.02  # of the other customers' calls
    knows_hours_probability: float = 0.98
    patience_mean_seconds: float = 300
    patience_spread: float = 0.8
    gives_up_at_once_probability: float = 0.012
    gives_up_at_once_most_seconds: int = 4
    key_exit_probability: float = 0.012
    key_exit_seconds: tuple[int, int] = (20, 150)
    # What the announcement in the queue offers instead of waiting on.
    voicemail_probability: float = 0.06
    voicemail_seconds: tuple[int, int] = (90, 240)
    redials_after_blocked: float = 0.70
    redials_after_abandoning: float = 0.40
    redials_after_hanging_up: float = 0.15
    redial_seconds: tuple[int, int] = (25, 570)  # under ten minutes, so that a redial is a retry and not a repeat
    most_redials: int = 3
    calls_again_when_unsolved: float = 0.74
    calls_again_when_solved: float = 0.05
    calls_again_when_contained: float = 0.10
    calls_again_when_turned_away: float = 0.55
    calls_again_mean_seconds: float = 1.9 * 86_400
    calls_again_most_seconds: int = 6 * 86_400 + 43_200
    calls_again_at_weekend: float = 0.70  # as willing as on a weekday
    direct_call_share: float = 0.012
    test_calls: int = 14
    calls_from_app_share: float = 0.06  # with the button in the app instead of dialing


@dataclass(frozen=True)
class IvrBehavior:
    greeting_seconds: tuple[int, int] = (6, 16)
    menu_mean_seconds: float = 22
    self_service_mean_seconds: float = 75
    hangs_up_in_greeting: float = 0.022
    hangs_up_in_menu: float = 0.030
    closed_message_seconds: tuple[int, int] = (0, 9)


@dataclass(frozen=True)
class ConversationHabits:
    talk_spread: float = 0.50
    # Agents see on the wallboard whether callers wait, and hurry or take their time, relative to their usual.
    talk_when_callers_wait: float = 0.82
    talk_when_nobody_waits: float = 1.02
    after_work_when_callers_wait: float = 0.50
    after_work_when_nobody_waits: float = 1.10
    hold_mean_seconds: float = 55
    after_work_spread: float = 0.8
    no_after_work_probability: float = 0.06
    # Of the contacts an agent hands on: how.
    handoffs: dict[str, float] = field(default_factory=lambda: {"blind": 0.48, "outside": 0.06, "warm": 0.46})
    consult_probability: float = 0.022
    conference_probability: float = 0.014
    most_handoffs: int = 2
    consult_mean_seconds: float = 70
    outside_mean_seconds: float = 240
    dispositions: dict[str, float] = field(
        default_factory=lambda: {"RESOLVED": 0.745, "FOLLOW_UP": 0.12, "NOT_RESOLVED": 0.125, "WRONG_NUMBER": 0.01}
    )
    transfer_reasons: dict[str, float] = field(
        default_factory=lambda: {
            "wrong_queue": 0.35,
            "specialist_needed": 0.40,
            "second_topic": 0.15,
            "approval_needed": 0.10,
        }
    )
    # Where calls of a queue are usually passed on to.
    transfer_targets: dict[str, dict[str, float]] = field(
        default_factory=lambda: {
            "billing": {"account_changes": 0.5, "technical_support": 0.3, "sales": 0.2},
            "technical_support": {"billing": 0.5, "sales": 0.3, "account_changes": 0.2},
            "sales": {"billing": 0.5, "technical_support": 0.3, "account_changes": 0.2},
            "account_changes": {"billing": 0.6, "sales": 0.25, "technical_support": 0.15},
        }
    )


Range = tuple[float, float, float]  # lowest, most usual, highest


@dataclass(frozen=True)
class AgentHabits:
    # Agents differ: each one's own value is drawn once.
    pace: Range = (0.82, 0.98, 1.20)
    after_work_mean_seconds: Range = (25, 38, 75)
    hold_probability: Range = (0.05, 0.14, 0.35)
    handoff_probability: Range = (0.05, 0.10, 0.18)
    ring_mean_seconds: Range = (3.2, 4.5, 9.5)
    no_answer_probability: Range = (0.002, 0.006, 0.016)
    usual_delay_seconds: Range = (-60, 0, 180)
    very_late_probability: Range = (0.0, 0.02, 0.10)
    # The first months are slower. And somebody always leaves the phone ringing.
    new_pace_factor: float = 1.2
    new_after_work_mean_seconds: float = 72
    new_hold_probability: float = 0.33
    worst_no_answer_probability: float = 0.08

    ring_spread: float = 0.5
    least_ring_seconds: int = 2
    ring_limit_seconds: int = 20
    not_responding_mean_seconds: float = 80
    early_or_late_seconds: tuple[int, int] = (-150, 240)
    very_late_seconds: tuple[int, int] = (420, 1500)
    absence_probability: float = 0.008
    settles_in_seconds: tuple[int, int] = (0, 45)
    forgets_logout_probability: float = 0.02
    logs_out_in_wrap_up_probability: float = 0.25
    crash_probability: float = 0.010
    crash_seconds: tuple[int, int] = (120, 700)
    break_seconds: int = 900
    lunch_seconds: tuple[int, ...] = (1800, 2700, 3600)  # short shifts have the first
    meeting_seconds: int = 1500
    pauses_early_seconds: int = 600
    pauses_late_seconds: int = 1200
    training_share: float = 0.03  # of the agent's hours in a week
    training_seconds: tuple[int, int] = (1800, 3600)
