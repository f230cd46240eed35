"""What can go wrong that a user can act on, and nothing else. Bugs stay raw.

::

    RevtrackError
    ├── InputError              what was asked for cannot be done as asked
    │   ├── WrongTypeError      a function was given something else than it takes; a TypeError too
    │   ├── BadURLError         not a URL that can be tracked
    │   ├── UnreadableError     a file or page that cannot be read as text
    │   ├── UnwritableError     a file or folder that cannot be written
    │   ├── NotAnArticleError   readable, but there is no article in it
    │   ├── UnknownArticleError    nothing tracked fits the name given
    │   └── AmbiguousArticleError  several tracked articles fit the name given
    ├── ConfigError             revtrack.toml, an option or the environment is wrong
    ├── FetchError              a page asked for directly could not be had
    ├── SigningError            a checkpoint could not be signed or stamped; it is kept without
    └── ArchiveError            the archive cannot be opened or written
        ├── NotAnArchiveError   the file is something else, and was not touched
        ├── NewerArchiveError   written by a later revtrack
        ├── ArchiveLockedError  another program is writing
        ├── ArchiveHeldError    another process is looking at its articles
        ├── ArchiveLostError    the connection to its server was lost within a transaction
        └── ArchiveWriteError   no permission, no space, a failing disk
"""

from collections.abc import Sequence


class RevtrackError(Exception):
    """Base of every error that revtrack raises on purpose.

    The message is one line in one order: what happened, why after a colon, and after a semicolon what was kept or what
    to do.
    """


class InputError(RevtrackError):
    """What was asked for cannot be done as asked."""


class WrongTypeError(InputError, TypeError):
    """A function was given a value of another type than it takes; the message says how that is made."""


class BadURLError(InputError):
    """The text given is no URL that can be tracked."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url!r} is not a URL that can be tracked: {why}")
        self.url = url
        self.why = why


class UnreadableError(InputError):
    """A file or page cannot be read as text."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"cannot read {name}: {why}")
        self.name = name
        self.why = why


class UnwritableError(InputError):
    """A file or folder named by the user cannot be written."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"cannot write {name}: {why}")
        self.name = name
        self.why = why


class NotAnArticleError(InputError):
    """A file or page was read, but there is no article in it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"no article found in {name}: {why}")
        self.name = name
        self.why = why


class UnknownArticleError(InputError):
    """Nothing that is tracked fits the name given."""

    def __init__(self, name: str, advice: str = "see 'revtrack list' for what is tracked") -> None:
        super().__init__(f"no tracked article fits {name!r}; {advice}")
        self.name = name


class AmbiguousArticleError(InputError):
    """Several tracked articles fit the name given; `candidates` are their ids and URLs."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        shown = "; ".join(candidates[:3]) + ("; …" if len(candidates) > 3 else "")
        super().__init__(f"{name!r} fits {len(candidates)} articles ({shown}); give the id or more of the URL")
        self.name = name
        self.candidates = tuple(candidates)


class ConfigError(RevtrackError):
    """A setting is wrong; `key` is its name as the user wrote it."""

    def __init__(self, message: str, *, key: str | None = None) -> None:
        super().__init__(message)
        self.key = key


class FetchError(RevtrackError):
    """A page asked for directly could not be had.

    Looks at tracked articles never raise this: there, a failure is a stored snapshot.
    """

    def __init__(self, url: str, why: str, *, status: int | None = None) -> None:
        super().__init__(f"cannot fetch {url}: {why}")
        self.url = url
        self.why = why
        self.status = status


class SigningError(RevtrackError):
    """A checkpoint could not be signed or stamped, or that could not be checked; `tool` is what was called for it."""

    def __init__(self, tool: str, why: str) -> None:
        super().__init__(f"{tool}: {why}")
        self.tool = tool
        self.why = why


class ArchiveError(RevtrackError):
    """The archive cannot be opened or written; `location` says which."""

    def __init__(self, location: str, what: str) -> None:
        super().__init__(f"{location}: {what}")
        self.location = location


class NotAnArchiveError(ArchiveError):
    """The file is not a revtrack archive, and was left untouched."""


class NewerArchiveError(ArchiveError):
    """The archive was written by a later revtrack than this one."""


class ArchiveLockedError(ArchiveError):
    """Another program held the archive for longer than we wait."""


class ArchiveHeldError(ArchiveError):
    """Another process is looking at the archive's articles; two at once would visit a host twice at once."""

    def __init__(self, location: str, who: str) -> None:
        super().__init__(location, f"{who}; wait until it is done")
        self.who = who


class ArchiveLostError(ArchiveError):
    """The connection to the archive's server was lost within a transaction, and all that was done in it."""

    def __init__(self, location: str) -> None:
        super().__init__(location, "the connection was lost; what was begun is not recorded: do it again")


class ArchiveWriteError(ArchiveError):
    """The archive cannot be written: permission, space or a failing disk."""
