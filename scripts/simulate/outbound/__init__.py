"""Calls that the center makes itself: campaigns of a dialer, and callbacks of callers who did not want to wait."""
