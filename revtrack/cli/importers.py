"""What `backfill` is asked to bring in: from the words of a command line to the importer that finds it."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from revtrack.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revtrack.archive import Archive
    from revtrack.backfill import Found, Naming, Service, Wanted

OF_THE_NET = ("wayback", "memento")
KINDS = (
    *OF_THE_NET,
    *("warc", "git", "folder", "table", "newsdiffs", "diffengine", "urlwatch", "webchanges", "changedetection"),
    "newsedits",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for; `options` as click gives them, by their names."""

    kind: str
    places: tuple[str, ...]
    options: dict[str, Any]

    def wanted(self) -> "Wanted":
        """Return which looks are asked for. Raises InputError for a time that is none, BadURLError."""
        from revtrack.backfill import Wanted  # noqa: PLC0415
        from revtrack.clock import utc_now  # noqa: PLC0415
        from revtrack.site.choosing import parse_since  # noqa: PLC0415

        since, until = (
            parse_since(text, utc_now()) if (text := self.options[name]) else None for name in ("since", "until")
        )
        return Wanted.of(self.options["urls"], since=since, until=until)

    def naming(self) -> "Naming":
        """Return what was said of files. Raises ConfigError."""
        from revtrack.backfill import Naming  # noqa: PLC0415

        named = {"article": "article", "template": "url_from", "files": "files", "field": "field"}
        return Naming(**{name: self.options[option] or "" for name, option in named.items()})

    def paths(self) -> list[Path]:
        """Return the places as files and folders."""
        return [Path(place) for place in self.places]


class Home:
    """The archive that looks are brought into. One that is not there is empty, and made when first something is kept.

    A dry run makes none; what it keeps goes with the empty one.
    """

    def __init__(self, session: Session, opened: ExitStack, *, dry_run: bool) -> None:
        from revtrack.archive import open_archive  # noqa: PLC0415
        from revtrack.errors import ArchiveError  # noqa: PLC0415

        self._session, self._opened, self._is_made = session, opened, True
        try:
            self.archive = opened.enter_context(session.open_archive())
        except ArchiveError as error:
            if type(error) is not ArchiveError:
                raise
            folder = opened.enter_context(TemporaryDirectory())
            self.archive = opened.enter_context(open_archive(Path(folder) / "empty.db"))
            self._is_made = dry_run

    def made(self) -> "Archive":
        """Return the archive to write to."""
        if not self._is_made:
            self.archive = self._opened.enter_context(self._session.open_archive(create=True))
            self._is_made = True
        return self.archive


def find(session: Session, home: Home, asked: Asked) -> "Iterator[Found]":
    """Return what there is to bring in, by the importer of its kind."""
    if asked.kind in OF_THE_NET:
        return _of_the_net(session, home, asked)
    if asked.kind in {"urlwatch", "webchanges"}:
        return _of_watchers(home.archive, asked)
    return _IMPORTERS[asked.kind](asked)


def _git(asked: Asked) -> "Iterator[Found]":
    from revtrack.backfill import git_captures  # noqa: PLC0415

    for path in asked.paths():
        yield from git_captures(path, naming=asked.naming(), wanted=asked.wanted(), branch=asked.options["branch"])


def _folder(asked: Asked) -> "Iterator[Found]":
    from revtrack.backfill import folder_captures  # noqa: PLC0415

    for path in asked.paths():
        yield from folder_captures(path, naming=asked.naming(), wanted=asked.wanted())


def _warc(asked: Asked) -> "Iterator[Found]":
    from revtrack.backfill import warc_captures  # noqa: PLC0415

    return warc_captures(asked.paths(), wanted=asked.wanted())


def _table(asked: Asked) -> "Iterator[Found]":
    from revtrack.backfill import table_captures  # noqa: PLC0415

    for path in asked.paths():
        yield from table_captures(path, wanted=asked.wanted(), encoding=asked.options["encoding"] or "")


def _newsdiffs(asked: Asked) -> "Iterator[Found]":
    from revtrack.backfill import newsdiffs_captures  # noqa: PLC0415

    return newsdiffs_captures(asked.paths(), wanted=asked.wanted())


def _newsedits(asked: Asked) -> "Iterator[Found]":
    from revtrack.backfill import newsedits_captures  # noqa: PLC0415

    for path in asked.paths():
        yield from newsedits_captures(path, wanted=asked.wanted(), article=asked.options["article"] or "")


def _each(name: str) -> "Callable[[Asked], Iterator[Found]]":
    """Return what reads each place by an importer that needs nothing but a file or folder."""

    def read(asked: Asked) -> "Iterator[Found]":
        from revtrack import backfill  # noqa: PLC0415

        for path in asked.paths():
            yield from getattr(backfill, f"{name}_captures")(path, wanted=asked.wanted())

    return read


_IMPORTERS: "dict[str, Callable[[Asked], Iterator[Found]]]" = {
    "git": _git,
    "folder": _folder,
    "table": _table,
    "warc": _warc,
    "newsdiffs": _newsdiffs,
    "newsedits": _newsedits,
    **{name: _each(name) for name in ("diffengine", "changedetection")},
}


def _of_watchers(archive: "Archive", asked: Asked) -> "Iterator[Found]":
    """Yield what a watcher kept; its database holds hashes of URLs alone, so all that are known are tried."""
    from revtrack import backfill  # noqa: PLC0415

    addresses = [*asked.options["urls"], *filter(None, [asked.options["article"]])]
    if asked.options["jobs"]:
        addresses += backfill.job_addresses(asked.options["jobs"].read_text("utf-8", "replace"))
    for article in archive.articles():
        addresses += (article.url, *article.urls)
    for path in asked.paths():
        yield from getattr(backfill, f"{asked.kind}_captures")(path, addresses=addresses, wanted=asked.wanted())


def _of_the_net(session: Session, home: Home, asked: Asked) -> "Iterator[Found]":
    from revtrack.backfill import memento_captures, wayback_captures  # noqa: PLC0415
    from revtrack.urls import canonical  # noqa: PLC0415

    archive = home.archive
    service, settings, chosen = _service(session, home), session.settings.backfill, asked.options["service"]
    for place in asked.places:
        url = canonical(place) if "/" in place else archive.find(place).url
        how = {
            "wanted": asked.wanted(),
            "known": _known(archive, url).__contains__,
            "only_listed": asked.options["dry_run"],
        }
        if asked.kind == "wayback":
            yield from wayback_captures(url, service=service, base=chosen or settings.wayback, **how)
        else:
            yield from memento_captures(url, service=service, timemap=f"{chosen or settings.memento}{url}", **how)


def _service(session: Session, home: Home) -> "Service":
    from revtrack.backfill import Service  # noqa: PLC0415
    from revtrack.clock import exact_now  # noqa: PLC0415

    def recall() -> "Mapping[str, str]":
        return home.archive.manners()

    def keep(before: "Mapping[str, str]", after: "Mapping[str, str]") -> None:
        home.made().keep_manners(before, after)  # the next run keeps to it, whatever this one brings in

    return Service(session.settings.fetch, recall=recall, keep=keep, clock=exact_now)


def _known(archive: "Archive", url: str) -> set[str]:
    """Return the places from which looks at an article were brought in before."""
    owner = archive.owner(url)
    looks = archive.looks(archive.find(str(owner))) if owner else ()
    return {look.snapshot.origin.place for look in looks if look.snapshot.origin}
