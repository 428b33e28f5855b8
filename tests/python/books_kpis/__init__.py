"""Every KPI, computed from the simulation's books alone: never from a mart, never with a macro."""

from books_kpis import accessibility, cost, handling, mix, outbound, resolution, self_service, voice, workforce
from books_kpis.shelf import KPIS, Index, Kpi, Share, Shelf

__all__ = ["FAMILIES", "KPIS", "Index", "Kpi", "Share", "Shelf"]

# Importing a family fills KPIS.
FAMILIES = (accessibility, cost, handling, mix, outbound, resolution, self_service, voice, workforce)
