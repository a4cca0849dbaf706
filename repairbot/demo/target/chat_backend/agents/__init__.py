"""The agents that answer messages."""
