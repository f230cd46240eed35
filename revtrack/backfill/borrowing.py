"""A git repository of somebody else, as one of ours: its branches copied, its objects borrowed. Knows no history.

Git never sees the other's folder but for its objects. So no setting, hook, filter, monitor or remote that a stranger
wrote down is in force, and nothing is read that the folder only leads to.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from revtrack.errors import UnreadableError

_LARGEST_LIST = 64 << 20  # bytes of a list of branches
_SHA256 = re.compile(rb"(?mi)^\s*objectformat\s*=\s*\"?sha256\b")


def borrow(folder: Path, ours: Path) -> dict[str, str]:
    """Make a repository in a folder of ours that has the branches and objects of another; return git's environment.

    Raises UnreadableError for a folder that is in no repository, or in one that is not whole by itself.
    """
    home = _home_of(folder)
    for path in _files_below(home / "objects", folder):
        if path.name == "alternates" and path.read_text("utf-8", "replace").strip():
            why = "objects of it lie in another repository: 'git clone --no-local' makes a whole one of it"
            raise UnreadableError(str(folder), why)
    kind = "sha256" if _SHA256.search(_content(home / "config", 1 << 16)) else "sha1"
    is_table = (home / "reftable").is_dir()
    run_git(
        "init", "-q", "--bare", "--template=", f"--object-format={kind}", *["--ref-format=reftable"] * is_table, ours
    )
    copied = [home / name for name in ("HEAD", "packed-refs", "shallow")]
    for path in [*copied, *_files_below(home / "refs", folder), *_files_below(home / "reftable", folder)]:
        if content := _content(path, _LARGEST_LIST):
            copy = ours / path.relative_to(home)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
    return bare_environment() | {"GIT_DIR": str(ours), "GIT_OBJECT_DIRECTORY": str(home / "objects")}


def _home_of(folder: Path) -> Path:
    """Return where the repository of a folder has its objects and branches: as git finds it, but through no link."""
    start = folder.resolve()
    for place in (start, *start.parents) if start.is_dir() else ():
        if (place / ".git").is_file() or (place / ".git").is_symlink():
            raise UnreadableError(str(folder), "its .git leads to another folder: name the repository that it is of")
        for home in (place / ".git", place):
            if (home / "HEAD").is_file() and (home / "objects").is_dir():
                return home
    raise UnreadableError(str(folder), "it is no git repository")


def _files_below(top: Path, folder: Path) -> Iterator[Path]:
    """Yield the files of a part of a repository. Raises UnreadableError for what is no plain file or folder."""
    if top.is_symlink():
        raise UnreadableError(str(folder), f"{top.name} in it is a link, which is not followed")
    for place, folders, files in os.walk(top):
        for name in (*folders, *files):
            path = Path(place, name)
            mode = path.lstat().st_mode
            if not (S_ISDIR(mode) or S_ISREG(mode)):
                raise UnreadableError(str(folder), f"{path.relative_to(top.parent)} in it is no plain file")
            if S_ISREG(mode):
                yield path
        if len(Path(place).relative_to(top).parts) > _DEEPEST:
            folders.clear()


_DEEPEST = 20  # folders in the name of a branch


def _content(path: Path, limit: int) -> bytes:
    """Return what a file holds, b"" for none, or one that is too large."""
    try:
        known = path.lstat()
        return path.read_bytes() if S_ISREG(known.st_mode) and known.st_size <= limit else b""
    except OSError:
        return b""


def run_git(*arguments: str | Path, environment: dict[str, str] | None = None) -> str:
    """Return what git answers. Raises UnreadableError with the last line of its complaint."""
    done = subprocess.run(  # noqa: S603 - a fixed program, its paths after options
        ["git", *map(str, arguments)],  # noqa: S607 - the user's own
        env=environment or bare_environment(),
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableError("the repository", f"git cannot read it ({said[-1] if said else 'it does not say why'})")
    return done.stdout.decode("utf-8", "surrogateescape")


def bare_environment() -> dict[str, str]:
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
