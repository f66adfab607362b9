"""The base of every error that is meant for people."""


class Refusal(Exception):
    """What was asked cannot be done; the Vietnamese message says why and what to do.

    Nothing has changed when it is raised. The command line shows it and exits with 2, a page
    shows it in place; any other exception is a fault of the program.
    """


class NotFound(Refusal, LookupError):
    """What was asked for does not exist."""


class NotAllowed(Refusal):
    """A move that no rule knows, or not now, or not by this one; the message is for the one who tried."""


class NotInThisSeat(NotAllowed):
    """A move that may be made, but by somebody who sits elsewhere: a refusal of access."""


class Overtaken(NotAllowed):
    """Somebody else moved the row between our look and our move; nothing was changed."""
