"""Errors a person can act on, each with the exit code it ends the program with."""


class RepairbotError(Exception):
    """Something the user can mend; its text is one sentence that says what happened and what to do next."""

    exit_code = 3


class UsageError(RepairbotError):
    """A wrong argument, option value, path or configuration."""

    exit_code = 2


class OutputError(RepairbotError):
    """What was found could not be written where it should go."""
