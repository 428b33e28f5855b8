"""One page per KPI, from the registry, the targets, the worked examples and the values of the served file."""
