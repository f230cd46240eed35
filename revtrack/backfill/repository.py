"""The history of a git repository of somebody else: which commit left which file. Knows git; nothing of articles.

How it is read without trusting it, `borrowing` knows. What is huge in it ends the reading, not the machine.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from revtrack.backfill.borrowing import borrow, run_git
from revtrack.backfill.timing import from_epoch
from revtrack.errors import ConfigError, InputError, UnreadableError

_CHUNK = 1 << 16
_LONGEST_TOKEN = 1 << 20  # bytes of a path or of a commit's message
_MOST_MEMORY = 2 << 30  # bytes that git may take: a few folders that hold each other stand for billions of files


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file as one commit left it: `blob` is the name of its content, `was` its earlier name if it got another.

    `at` is the earlier of the commit's two times: a rebase moves one of them, an amendment the other, and both only
    forward. `path` is as git keeps it, any bytes but NUL; `message` is the commit's.
    """

    commit: str
    at: datetime
    path: bytes
    blob: str
    was: bytes = b""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Repository:
    """An open repository; `tip` is the commit that history is read from."""

    tip: str
    _environment: dict[str, str] = field(repr=False)

    def changes(self) -> Iterator[FileChange]:
        """Yield every file that a commit added or changed, oldest commit first, both sides of merges included.

        What a merge took unchanged from one of its sides is not told again, nor are deleted files. A file counts as
        renamed if not a byte of it changed: pages of one site are alike enough to be taken for each other.
        """
        listing = ("--reverse", "--date-order", "-c", "--raw", "-z", "-M100%", "--no-abbrev", "--no-show-signature")
        quiet = ("--no-ext-diff", "--no-textconv", "--no-mailmap", "--no-color", "--no-notes", "--no-decorate")
        command = ["git", "log", *listing, *quiet, "--format=tformat:%H %at %ct %B", self.tip, "--"]
        with _running(command, self._environment) as process:
            assert process.stdout is not None
            yield from _read_listing(_tokens(process.stdout))

    @contextmanager
    def blobs(self, *, limit: int) -> "Iterator[Blobs]":
        """Open a reader of contents; one of more than `limit` bytes is passed over, and not even unpacked."""
        command = ["git", "cat-file"]
        with (
            _running([*command, "--batch-check"], self._environment, stdin=subprocess.PIPE) as sizes,
            _running([*command, "--batch"], self._environment, stdin=subprocess.PIPE) as contents,
        ):
            yield Blobs(sizes, contents, limit)


class Blobs:
    """The contents of files: one git process that knows their sizes, and one that gives them, for all."""

    def __init__(self, sizes: "subprocess.Popen[bytes]", contents: "subprocess.Popen[bytes]", limit: int) -> None:
        self._sizes, self._contents, self._limit = sizes, contents, limit

    def read(self, name: str) -> bytes | None:
        """Return a content by its name; None where it is missing, too large, or no file's."""
        if not 0 <= _ask(self._sizes, name) <= self._limit:
            return None
        size = _ask(self._contents, name)
        assert self._contents.stdout is not None
        return self._contents.stdout.read(size + 1)[:size]


def _ask(process: "subprocess.Popen[bytes]", name: str) -> int:
    """Ask for a file by its name; return its size, which the answer begins with; -1 where there is none."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(name.encode() + b"\n")
        process.stdin.flush()
    answer = process.stdout.readline().decode().split()
    if not answer:
        raise UnreadableError("the repository", "git ended while its files were read")
    return int(answer[2]) if answer[1:2] == ["blob"] else -1  # "missing", "ambiguous", a folder


@contextmanager
def open_repository(folder: Path, *, branch: str = "HEAD") -> Iterator[Repository]:
    """Open a repository, bare or with files, for reading its history from a branch or commit.

    Raises ConfigError without git, InputError for a branch that is not there, UnreadableError for no repository.
    """
    if shutil.which("git") is None:
        raise ConfigError("reading git histories needs the program git; install it (apt install git)")
    if branch.startswith("-"):
        raise InputError(f"{branch!r} is no name of a branch")
    with tempfile.TemporaryDirectory(prefix="revtrack-git-") as ours:
        environment = borrow(folder, Path(ours))
        try:
            asked = run_git(
                "rev-parse", "--verify", "--end-of-options", f"{branch}^{{commit}}", environment=environment
            )
        except UnreadableError:
            raise InputError(f"{folder} has no branch or commit {branch!r}; --branch names another") from None
        yield Repository(asked.strip(), environment)


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], *, stdin: int = subprocess.DEVNULL
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(  # noqa: S603 - a fixed program, its paths after options
        command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with suppress(ImportError):  # no Windows has it
        import resource  # noqa: PLC0415

        if hasattr(resource, "prlimit"):
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
    is_whole = False
    try:
        yield process
        is_whole = stdin == subprocess.DEVNULL
    finally:
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        if not is_whole:
            process.kill()
        ended = process.wait()
    if is_whole and ended:
        raise UnreadableError(
            "the repository", "git broke off its listing, damaged or too large; 'git fsck' may say why"
        )


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands between NULs, in bounded memory."""
    rest = b""
    while piece := stream.read(_CHUNK):
        *whole, rest = (rest + piece).split(b"\0")
        if len(rest) > _LONGEST_TOKEN:
            raise UnreadableError("the repository", "a name in it is longer than 1 MiB")
        yield from whole


def _read_listing(tokens: Iterator[bytes]) -> Iterator[FileChange]:
    commit, at, message = "", None, ""
    for token in tokens:
        text = token.lstrip(b"\n")
        if not text:  # after a merge that changed nothing of its own
            continue
        if not text.startswith(b":"):
            commit, author, committer, message = text.decode("utf-8", "replace").split(" ", 3)
            at = from_epoch(min(int(author), int(committer)))
            continue
        *_, blob, status = text.decode("ascii", "replace").split(" ")
        mode = text.lstrip(b":").split(b" ")[text.count(b":")]
        was = next(tokens, b"") if status[0] in "RC" and not text.startswith(b"::") else b""
        path = next(tokens, b"")
        if at and set(blob) != {"0"} and mode.startswith(b"100"):  # a file: no link, no module, nothing deleted
            yield FileChange(commit, at, path, blob, was if status[0] == "R" else b"", message)
