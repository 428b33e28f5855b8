"""What a change does to the KPIs: definitions first, then numbers, then what caused it and whom it reaches."""
