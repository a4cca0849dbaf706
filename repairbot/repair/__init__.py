"""Rules over a snapshot become findings, and their plans become checked edits."""
