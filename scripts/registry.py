"""What the registry of KPIs says to those who ask by name: which dimension has a meaning, and why another has none."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


class RefusedError(Exception):
    """Why a question about a KPI has no answer, in one sentence."""


def known_kpi(name: str, names: Iterable[str]) -> str:
    """The name itself, or a refusal that tells the nearest ones."""
    names = sorted(names)
    if name in names:
        return name
    nearest = get_close_matches(name, names, n=3, cutoff=0.5) or [kpi for kpi in names if name in kpi][:3]
    hint = f"did you mean {listed(nearest, 'or')}?" if nearest else "`make kpi` lists them all."
    raise RefusedError(f"there is no KPI {name}; {hint}")


def valid_dimension(kpi: str, dimension: str, valid: Iterable[str], refused: Mapping[str, str]) -> str:
    """The dimension itself, or a refusal with the reason."""
    valid = list(valid)
    if dimension in valid:
        return dimension
    if dimension in refused:
        raise RefusedError(f"{kpi} has no meaning by {dimension}. {refused[dimension]}")
    raise RefusedError(f"{kpi} is not known by {dimension}; it is by {listed(valid, 'and')}.")


def listed(names: list[str], last: str) -> str:
    *others, final = names
    return f"{', '.join(others)} {last} {final}" if others else final
