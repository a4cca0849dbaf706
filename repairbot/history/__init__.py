"""Since when a finding is broken, and which lines changed."""
