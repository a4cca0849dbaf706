"""Errors a person can act on, each with the exit code it ends the program with."""


class RepairbotError(Exception):
    """Something the user can mend; its text is one sentence that says what happened and what to do next."""

    exit_code = 3


class UsageError(RepairbotError):
    """A wrong argument, option value, path or configuration."""

    exit_code = 2


class OutputError(RepairbotError):
    """What was found could not be written where it should go."""


class DiskFull(RepairbotError):
    """There is no room left to work in."""

    @classmethod
    def at(cls, place: object) -> "DiskFull":
        return cls(f"no space is left for {place}; free some, or set TMPDIR to a folder on a larger disk")
