"""Calendars and a web archive attest what was seen, where they are asked to; where they fail nothing else does."""

import json
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.archive import open_archive
from revtrack.config import Config, EvidenceSettings, FetchSettings
from revtrack.evidence import attest, beside, checker, read_checkpoints, verify
from revtrack.evidence.bundle import write_bundle
from revtrack.evidence.calendars import is_of, is_timestamp, proof_of
from revtrack.evidence.checkpoints import stamp_of, witnesses_of
from revtrack.evidence.witnessing import Witness, captures_of, read_witnesses
from revtrack.forms import to_form
from tests.archive.test_sqlite import NOW, seen, story

URL = "https://a.test/story?a=1&b=2"


def counted(content):
    return bytes([len(content)]) + content


def promise(calendar="https://calendar.test"):
    """What a calendar answers: its own bytes behind the digest, hashed, and where it will say more."""
    pending = bytes.fromhex("0083dfe30d2ef90c8e") + counted(counted(calendar.encode()))
    return b"\xf0" + counted(b"a calendar") + b"\x08" + pending


class Service:
    """A server on the loopback that gives an answer to each POST; `asked` is what came."""

    def __init__(self, give):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                content = self.rfile.read(int(self.headers["content-length"]))
                service.asked.append((self.path, content, self.headers))
                status, answer = give(self.path, content)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.asked = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "a.db") as opened:
        seen(opened, opened.add_article(URL, now=NOW)[0], story(12))
        yield opened


def settings(*services, **evidence):
    allowed = tuple(service.host for service in services)
    return Config(fetch=FetchSettings(allow=allowed), evidence=EvidenceSettings(**evidence))


def test_calendars_are_told_the_hash_of_a_checkpoint_and_what_they_answer_is_its_proof(archive, tmp_path):
    with (
        Service(lambda *_: (200, promise("https://one.test"))) as one,
        Service(lambda *_: (200, promise("https://two.test/"))) as two,
    ):
        said = []
        told = settings(one, two, calendars=(f"{one.url}/", two.url, "http://127.0.0.1:9"))
        attest(archive, NOW, told, complain=said.append)
    (kept,) = read_checkpoints(beside(archive))
    digest = sha256(kept.text.encode()).digest()
    assert [(path, content) for path, content, _ in (*one.asked, *two.asked)] == [("/digest", digest)] * 2
    proof = stamp_of(archive, kept, ending="ots")
    assert is_of(proof.read_bytes(), kept.text.encode())
    assert b"https://one.test" in proof.read_bytes()
    assert b"https://two.test" in proof.read_bytes()
    assert said == [], "one that answers is enough"
    write_bundle(archive, archive.find("1"), tmp_path / "case.wacz", now=NOW)
    with zipfile.ZipFile(tmp_path / "case.wacz") as opened:
        assert opened.read("evidence/checkpoint.txt.ots") == proof.read_bytes()
        assert b"ots verify" in opened.read("evidence/README.md")
    assert checker.check(tmp_path / "case.wacz").faults == []
    proof.write_bytes(proof_of(b"other", [promise()]))
    assert [finding.about.split()[0] for finding in verify(archive, [kept]) if finding.state == "damaged"] == ["proof"]


@pytest.mark.parametrize(
    "answer",
    [
        (500, b""),
        (302, b""),
        (200, b""),
        (200, promise() + b"\0"),
        (200, promise()[:-1]),
        (200, b"<html>"),
        (200, b"\x08" * 3000),
        (200, b"\xf0" + b"\xff" * 3000),
        (200, b"\0" * 1_000_000),
        (200, promise("\x1b[31m")),
    ],
)
def test_a_calendar_that_promises_nothing_costs_a_line_and_no_checkpoint(archive, answer):
    said = []
    with Service(lambda *_: answer) as service:
        attest(archive, NOW, settings(service, calendars=(service.url,)), complain=said.append)
    (kept,) = read_checkpoints(beside(archive))
    assert not stamp_of(archive, kept, ending="ots").exists()
    (line,) = said
    assert line.startswith("the checkpoint is not stamped: ")
    assert line.isprintable()


@given(
    st.binary(max_size=60) | st.lists(st.sampled_from([b"\xff", b"\0", b"\x08", b"\xf0\1a", promise()])).map(b"".join)
)
def test_any_answer_is_a_timestamp_or_none(answer):
    assert is_of(proof_of(b"text", [answer]), b"text") == is_timestamp(answer)
    if is_timestamp(answer):
        assert is_of(proof_of(b"text", [promise(), answer, promise()]), b"text")


def saving(path, content):
    """A web archive that saves what it is asked to, and says so when it is asked again."""
    fields = {name: values[0] for name, values in parse_qs(content.decode()).items()}
    if path == "/save":
        return 200, json.dumps({"url": fields["url"], "job_id": "spn2-1"}).encode()
    told = {"job_id": "spn2-1", "status": "success", "timestamp": "20241120093001", "original_url": "http://x\x1b"}
    return 200, json.dumps([told, {"job_id": "other", "status": "success"}, 7]).encode()


def test_a_web_archive_is_asked_to_save_each_new_version_once_and_what_it_saw_is_kept(archive, tmp_path):
    with Service(saving) as service:
        told = settings(service, save_page=f"{service.url}/save", save_key="us:secret")
        attest(archive, NOW, told, complain=pytest.fail)
        assert [(one.version, one.capture) for one in read_witnesses(witnesses_of(archive))] == [(1, "")]
        for minutes in (1, 2):
            attest(archive, NOW + timedelta(minutes=minutes), told, complain=pytest.fail)
    (witness,) = read_witnesses(witnesses_of(archive))
    assert witness.capture == f"{service.url}/web/20241120093001/{URL}"
    assert f"{witness.seen_at:%F %T}" == "2024-11-20 09:30:01"
    assert [path for path, _, _ in service.asked] == ["/save", "/save/status"]
    assert {headers["Authorization"] for _, _, headers in service.asked} == {"LOW us:secret"}
    write_bundle(archive, archive.find("1"), tmp_path / "case.wacz", now=NOW)
    shown = checker.check(tmp_path / "case.wacz").shown
    assert any("another archive saw the page at 2024-11-20T09:30:01Z" in line for line in shown)


def ask(archive, at, capture):
    """Write down that a capture was asked for, and made at a time."""
    with witnesses_of(archive).open("a", encoding="utf-8") as lines:
        told = Witness(1, 9, URL, at - timedelta(minutes=90), f"job {at}", at, capture)
        lines.write(f"{json.dumps(to_form(told))}\n")


def test_a_capture_is_of_the_version_that_stood_when_it_was_made(archive):
    versions = list(archive.versions(archive.find("1")))
    (first,) = versions
    later = replace(first, number=2, first_seen=first.first_seen + timedelta(hours=2))
    ask(archive, first.first_seen - timedelta(hours=1), "https://web.test/0")
    ask(archive, first.first_seen + timedelta(hours=1), "https://web.test/1")
    ask(archive, first.first_seen + timedelta(hours=3), "https://web.test/2")
    ask(archive, first.first_seen + timedelta(hours=4), "https://web.test/3")
    found = captures_of(witnesses_of(archive), 1, [first, later])
    assert {number: one.address for number, one in found.items()} == {1: "https://web.test/1", 2: "https://web.test/2"}
    assert captures_of(witnesses_of(archive), 2, [first, later]) == {}


@pytest.mark.parametrize("answer", [(429, b""), (200, b"[" * 60_000), (200, b"7"), (200, b'{"message": "too many"}')])
def test_a_web_archive_that_saves_nothing_costs_a_line_a_pass(archive, answer):
    said = []
    with Service(lambda *_: answer) as service:
        told = settings(service, save_page=f"{service.url}/save")
        attest(archive, NOW, told, complain=said.append)
        assert len(service.asked) == 1
    assert len(read_checkpoints(beside(archive))) == 1
    assert [line.partition(":")[0] for line in said] == ["no capture was asked for"]


def test_nobody_is_asked_unless_it_is_set(archive):
    with Service(saving) as service:
        attest(archive, NOW, replace(settings(service)), complain=pytest.fail)
    assert service.asked == []
    assert not witnesses_of(archive).exists()
