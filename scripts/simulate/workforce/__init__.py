"""The workforce: published schedules, absences, employment and payroll, with their books and their damage."""

from scripts.simulate.workforce.run import Workforce, simulate_workforce

__all__ = ["Workforce", "simulate_workforce"]
