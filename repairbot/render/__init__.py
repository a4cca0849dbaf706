"""The evidence as text, JSON and other formats: pure functions."""
