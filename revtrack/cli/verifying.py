"""verify: whether the archive still says what it recorded."""

from pathlib import Path

import click

from revtrack.cli.session import Session, json_option, pass_session


@click.command("verify")
@click.option("--against", type=click.Path(path_type=Path), help="A file of checkpoints that was kept elsewhere.")
@json_option
@pass_session
def verify_command(session: Session, *, against: Path | None, as_json: bool) -> int:
    """Check every body, every record and the file itself; exits with 1 where anything is not as it was recorded.

    Each pass appends a checkpoint to the file that lies beside the archive: mail it, post it or commit it. Whoever can
    write the archive can also forge it and that file; a copy kept where nobody else can write is what finds it.
    """
    from revtrack.evidence import beside, read_checkpoints, verify  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    with session.open_archive() as archive:
        kept = against or beside(archive)
        checkpoints = read_checkpoints(kept) if against or kept.exists() else []
        damages = list(verify(archive, checkpoints))
        records = sum(1 for _ in archive.leaf_hashes())
    if as_json:
        session.answer(publish(damages))
        return 1 if damages else 0
    if damages:
        session.table((damage.about, damage.says) for damage in damages)
    held = f"held against {len(checkpoints)} checkpoints" if checkpoints else "there is no checkpoint to hold them to"
    session.tell(f"{records} records, {held}: {f'{len(damages)} are wrong' if damages else 'nothing is wrong'}")
    return 1 if damages else 0
