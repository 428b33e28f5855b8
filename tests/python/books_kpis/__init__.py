"""Every KPI, computed from the simulation's books alone: never from a mart, never with a macro."""

from books_kpis import accessibility, cost, handling, mix, outbound, resolution, self_service, voice, workforce
from books_kpis.shelf import KPIS, Index, Kpi, Share, Shelf

__all__ = ["CANNOT_KNOW", "FAMILIES", "KPIS", "Index", "Kpi", "Share", "Shelf"]

# Importing a family fills KPIS.
FAMILIES = (accessibility, cost, handling, mix, outbound, resolution, self_service, voice, workforce)

# KPIs of which the books know nothing.
CANNOT_KNOW: dict[str, str] = {}
