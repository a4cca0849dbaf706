"""The kinds of edit: one module each, and each gives the same four answers."""
