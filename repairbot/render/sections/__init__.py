"""The sections of a write-up: one module makes the facts of each."""
