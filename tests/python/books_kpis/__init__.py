"""Every KPI, computed from the simulation's books alone: never from a mart, never with a macro."""

from books_kpis import accessibility, handling
from books_kpis.shelf import KPIS, Kpi, Share, Shelf

__all__ = ["CANNOT_KNOW", "KPIS", "Kpi", "Share", "Shelf", "accessibility", "handling"]

# KPIs of which the books know nothing.
CANNOT_KNOW: dict[str, str] = {}
