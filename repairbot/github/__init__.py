"""The rim to GitHub: calls that wait and answer with values."""
