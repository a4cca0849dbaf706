"""Statements rewritten with LibCST, in a process of its own."""
