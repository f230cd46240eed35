"""export: what is in the archive, for use elsewhere: as evidence, as tables, as a history."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session
from revtrack.errors import InputError

if TYPE_CHECKING:
    from revtrack.archive import Archive
    from revtrack.model import Article

_FORMS = ("output", "warc", "jsonl", "csv", "sqlite", "git", "backup")


def _path(*names: str, says: str, metavar: str = "FILE") -> Callable[[Callable[..., int]], Callable[..., int]]:
    return click.option(*names, type=click.Path(path_type=Path), metavar=metavar, help=says)


@click.command("export")
@click.argument("things", nargs=-1, metavar="[ARTICLE [M N]]")
@_path("-o", "--output", says="Evidence of an ARTICLE, or of its versions M to N, as a WACZ.")
@_path("--warc", says="Every look as WARC 1.1; packed if FILE ends in .gz.")
@_path("--jsonl", says="Versions, sentences, matches, verdicts and looks, one row a line.")
@_path("--csv", metavar="DIR", says="The same as five CSV files.")
@_path("--sqlite", says="The same as tables of an SQLite file.")
@_path("--git", metavar="DIR", says="A git repository, one commit a version.")
@click.option("--html", is_flag=True, help="With --git: the pages as they came, instead of their text.")
@_path("--backup", says="A copy of the archive itself, while others write to it.")
@json_option
@pass_session
def export_command(
    session: Session, /, things: tuple[str, ...], *, html: bool, as_json: bool, **forms: Path | None
) -> int:
    """Take out what was seen: of one ARTICLE, or of all.

    A WACZ holds all that somebody needs to check a case without revtrack: what was asked and came, texts, diffs,
    proofs, and a README that says how. Tables are in the shape of NewsEdits. A file that was there is replaced only
    when the new one is whole.

    \b
    revtrack export storm-hits 1 2 -o case.wacz    a case that anybody can check
    revtrack export --sqlite tables.db             all as tables
    revtrack export --backup copy.db               while it is written
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.forms import publish  # noqa: PLC0415

    form, path = _chosen(forms)
    if html and form != "git":
        raise InputError("--html goes with --git; leave it out")
    name, numbers = _named(things, form)
    with session.open_archive() as archive:
        article = _article(archive, name)
        told, says = _write(session, archive, article, form, path, numbers=numbers, html=html)
    if as_json:
        session.answer(publish({"file": str(path), **told}))
    else:
        session.tell(says)
    return 0


def _chosen(forms: dict[str, Path | None]) -> tuple[str, Path]:
    """Return the form that is asked for, and where to. Raises InputError."""
    chosen = [(form, path) for form, path in forms.items() if path is not None]
    if not chosen:
        raise InputError(f"say what to write: one of {', '.join(f'--{form}' for form in _FORMS)}")
    if len(chosen) > 1:
        asked = " and ".join(f"--{form}" for form, _ in chosen)
        raise InputError(f"one form at a time: run it once for each of {asked}")
    return chosen[0]


def _named(things: tuple[str, ...], form: str) -> tuple[str, list[int]]:
    """Return the article's name and the versions asked for. Raises InputError."""
    from revtrack.cli.selecting import split_version  # noqa: PLC0415

    name, number = split_version(things[0]) if things else ("", None)
    numbers = list(things[1:]) or ([str(number)] if number else [])
    if form == "output" and not name:
        raise InputError("evidence is of an article; name it, as in 'revtrack export ARTICLE -o case.wacz'")
    if numbers and form != "output":
        raise InputError(f"versions are chosen for evidence alone (--output), not for --{form}")
    if form == "backup" and name:
        raise InputError("--backup copies the whole archive; name no article")
    if len(numbers) > 2 or not all(given.isdecimal() for given in numbers):
        raise InputError(
            f"{' '.join(numbers)!r} are not two version numbers; write them as in 'revtrack export ARTICLE 1 2'"
        )
    return name, sorted(int(given) for given in numbers)


def _article(archive: "Archive", name: str) -> "Article | None":
    from revtrack.cli.selecting import find_article  # noqa: PLC0415

    return find_article(archive, name) if name else None


def _write(
    session: Session,
    archive: "Archive",
    article: "Article | None",
    form: str,
    path: Path,
    *,
    numbers: list[int],
    html: bool,
) -> tuple[dict[str, object], str]:
    """Write one form; return what is to be told of it, as values and as a sentence."""
    if form == "output":
        assert article is not None
        return _bundle(session, archive, article, path, numbers)
    if form == "backup":
        with session.busy("copying"):
            archive.back_up(path)
        size = path.stat().st_size
        return {"size": size}, f"copied to {path}: {size:,} bytes"
    articles = [article] if article else list(archive.articles())
    counts = _count(archive, session.watched(articles, "writing", total=len(articles)), form, path, html=html)
    return {"counts": counts}, f"written to {path}: {', '.join(f'{n:,} {what}' for what, n in counts.items())}"


def _bundle(
    session: Session, archive: "Archive", article: "Article", path: Path, numbers: list[int]
) -> tuple[dict[str, object], str]:
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.evidence.bundle import write_bundle  # noqa: PLC0415
    from revtrack.rendering.wording import count  # noqa: PLC0415

    first, last = (numbers * 2)[:2] if numbers else (None, None)
    if len(numbers) == 1 and numbers[0] > 1:
        first = numbers[0] - 1  # the step to a version, as in 'diff'
    done = write_bundle(
        archive,
        article,
        path,
        now=utc_now(),
        first=first,
        last=last,
        settings=session.settings.evidence,
        complain=session.tell,
    )
    told = {
        "versions": list(done.versions),
        "looks": done.looks,
        "records": done.records,
        "checkpoint": done.checkpoint.text,
        "signed_by": [signature.signer for signature in done.checkpoint.signatures],
    }
    held = f"{count(len(done.versions), 'version')}, {count(done.looks, 'look')}, {count(done.records, 'record')}"
    return told, f"written to {path}: {held}; it agrees with the checkpoint of {done.checkpoint.at:%F %T} UTC"


def _count(archive: "Archive", articles: "Iterable[Article]", form: str, path: Path, *, html: bool) -> dict[str, int]:
    """Write a form that may hold many articles; return how many of what were written."""
    if form == "warc":
        from revtrack.exports.looks import write_warc  # noqa: PLC0415

        return write_warc(archive, articles, path)
    if form == "git":
        from revtrack.exports.git import write_history  # noqa: PLC0415

        return write_history(archive, articles, path, html=html)
    from revtrack.exports.tables import write_csv, write_jsonl, write_sqlite  # noqa: PLC0415

    return {"jsonl": write_jsonl, "csv": write_csv, "sqlite": write_sqlite}[form](archive, articles, path)
