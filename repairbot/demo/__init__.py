"""The demo: a small chat backend in which one caller was forgotten, and the command that repairs it."""
