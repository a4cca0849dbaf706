"""The environment that a target's tests run in: found, made, kept."""
