"""The rim to processes: programs of strangers under limits, tools that we trust, and our own Python."""
