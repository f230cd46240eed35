"""Who may import whom, what is imported when, and what the package costs to start."""

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import revtrack

PACKAGE = Path(revtrack.__file__).parent

# Each room may import those on lines above its own, and its neighbours on the same line.
ORDER = [
    {"errors"},
    {
        "text",
        "surrogates",
        "taking",
        "collecting",
        "vocabulary",
        "clock",
        "merkle",
        "lazy",
        "placing",
    },
    {"model", "config", "forms", "moments", "urls"},
    {"facts"},
    {"notes", "diffing"},
    {"extraction", "verdicts", "schedule", "doubts", "garbling"},
    {"fetching", "discovery", "archive", "rendering"},
    {"observing"},
    {"deriving"},
    {"evidence", "backfill", "exports"},
    {"tracker", "doctor"},
    {"site", "fleet", "demo"},
    {"alerts", "web"},
    {"cli"},
]
PURE = {
    "text",
    "surrogates",
    "taking",
    "collecting",
    "vocabulary",
    "merkle",
    "model",
    "forms",
    "moments",
    "urls",
    "facts",
    "notes",
    "diffing",
    "extraction",
    "verdicts",
    "schedule",
    "doubts",
    "garbling",
}
OUTSIDE = {
    "httpx",
    "sqlite3",
    "sqlite_utils",
    "socket",
    "ssl",
    "asyncio",
    "urllib.request",
    "http.client",
    "random",
    "time",
}


def room_of(path):
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@cache
def imports_of(path):
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append(node.module)
            if node.module == "revtrack":
                found += [f"revtrack.{alias.name}" for alias in node.names]
    return found


SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if room_of(path) not in {"__init__", "__main__"})


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_import_only_the_rooms_below_them(path):
    room = room_of(path)
    level = next(i for i, rooms in enumerate(ORDER) if room in rooms)
    allowed = set().union(*ORDER[: level + 1])
    wanted = {name.split(".")[1] for name in imports_of(path) if name.startswith("revtrack.")} - {"__version__"}
    assert wanted <= allowed, f"{room} may not know {wanted - allowed}"


@pytest.mark.parametrize("path", [p for p in SOURCES if room_of(p) in PURE], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_pure_rooms_know_no_network_store_clock_or_chance(path):
    assert not {name for name in imports_of(path) if name in OUTSIDE or name.split(".")[0] in OUTSIDE}
    source = path.read_text(encoding="utf-8")
    assert "date.today(" not in source
    assert not any(name.startswith("revtrack.clock") for name in imports_of(path))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_clock_asks_for_the_time(path):
    assert room_of(path) in {"clock", "fetching"} or "datetime.now(" not in path.read_text(encoding="utf-8")


def test_only_fetching_knows_httpx_and_only_archive_a_database():
    stores = {"archive", "backfill", "exports"}  # the databases of other trackers are read, and tables are written
    for library, rooms in (
        ("httpx", {"fetching"}),
        ("sqlite3", stores),
        ("sqlite_utils", stores),
        ("psycopg", {"archive", "fleet"}),
        ("procrastinate", {"fleet"}),
    ):
        knowing = {room_of(path) for path in SOURCES if any(n.split(".")[0] == library for n in imports_of(path))}
        assert knowing <= rooms


def modules_after(code):
    program = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


HEAVY = {
    "httpx",
    "bs4",
    "lxml",
    "rich",
    "sqlite3",
    "sqlite_utils",
    "jinja2",
    "feedparser",
    "protego",
    "click",
    "asyncio",
}


def test_importing_revtrack_imports_nothing_heavy():
    assert not modules_after("import revtrack") & HEAVY


def test_help_imports_nothing_heavy():
    code = (
        "import revtrack.cli, contextlib, io\nsys.argv = ['revtrack', '--help']\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n    revtrack.cli.main()"
    )
    assert not modules_after(code) & HEAVY


def test_help_of_a_command_imports_neither_network_nor_parser_nor_rich():
    code = "from revtrack.cli.running import run\nimport contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    run(['check', '--help'])"
    assert not modules_after(code) & (HEAVY - {"click", "asyncio"})


def test_every_public_name_is_there_and_documented():
    for name in revtrack.__all__:
        assert getattr(revtrack, name).__doc__, name


def test_no_room_has_the_name_of_a_public_function():
    assert not {room_of(path) for path in SOURCES} & set(revtrack.__all__)
