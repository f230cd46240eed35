"""A git repository of somebody else, read without trusting it. Knows git; nothing of articles.

Nothing of the repository's own configuration is in force: git runs on an empty repository of ours that borrows the
objects. So no hook, filter, monitor, signature program or remote that a stranger wrote down can be called.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from revtrack.backfill.timing import from_epoch
from revtrack.errors import ConfigError, InputError, UnreadableError

_CHUNK = 1 << 16
_LONGEST_TOKEN = 1 << 20  # bytes of a path or of a commit's message
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null")


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
        """Open a reader of contents; one of more than `limit` bytes is passed over without being held."""
        with _running(["git", "cat-file", "--batch"], self._environment, stdin=subprocess.PIPE) as process:
            yield Blobs(process, limit)


class Blobs:
    """The contents of files, one git process for all."""

    def __init__(self, process: "subprocess.Popen[bytes]", limit: int) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._ask, self._answer, self._limit = process.stdin, process.stdout, limit

    def read(self, name: str) -> bytes | None:
        """Return a content by its name; None where it is missing or too large."""
        try:
            self._ask.write(name.encode() + b"\n")
            self._ask.flush()
            _, _, size = self._answer.readline().decode().strip().rpartition(" ")
        except BrokenPipeError:
            raise UnreadableError("the repository", "git ended while its files were read") from None
        if not size.isdigit():  # "missing", "ambiguous"
            return None
        left = int(size)
        if left <= self._limit:
            content = self._answer.read(left)
            self._answer.read(1)
            return content
        left += 1
        while left > 0:
            left -= len(self._answer.read(min(left, _CHUNK))) or left
        return None


@contextmanager
def open_repository(folder: Path, *, branch: str = "HEAD") -> Iterator[Repository]:
    """Open a repository, bare or with files, for reading its history from a branch or commit.

    Raises ConfigError without git, InputError for a branch that is not there, UnreadableError for no repository.
    """
    if shutil.which("git") is None:
        raise ConfigError("reading git histories needs the program git; install it (apt install git)")
    if branch.startswith("-"):
        raise InputError(f"{branch!r} is no name of a branch")
    objects, shallow = _asked(folder, "rev-parse", "--git-path", "objects", "--git-path", "shallow")
    try:
        (tip,) = _asked(folder, "rev-parse", "--verify", "--end-of-options", f"{branch}^{{commit}}")
    except UnreadableError:
        raise InputError(f"{folder} has no branch or commit {branch!r}; --branch names another") from None
    with tempfile.TemporaryDirectory(prefix="revtrack-git-") as ours:
        kind = "sha256" if len(tip) == 64 else "sha1"
        _run(["git", "init", "-q", "--bare", "--template=", f"--object-format={kind}", ours], _bare_environment())
        borrowed = {"GIT_DIR": ours, "GIT_OBJECT_DIRECTORY": str((folder / objects).resolve())}
        if (folder / shallow).is_file():
            borrowed["GIT_SHALLOW_FILE"] = str((folder / shallow).resolve())
        yield Repository(tip, _bare_environment() | borrowed)


def _asked(folder: Path, *arguments: str) -> list[str]:
    """Return the lines of an answer of git about a folder; only its configuration is parsed for that."""
    return _run(["git", "-C", str(folder), *_SETTINGS, *arguments], _bare_environment(), name=str(folder)).splitlines()


def _bare_environment() -> dict[str, str]:
    """Return the environment for git: none of the user's settings, no network, no lazy fetching, no prompt."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return kept | {
        "HOME": os.devnull,
        "XDG_CONFIG_HOME": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_PAGER": "cat",
        "LC_ALL": "C",
    }


def _run(command: list[str], environment: dict[str, str], *, name: str = "git") -> str:
    done = subprocess.run(command, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - a fixed program, its paths after options
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableError(name, f"it is no git repository that can be read ({said[-1] if said else 'git failed'})")
    return done.stdout.decode("utf-8", "surrogateescape")


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], *, stdin: int = subprocess.DEVNULL
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(  # noqa: S603 - as above
        command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
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
        raise UnreadableError("the repository", "git broke off its listing; 'git fsck' may say why")


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
