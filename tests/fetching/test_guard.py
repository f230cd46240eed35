"""Nothing but one module opens a connection: read from the source, so that no later module does unnoticed."""

import ast
import subprocess
import sys
from pathlib import Path

import revtrack

PACKAGE = Path(revtrack.__file__).parent
NETWORK = {
    "httpx",
    "httpcore",
    "requests",
    "aiohttp",
    "urllib3",
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "xmlrpc",
    "telnetlib",
    "asyncio.streams",
}
OPENERS = {
    "open_connection",
    "create_connection",
    "getaddrinfo",
    "create_datagram_endpoint",
    "urlopen",
    "sock_connect",
    "gethostbyname",
}
HARMLESS = {"urllib.parse", "http.HTTPStatus", "http.server"}


def test_only_the_transport_and_what_it_uses_open_connections():
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        used = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used |= {f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Attribute) and node.attr in OPENERS:
                used.add(f"socket.{node.attr}")
        used = {
            name
            for name in used
            if name.split(".")[0] in NETWORK and not any(name.startswith(fine) for fine in HARMLESS)
        }
        if used:
            found[str(path.relative_to(PACKAGE))] = used
    pages = {f"fetching/{name}.py" for name in ("transport", "connections", "proxied")}
    alerts = {"fetching/sending.py", "alerts/mailing.py"}  # to where a person has told them to go
    assert set(found) - {"cli/serving.py"} <= pages | alerts, found  # which listens, on loopback
    assert pages <= set(found)
    # Of these, one alone says where a request may go.
    asking = {path.name for path in (PACKAGE / "fetching").glob("*.py") if "Connections()" in path.read_text("utf-8")}
    assert asking == {"transport.py"}


def test_importing_the_room_imports_no_http_library():
    script = "import sys, revtrack.fetching, revtrack.urls, revtrack.discovery; print(*{'httpx', 'ssl', 'lxml', 'feedparser', 'protego'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
