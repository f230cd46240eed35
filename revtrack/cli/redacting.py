"""redact: contents taken out of the archive, with a reason; that they were there, and the proof of it, stays."""

from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session
from revtrack.errors import InputError
from revtrack.rendering.visible import isolated, visible

if TYPE_CHECKING:
    from revtrack.archive import Archive
    from revtrack.model import Article


@click.command("redact")
@click.argument("name", required=False, metavar="[ARTICLE[@N]]")
@click.option("--snapshot", type=click.IntRange(min=1), help="One snapshot, by its number, instead of an article.")
@click.option("--expired", is_flag=True, help="Let go of the raw pages that [archive] keep_raw does not keep.")
@click.option("--reason", metavar="TEXT", help="Why; it is shown wherever the contents were.")
@json_option
@pass_session
def redact_command(
    session: Session, name: str | None, *, snapshot: int | None, expired: bool, reason: str | None, as_json: bool
) -> None:
    """Take out what an ARTICLE, one version of it, or one snapshot says: pages, text, quotations in verdicts.

    When it was seen and how it was judged stays, with the reason and a salted hash of what there was: 'verify' finds
    the proof whole, and nobody can try a guess at the text. There is no way back, but from a copy. Copies and exports
    made before still hold it.

    --expired takes out what was received longer ago than keep_raw and only showed a version once more; the first page
    of each version and all hashes stay.

    \b
    revtrack redact storm-hits@2 --reason "a name that a court protects"
    revtrack redact --expired
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    if expired + (snapshot is not None) + (name is not None) != 1:
        raise InputError("name an ARTICLE, an ARTICLE@N or a --snapshot to redact, or say --expired")
    if expired:
        _let_go(session, as_json=as_json)
        return
    if not (reason and reason.strip()):
        raise InputError("say why with --reason TEXT; it is shown wherever the contents were")
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    with session.open_archive() as archive:
        article, looks = _meant(archive, name, snapshot)
        taken = archive.redact(article, looks, now=utc_now(), reason=" ".join(reason.split()))
        article = archive.find(str(article.id))
    if as_json:
        session.answer(publish({"article": article, "taken": taken}))
        return
    session.line(f"redacted: {taken} of {isolated(visible(article.url))}")
    if article.retired_at:
        session.tell(
            "it is not looked at any more; 'revtrack add URL' begins again, and brings back what still stands there"
        )


def _meant(archive: "Archive", name: str | None, snapshot: int | None) -> "tuple[Article, list[int]]":
    """Return the article that a redaction is of, and the numbers of the looks that are to go."""
    from revtrack.cli.selecting import find_article, no_version, split_version  # noqa: PLC0415

    if snapshot is not None:
        return archive.article_of(snapshot), [snapshot]
    name, number = split_version(name or "")
    article = find_article(archive, name)
    looks = [look for look in archive.looks(article) if number is None or look.version == number]
    if not looks:
        raise no_version(article, number)
    return article, [look.snapshot.id for look in looks if look.snapshot.id is not None]


def _let_go(session: Session, *, as_json: bool) -> None:
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    kept = session.settings.archive.keep_raw
    if not kept:
        raise InputError('nothing expires: [archive] keep_raw = "180 days" in revtrack.toml would say what does')
    with session.open_archive() as archive:
        gone = archive.let_go(utc_now() - session.settings.archive.raw_age)
    if as_json:
        session.answer(publish(gone))
    else:
        session.line(f"{gone.bodies} pages let go, {gone.size:,} bytes as they were received")
