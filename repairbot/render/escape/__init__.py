"""Text of a target made harmless, for each medium."""
