"""The lines between the public network and the center. A caller who finds all of them busy hears the busy tone."""

from simpy import Environment

from scripts.simulate.model import TrunkFailure


class Trunks:
    def __init__(self, env: Environment, lines: int, failures: tuple[TrunkFailure, ...]):
        self._env = env
        self._lines = lines
        self._failures = failures
        self._in_use = 0

    def seize(self) -> bool:
        if self._in_use >= self._lines_now():
            return False
        self._in_use += 1
        return True

    def release(self) -> None:
        self._in_use -= 1

    def _lines_now(self) -> int:
        left = [f.lines_left for f in self._failures if f.starts_at <= self._env.now < f.starts_at + f.lasts_seconds]
        return min(left, default=self._lines)
