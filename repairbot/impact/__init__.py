"""What a finding means for whom: entry points, call paths, severity, journeys."""
