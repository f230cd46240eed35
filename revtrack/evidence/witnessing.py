"""A second witness: a web archive that is asked to save the page of every new version. Opens no connection.

The service is that of the Wayback Machine (Save Page Now 2): it takes an address, answers with the name of a job, and
says when it is asked again which capture came of it. What was asked and what came of it is kept beside the archive.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from revtrack.archive import Archive
from revtrack.config import EvidenceSettings
from revtrack.errors import SigningError, UnwritableError
from revtrack.evidence.calendars import Post
from revtrack.forms import from_form, to_form
from revtrack.model import Capture, Version

_PATIENCE = timedelta(days=1)
"""How long after a version it is worth a capture, and how long a job is asked after."""
_MOST = 10
"""How many pages are asked to be saved after one pass: the service bears no more in a minute."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A capture that another archive was asked to make of an article, when `version` was its newest.

    `seen_at` is when it saw the page, by its own clock, and `capture` where that can be read; None and "" until it said
    so. `why` is why there is none.
    """

    article: int
    version: int
    url: str
    asked_at: datetime
    job: str
    seen_at: datetime | None = None
    capture: str = ""
    why: str = ""


def ask_for_witnesses(
    archive: Archive,
    file: Path,
    now: datetime,
    settings: EvidenceSettings,
    *,
    post: Post,
    complain: Callable[[str], object],
) -> None:
    """Ask what came of earlier jobs, then for captures of the newest versions of the last day; write both to a file.

    What fails is told in one line and not asked for again in this pass. Raises UnwritableError.
    """
    known = read_witnesses(file)
    try:
        _keep(file, _told(known, now, settings, post))
        asked = {(one.article, one.version) for one in known}
        _keep(file, _asked(archive, asked, now, settings, post))
    except SigningError as error:
        complain(f"no capture was asked for: {error}")


def read_witnesses(file: Path) -> list[Witness]:
    """Return what was asked of other archives, and what came of it; a line that was cut off is passed over."""
    told = _read(file.read_text("utf-8", "replace")) if file.exists() else ()
    return list({(one.article, one.version, one.job): one for one in told}.values())


def _read(text: str) -> Iterator[Witness]:
    for line in text.splitlines():
        try:
            yield from_form(Witness, json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue


def captures_of(file: Path, article: int, versions: Iterable[Version]) -> dict[int, Capture]:
    """Return the first capture that another archive made of each version of an article, by the version's number.

    It is that of the version which, by our looks, stood when the other saw the page: it may have come to it late, and a
    `rebuild` may count versions anew.
    """
    begun = [(version.first_seen, version.number) for version in versions]
    found: dict[int, Capture] = {}
    for witness in _captured(file, *_state_of(file)).get(article, ()):
        at = witness.seen_at
        standing = max((since for since in begun if at and since[0] <= at), default=None)
        if at and standing:
            found.setdefault(standing[1], Capture(at, witness.capture))
    return found


def captured_since(file: Path, size: int) -> set[int]:
    """Return the articles of which captures were told since the file had so many bytes: it only grows."""
    if not file.exists():
        return set()
    with file.open("rb") as lines:
        lines.seek(size)
        return {one.article for one in _read(lines.read().decode("utf-8", "replace")) if one.capture}


def _state_of(file: Path) -> tuple[int, int]:
    """Return what changes when a file does: its time and size; zeros where there is none."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=1)
def _captured(file: Path, *_state: int) -> dict[int, list[Witness]]:
    """Return the captures of each article, those asked for first before others."""
    found: dict[int, list[Witness]] = {}
    for witness in sorted(read_witnesses(file), key=lambda one: one.asked_at):
        if witness.capture:
            found.setdefault(witness.article, []).append(witness)
    return found


def _told(known: list[Witness], now: datetime, settings: EvidenceSettings, post: Post) -> Iterator[Witness]:
    """Yield the jobs that have ended since they were last asked after."""
    waiting = {one.job: one for one in known if not one.capture and not one.why and now - one.asked_at < _PATIENCE}
    if not waiting:
        return
    told = _form(settings, post, "/status", job_ids=",".join(waiting))
    for form in told if isinstance(told, list) else [told]:
        witness = waiting.get(str(form.get("job_id"))) if isinstance(form, dict) else None
        if witness and form.get("status") == "success":
            at = _stamp(form.get("timestamp"))
            page = f"{settings.save_page.rstrip('/').removesuffix('/save')}/web/{at:%Y%m%d%H%M%S}/{witness.url}"
            yield replace(witness, seen_at=at, capture=page)
        elif witness and form.get("status") == "error":
            yield replace(witness, why=str(form.get("status_ext") or form.get("message") or "it failed")[:200])


def _asked(
    archive: Archive, asked: set[tuple[int, int]], now: datetime, settings: EvidenceSettings, post: Post
) -> Iterator[Witness]:
    """Yield the captures asked for of versions that are new, newest last."""
    newest = {
        entry.article.id: (entry.version, entry.article.url)
        for entry in archive.log(since=now - _PATIENCE)
        if entry.version
    }
    wanted = [(article, *what) for article, what in newest.items() if (article, what[0]) not in asked]
    for article, version, url in wanted[-_MOST:]:
        told = _form(settings, post, "", url=url)
        job = told.get("job_id") if isinstance(told, dict) else None
        if not isinstance(job, str) or not job:
            why = told.get("message") if isinstance(told, dict) else None
            raise SigningError(settings.save_page, str(why or "it answered with no job")[:200])
        yield Witness(article, version, url, now, job)


def _form(settings: EvidenceSettings, post: Post, path: str, **fields: str) -> Any:  # noqa: ANN401 - JSON
    """Return what the service answers to a form. Raises SigningError."""
    headers = [("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded")]
    if settings.save_key:
        headers.append(("Authorization", f"LOW {settings.save_key}"))
    answer = post(f"{settings.save_page.rstrip('/')}{path}", urlencode(fields).encode(), tuple(headers))
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        raise SigningError(settings.save_page, "what it answered is no JSON") from None


def _stamp(text: object) -> datetime:
    try:
        return datetime.strptime(f"{text}+0000", "%Y%m%d%H%M%S%z")
    except ValueError:
        raise SigningError("the web archive", "it named a capture without a time") from None


def _keep(file: Path, witnesses: Iterable[Witness]) -> None:
    """Write each down as it comes: what was asked for is known, whatever ends the next request."""
    for witness in witnesses:
        try:
            with file.open("a", encoding="utf-8") as lines:
                lines.write(f"{json.dumps(to_form(witness))}\n")
        except OSError as error:
            raise UnwritableError(str(file), error.strerror or str(error)) from error
