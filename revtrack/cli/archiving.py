"""archive: an archive as a whole, carried from one store to another."""

import click

from revtrack.cli.session import Session, json_option, pass_session


@click.group("archive")
def archive_command() -> None:
    """Carry an archive from a file to a server, or back."""


@archive_command.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@json_option
@pass_session
def copy_command(session: Session, *, source: str, target: str, as_json: bool) -> None:
    """Carry all of an archive into an empty one: a new file, or a database "postgresql://USER@HOST/NAME".

    Every number, body and proof stays what it was, so that checkpoints of the one fit the other. All of it is carried
    or nothing; others may go on writing to FROM, and what they write meanwhile is not in TO.

    \b
    revtrack archive copy revtrack.db postgresql://desk@db/revtrack
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.archive import open_archive  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.rendering.wording import count  # noqa: PLC0415

    wait = session.settings.archive.wait
    with open_archive(source, create=False, wait=wait) as old, open_archive(target, wait=wait) as new:
        with session.busy("copying") as say:
            carried = new.fill(old, tell=lambda table, rows: say(f"{table}: {rows:,}"))
        places = {"from": old.location, "to": new.location}
    if as_json:
        session.answer(publish({**places, "rows": carried}))
    else:
        kinds = {"articles": "article", "snapshots": "look", "leaves": "record"}
        counts = ", ".join(count(carried[table], noun) for table, noun in kinds.items())
        session.tell(f"copied {counts} to {places['to']}; --archive {places['to']} uses it")
