"""serve: the archive in a browser, read-only, on this machine."""

import contextlib
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session
from revtrack.cli.stopping import stoppable
from revtrack.clock import utc_now
from revtrack.errors import ConfigError, InputError

if TYPE_CHECKING:
    from starlette.applications import Starlette

_HERE = ("127.0.0.1", "localhost", "::1")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any that is free.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name to answer to, besides this machine's own.")
@json_option
@pass_session
def serve_command(session: Session, host: str, port: int, names: tuple[str, ...], *, as_json: bool) -> None:
    """Show the archive in a browser, read-only, until stopped; with a JSON API at /api.

    Only requests for this machine's own name are answered, or for a --name. Anybody who reaches the port can read all
    of the archive: there is no password.

    \b
    revtrack serve                                     http://127.0.0.1:8765/
    revtrack serve --host 0.0.0.0 --name desk.local    to others in the house
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    if not host.strip():  # the system takes it for all addresses of this machine
        raise InputError("--host is empty; name the address to listen on, 0.0.0.0 for all of them")
    app = _application(session, (*_HERE, host, *names))
    with session.open_archive() as archive:
        location = archive.location
    with _listen(host, port) as listening:
        where = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{where}/"
        if as_json:
            from revtrack.forms import publish  # noqa: PLC0415

            session.answer(publish({"address": address, "archive": location}))
        else:
            session.answer(address)
            session.tell(f"reading {location}; Ctrl-C stops")
            if Path(location).is_file():
                session.tell(f"the tables themselves: datasette {location}")
        _serve(app, listening)
    session.tell("stopped")


def _application(session: Session, hosts: tuple[str, ...]) -> "Starlette":
    try:
        from revtrack.web import create_app  # noqa: PLC0415
    except ImportError as error:
        raise ConfigError(f"serving needs {error.name}: pip install 'revtrack[web]'") from error
    return create_app(session.open_archive, clock=utc_now, hosts=hosts)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InputError(f"cannot listen on {host}, port {port} ({error.strerror or error}); name another") from error


def _serve(app: "Starlette", listening: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415

    # h11 is always there and bounds the size of a request's head; the other one is not, and does not.
    config = uvicorn.Config(app, http="h11", log_level="warning", access_log=False, server_header=False, lifespan="off")
    with contextlib.suppress(KeyboardInterrupt), stoppable():  # to be stopped is how a server ends
        uvicorn.Server(config).run(sockets=[listening])
