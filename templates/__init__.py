"""Jinja templates of everything a person reads."""
