"""The target's own tests: runs, their reports, and what changed between two of them."""
