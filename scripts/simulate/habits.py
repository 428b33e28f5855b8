"""How likely things are, and how long they take: probabilities are shares of one, durations are seconds."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CallerHabits:
    always_withholds_share: float = 0.04  # of customers
    withholds_probability: float = 0.02  # of the other customers' calls
    knows_hours_probability: float = 0.90
    patience_mean_seconds: float = 450
    patience_spread: float = 1.1
    gives_up_at_once_probability: float = 0.012
    gives_up_at_once_most_seconds: int = 4
    key_exit_probability: float = 0.012
    key_exit_seconds: tuple[int, int] = (20, 150)
    redials_after_blocked: float = 0.70
    redials_after_abandoning: float = 0.50
    redials_after_hanging_up: float = 0.15
    redial_seconds: tuple[int, int] = (25, 570)  # under ten minutes, so that a redial is a retry and not a repeat
    most_redials: int = 3
    calls_again_when_unsolved: float = 0.80
    calls_again_when_solved: float = 0.05
    calls_again_when_contained: float = 0.10
    calls_again_when_turned_away: float = 0.55
    calls_again_mean_seconds: float = 1.9 * 86_400
    calls_again_most_seconds: int = 6 * 86_400 + 43_200
    waking_hours: tuple[int, int] = (9, 19)
    direct_call_share: float = 0.012
    test_calls: int = 14


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
    talk_spread: float = 0.75
    hold_probability: float = 0.15
    hold_mean_seconds: float = 55
    after_work_mean_seconds: float = 47
    after_work_spread: float = 0.8
    no_after_work_probability: float = 0.06
    blind_probability: float = 0.052
    outside_probability: float = 0.007
    warm_probability: float = 0.050
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


@dataclass(frozen=True)
class AgentHabits:
    ring_seconds: tuple[int, int] = (2, 8)
    ring_limit_seconds: int = 20
    no_answer_probability: float = 0.012
    not_responding_mean_seconds: float = 110
    early_or_late_seconds: tuple[int, int] = (-150, 240)
    very_late_probability: float = 0.035
    very_late_seconds: tuple[int, int] = (420, 1500)
    absence_probability: float = 0.008
    settles_in_seconds: tuple[int, int] = (0, 45)
    forgets_logout_probability: float = 0.02
    logs_out_in_wrap_up_probability: float = 0.25
    crash_probability: float = 0.010
    crash_seconds: tuple[int, int] = (120, 700)
    break_seconds: int = 900
    lunch_seconds: int = 1800
    meeting_seconds: int = 1200
    training_seconds: int = 2700
    training_probability: float = 0.04
    # Idle agents study until a call needs them: how a small center has a high occupancy and a good service level.
    studies_after_idle_seconds: tuple[int, int] = (240, 480)
    study_seconds: tuple[int, int] = (600, 1500)
    returns_to_phone_seconds: tuple[int, int] = (3, 9)
