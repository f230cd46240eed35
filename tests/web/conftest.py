"""An archive of invented articles and of hostile ones, for a server to show."""

import socket
import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import uvicorn

from bench.site.stories import lives, record
from revtrack.archive import open_archive
from revtrack.model import Note, NoteKind, Story
from revtrack.web import create_app
from tests.archive.test_sqlite import NOW, seen
from tests.rendering.test_pages import PAYLOADS


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """The file of an archive of six articles, and of one for each payload, which stands in all its texts."""
    file = tmp_path_factory.mktemp("web") / "a.db"
    with open_archive(file) as archive:
        record(archive, lives(6, 4), 6)
        for number, payload in enumerate(PAYLOADS):
            said = payload.encode("utf-8", "ignore").decode().replace("\0", "")
            article, _ = archive.add_article(f"https://hostile.test/{number}", now=NOW, source="https://hostile.test/f")
            for end in ("one", "two"):
                told = Story.from_paragraphs(f"{said} {end}", [f"{said} saw {end} harbour.", f"Nothing else. {said}"])
                note = Note(f"{said} {end}", NoteKind.CORRECTION, wrong=said, right=said)
                seen(archive, article, replace(told, deck=said, byline=said, language="en", notes=(note,)))
    return file


@pytest.fixture(scope="session")
def served(filled):
    """The address of a server of that archive, a day after its last look."""
    opened = partial(open_archive, filled, create=False)
    app = create_app(opened, clock=lambda: NOW + timedelta(days=1), hosts={"127.0.0.1"})
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:  # connections wait here until it answers
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        running.join()
