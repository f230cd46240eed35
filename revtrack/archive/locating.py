"""Where an archive is: a file, or a server's database, and how its address is shown. Opens nothing."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from revtrack.errors import ArchiveError

if TYPE_CHECKING:
    from revtrack.config import ArchiveSettings

FILE_NAME = "revtrack.db"
_SCHEMES = ("postgresql://", "postgres://")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/{2}")  # a letter by itself is a drive


def is_server(location: str | Path) -> bool:
    """Say whether an archive is on a server."""
    return str(location).startswith(_SCHEMES)


def shown(url: str) -> str:
    """Return the address of a server's database without passwords and options.

    >>> shown("postgresql://ann:secret@db.test:5433/news?sslmode=require")
    'postgresql://ann@db.test:5433/news'
    """
    scheme, _, rest = url.partition("://")
    head = rest.partition("?")[0]
    user, at, place = head.rpartition("@")
    if not at and "@" in rest:  # a password that is not escaped: no telling where it ends
        return f"{scheme}://…"
    return f"{scheme}://{user.partition(':')[0]}{at}{place}"


def locate(location: str | Path | None = None, settings: "ArchiveSettings | None" = None) -> Path | str:
    """Return the file an archive lives in, or the URL of its database.

    In order: the location given, `REVTRACK_ARCHIVE`, the configuration, `./snapshots/revtrack.db` where there is a
    folder of that name, and the platform's data folder. Raises ArchiveError for the URL of no server that we know.
    """
    given = location or os.environ.get("REVTRACK_ARCHIVE") or (settings.location if settings else "")
    if given:
        if is_server(given):
            return str(given)
        if scheme := _SCHEME.match(str(given)):
            what = f"is no place for an archive: write a file, a folder or postgresql://…, not {scheme[1]}://"
            raise ArchiveError(shown(str(given)), what)
        path = Path(given).expanduser()
        return path / FILE_NAME if path.is_dir() or str(given).endswith(("/", os.sep)) else path
    if Path("snapshots").is_dir():
        return Path("snapshots") / FILE_NAME
    from platformdirs import user_data_path  # noqa: PLC0415 - only where nothing else says

    return user_data_path("revtrack", appauthor=False) / FILE_NAME
