"""export: what is in the archive, for use elsewhere."""

from pathlib import Path

import click

from revtrack.cli.session import Session, json_option, pass_session


@click.command("export")
@click.option("--backup", type=click.Path(path_type=Path), required=True, help="The file to copy the archive to.")
@json_option
@pass_session
def export_command(session: Session, *, backup: Path, as_json: bool) -> int:
    """Copy the whole archive to a file, while others write to it.

    The copy is an archive like any other, and holds all that was recorded when it was begun. One that was there is
    replaced only when the new one is whole.
    """
    from revtrack.forms import publish  # noqa: PLC0415

    with session.open_archive() as archive:
        archive.back_up(backup)
    size = backup.stat().st_size
    if as_json:
        session.answer(publish({"file": str(backup), "size": size}))
    else:
        session.tell(f"copied to {backup}: {size:,} bytes")
    return 0
