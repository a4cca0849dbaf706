"""Runs target code at the best level of isolation that this machine offers."""
