"""diff: two files or URLs without any archive, or stored versions of an article."""

import shlex
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from revtrack.cli.endings import Form, form_of
from revtrack.cli.session import Session, json_option, pass_session
from revtrack.errors import InputError, UnwritableError
from revtrack.rendering import FORMS, Options
from revtrack.rendering.visible import visible

if TYPE_CHECKING:
    from revtrack.model import Redaction, Revision
    from revtrack.rendering.revision_page import RevisionPage


@click.command("diff")
@click.argument("things", nargs=-1, required=True, metavar="A B | ARTICLE [M N]")
@click.option("--form", type=Form(list(FORMS)), help="The form of the answer.  [default: text, or as FILE ends]")
@click.option("--side-by-side", is_flag=True, help="What was and what is in two columns (text and html).")
@click.option("--url", default="", metavar="URL", help="Where files were had from: its site's rules hold for them.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file instead.")
@json_option
@pass_session
def diff_command(
    session: Session,
    things: tuple[str, ...],
    *,
    form: str | None,
    side_by_side: bool,
    url: str,
    output: Path | None,
    as_json: bool,
) -> int:
    """Compare two files or URLs, or versions M and N of an ARTICLE.

    With N alone it is the step to version N (also written ARTICLE@N), with neither the newest step. Files may be HTML
    or plain text; - is standard input. Exits with 1 when the stories differ.

    \b
    revtrack diff old.html new.html            two files, without an archive
    revtrack diff storm-hits                   the newest change of an article
    revtrack diff storm-hits 1 3               what came of versions 1 to 3
    revtrack diff 7@3 --form html -o 7.html    the step to version 3, as a page
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.rendering import render  # noqa: PLC0415

    form = "json" if as_json else form_of(form, output, FORMS, usual="text")
    revision, page = _compared(session, things, url=url, with_page=form == "html")
    same = revision.diff.old.fingerprint == revision.diff.new.fingerprint
    if same and form == "text" and not output:
        session.tell("the same story" if revision.redaction is None else _taken_out(revision.redaction))
        return 0
    if side_by_side and form not in {"text", "html"}:
        raise InputError(f"--side-by-side goes with --form text or html, not {form}")
    options: Options = {"side_by_side": True} if side_by_side else {}
    if form == "text" and not output:
        options |= {"color": session.colored, "width": session.width}
    text = _page(page, side_by_side=side_by_side) if page else render(revision, form, **options)
    if output:
        write(output, text)
        session.tell(f"written to {output}")
    else:
        session.answer(text.rstrip("\n"))
    return 0 if same else 1


def _page(page: "RevisionPage", *, side_by_side: bool) -> str:
    from revtrack.rendering.links import Links  # noqa: PLC0415
    from revtrack.rendering.revision_page import revision_page  # noqa: PLC0415

    return revision_page(replace(page, side_by_side=side_by_side), Links())


def _taken_out(redaction: "Redaction") -> str:
    return f"nothing to compare: redacted {redaction.at:%F %R} UTC: {visible(redaction.reason)}"


def write(path: Path, text: str) -> None:
    """Write a file, its folder made where there is none. Raises UnwritableError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnwritableError(str(path), error.strerror or str(error)) from error


def _compared(
    session: Session, things: tuple[str, ...], *, url: str, with_page: bool
) -> "tuple[Revision, RevisionPage | None]":
    """Return a revision, and with it what its page shows where it is of an archive and a page is asked for."""
    _expect_article_first(things)
    pair = _versions_of_one(things) if len(things) == 2 else None
    if url and (pair or len(things) != 2 or _is_step(things)):
        raise InputError("--url says where two files were had from; stored versions have their own")
    if pair:
        return _stored(session, *pair, with_page=with_page)
    if len(things) == 2 and not _is_step(things):
        return _compared_documents(session, things, url=url), None
    if len(things) > 3:
        raise InputError("give two files or URLs, or an article and two version numbers")
    return _stored(session, things[0], things[1:], with_page=with_page)


def _expect_article_first(things: tuple[str, ...]) -> None:
    """Raise InputError where the numbers of versions were written before the name of their article."""
    *numbers, name = things
    if numbers and all(map(str.isdecimal, numbers)) and not name.isdecimal():
        if len(things) == 2 and (Path(numbers[0]).exists() or Path(name).exists() or name == "-"):
            return
        raise InputError(f"the ARTICLE comes first: revtrack diff {shlex.quote(name)} {' '.join(numbers)}")


def _compared_documents(session: Session, things: tuple[str, ...], *, url: str) -> "Revision":
    from revtrack.cli.documents import is_url, looking, read_document  # noqa: PLC0415
    from revtrack.extraction.rereading import as_read_before  # noqa: PLC0415
    from revtrack.verdicts import compare  # noqa: PLC0415

    with looking(session) if any(map(is_url, things)) else nullcontext() as look:
        old, new = (read_document(thing, session.settings, url=url, look=look) for thing in things)
    return compare(old.story, as_read_before(old.story, new.story, before=old.source, now=new.source))


def _is_step(things: tuple[str, ...]) -> bool:
    """Whether two arguments mean an article and a version of it: the second is a number and no file of that name."""
    return things[1].isdecimal() and not Path(things[1]).exists()


def _versions_of_one(things: tuple[str, ...]) -> "tuple[str, tuple[str, ...]] | None":
    """Return the article and the numbers that ARTICLE@M ARTICLE@N means, None for files and URLs."""
    from revtrack.cli.selecting import split_version  # noqa: PLC0415

    (name, old), (other, new) = map(split_version, things)
    if old is None or new is None or any(Path(thing).exists() for thing in things):
        return None
    if name != other:
        raise InputError(f"{things[0]} and {things[1]} are not of one article; name two versions of the same")
    return name, (str(old), str(new))


def _stored(
    session: Session, name: str, numbers: tuple[str, ...], *, with_page: bool
) -> "tuple[Revision, RevisionPage | None]":
    from revtrack.cli.selecting import find_article, no_version, split_version  # noqa: PLC0415

    if Path(name).is_file() and not numbers:
        raise InputError(f"{name} is a file; give a second file or URL to compare it with")
    name, number = split_version(name)
    with session.open_archive() as archive:
        article = find_article(archive, name)
        if not all(given.isdecimal() for given in numbers):
            raise InputError(
                f"{' '.join(numbers)!r} are not version numbers of {name}; 'revtrack show --all' lists them"
            )
        wanted = [int(given) for given in numbers] or [number or article.versions]
        if missing := [one for one in wanted if not 1 <= one <= article.versions]:
            raise no_version(article, missing[0])
        if article.versions < 2:
            raise InputError("this article has 1 version so far; 'revtrack check' looks for the next")
        if wanted == [1]:
            raise InputError("version 1 is the first; 'revtrack show' shows it")
        old, new = wanted if len(wanted) == 2 else (wanted[0] - 1, wanted[0])
        if not with_page:
            return archive.revision(article, old, new), None
        from revtrack.site.gathering import revision_page_of  # noqa: PLC0415

        page = revision_page_of(archive, article, old, new)
        return page.revision, page
