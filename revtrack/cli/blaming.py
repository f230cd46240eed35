"""blame: how old each sentence of an article is, and which version brought it. Reads the archive, and never writes."""

from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session

if TYPE_CHECKING:
    from revtrack.diffing.blaming import Sentence


@click.command("blame")
@click.argument("name", metavar="ARTICLE[@N]")
@json_option
@pass_session
def blame_command(session: Session, name: str, *, as_json: bool) -> None:
    """Tell for each sentence of the newest version, or of N, since which version it has stood as it is.

    \b
    revtrack blame storm-hits      the newest version
    revtrack blame storm-hits@2    as version 2 stood
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.cli.reading import chosen_versions  # noqa: PLC0415
    from revtrack.cli.selecting import find_article, split_version  # noqa: PLC0415
    from revtrack.diffing.blaming import blame  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    name, number = split_version(name)
    with session.open_archive() as archive:
        article = find_article(archive, name)
        versions = list(archive.versions(article))
    last = chosen_versions(article, versions, number)[0].number
    found = blame([version for version in versions if version.number <= last])
    if as_json:
        session.answer(publish(found))
        return
    session.table([("version", "first seen", "where", "sentence"), *map(_row, found)], whole=True)


def _row(sentence: "Sentence") -> tuple[str, ...]:
    back = "" if sentence.stood_in is None else f" (stood in {sentence.stood_in} before)"
    where = sentence.where if sentence.paragraph is None else f"¶ {sentence.paragraph + 1}"
    return f"{sentence.version}{back}", f"{sentence.first_seen:%Y-%m-%d %H:%M}", where, sentence.text
