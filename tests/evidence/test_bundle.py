"""A bundle is what was seen, readable by others' tools; one byte changed in any member is found by its own script."""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile

import pytest

from revtrack.archive import open_archive
from revtrack.config import EvidenceSettings
from revtrack.errors import ArchiveError, InputError
from revtrack.evidence import checker, verify
from revtrack.evidence.bundle import write_bundle
from revtrack.model import Origin, Outcome, Snapshot
from tests.evidence.test_evidence import change
from tests.exports.seeing import BEGIN, HEADLINE, see


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """The file of an archive, and a key to sign with."""
    folder = tmp_path_factory.mktemp("seen")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "key")], check=True)
    return see(folder / "a.db")


def bundle(seen, folder, **options):
    settings = EvidenceSettings(key=str(seen.with_name("key")), signer="desk@example.org")
    with open_archive(seen) as archive:
        done = write_bundle(archive, archive.find("1"), folder / "case.wacz", now=BEGIN, settings=settings, **options)
    return done.file


@pytest.fixture(scope="module")
def members(seen, tmp_path_factory):
    with zipfile.ZipFile(bundle(seen, tmp_path_factory.mktemp("bundle"))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def pack(members, file):
    with zipfile.ZipFile(file, "w") as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return file


def lines(members, name):
    return [json.loads(line) for line in members[f"evidence/{name}"].decode().splitlines()]


def test_a_bundle_agrees_with_itself_where_there_is_no_revtrack(seen, tmp_path):
    with zipfile.ZipFile(bundle(seen, tmp_path)) as opened:
        opened.extractall(tmp_path / "unpacked")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "unpacked/evidence/verify.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "all of it agrees" in done.stdout
    assert "signed, if this key is the signer's: desk@example.org" in done.stdout
    assert "cannot show: that the publisher served what was received" in done.stdout


def test_one_byte_changed_in_any_member_is_found(members, tmp_path):
    for name, content in members.items():
        for place in (len(content) // 2, len(content) - 1):
            changed = bytearray(content)
            changed[place] ^= 1
            assert checker.check(pack({**members, name: bytes(changed)}, tmp_path / "case.wacz")).faults, (name, place)


def test_a_member_left_out_or_added_is_found(members, tmp_path):
    for name in members.keys() - {"datapackage.json", "datapackage-digest.json"}:
        rest = {other: content for other, content in members.items() if other != name}
        assert checker.check(pack(rest, tmp_path / "case.wacz")).faults
    assert checker.check(pack({**members, "evidence/more.txt": b"more"}, tmp_path / "case.wacz")).faults


def listed(members):
    """Return the members with lists of digests that fit, as a careful forger writes them."""
    package = json.loads(members["datapackage.json"])
    for resource in package["resources"]:
        content = members[resource["path"]]
        resource |= {"bytes": len(content), "hash": checker._digest(content)}
    described = json.dumps(package, indent=2).encode()
    digest = {"path": "datapackage.json", "hash": checker._digest(described)}
    return {**members, "datapackage.json": described, "datapackage-digest.json": json.dumps(digest, indent=2).encode()}


def test_a_forger_who_makes_all_digests_fit_is_found_by_the_records(members, tmp_path):
    assert not checker.check(pack(listed(members), tmp_path / "case.wacz")).faults
    warc = members["archive/data.warc.gz"]
    forged = {
        "evidence/version-2.txt": members["evidence/version-2.txt"].replace(b"21 people", b"20 people"),
        "evidence/version-2.json": members["evidence/version-2.json"].replace(b"21 people", b"20 people"),
        "evidence/diff-1-2.json": members["evidence/diff-1-2.json"].replace(b"21 people", b"20 people"),
        "evidence/leaves.jsonl": members["evidence/leaves.jsonl"].replace(b"21 people", b"20 people"),
        "evidence/checkpoint.txt": members["evidence/checkpoint.txt"].replace(b"2024-11-20", b"2024-11-19"),
        "archive/data.warc.gz": warc[:-400],
    }
    for name, content in forged.items():
        assert content != members[name]
        assert checker.check(pack(listed({**members, name: content}), tmp_path / "case.wacz")).faults, name
    told = members["evidence/leaves.jsonl"].splitlines(keepends=True)
    unlooked = b"".join(line for line in told if b'"kind": "look"' not in line)
    faults = checker.check(pack(listed({**members, "evidence/leaves.jsonl": unlooked}), tmp_path / "case.wacz")).faults
    assert sum("that no record tells of" in fault for fault in faults) == 7


def test_what_is_no_bundle_is_told_so(tmp_path, capsys):
    (tmp_path / "case.wacz").write_bytes(b"PK")
    assert checker.main([str(tmp_path / "case.wacz")]) == 2
    assert checker.main([str(tmp_path)]) == 2
    assert "is no bundle" in capsys.readouterr().err


def test_earlier_checkpoints_say_by_when_a_record_was_there(members):
    earlier = lines(members, "earlier.jsonl")
    sizes = [int(one["checkpoint"].split("\n")[1]) for one in earlier]
    assert sizes == sorted(sizes)
    assert len(sizes) == 7  # one after each look, each the first to hold it
    assert all(one["proof"] for one in earlier)


def test_a_part_of_the_versions_brings_their_looks_and_records_alone(seen, tmp_path):
    with zipfile.ZipFile(bundle(seen, tmp_path, first=2, last=3)) as opened:
        names = set(opened.namelist())
        found = [json.loads(line) for line in opened.read("evidence/leaves.jsonl").splitlines()]
    assert {f"evidence/version-{number}.txt" in names for number in (2, 3)} == {True}
    assert "evidence/version-1.txt" not in names
    assert [json.loads(leaf["entry"])["id"] for leaf in found if leaf["kind"] == "look"] == [3, 4, 5]
    assert all("Report 2: 12" not in (leaf["contents"] or "") for leaf in found)
    assert checker.check(tmp_path / "case.wacz").faults == []


def test_nothing_that_a_page_says_gets_out_of_its_place(members):
    readme = members["evidence/README.md"].decode()
    assert "Storm 'hits' <script>alert(1)</script> $url`" in readme
    assert HEADLINE not in readme
    assert all(b"<script>alert" not in content for name, content in members.items() if name.endswith(".html"))
    assert all(name.isascii() and "storm" not in name.lower() for name in members)


def test_a_damaged_archive_gives_no_bundle(seen, tmp_path):
    shutil.copy(seen, tmp_path / "a.db")
    with open_archive(tmp_path / "a.db") as archive:
        change(archive, "UPDATE snapshots SET status = 201 WHERE id = 1")
        with pytest.raises(ArchiveError, match="no bundle was written"):
            write_bundle(archive, archive.find("1"), tmp_path / "case.wacz", now=BEGIN)
        with pytest.raises(InputError, match="it has 3"):
            write_bundle(archive, archive.find("1"), tmp_path / "case.wacz", now=BEGIN, first=4)
    assert not list(tmp_path.glob("case*"))


@pytest.mark.parametrize("tool", ["warcio", "fastwarc"])
def test_the_tools_of_others_find_every_digest_right(members, tmp_path, tool):
    pytest.importorskip(tool)
    whole = gzip.decompress(members["archive/data.warc.gz"])
    (tmp_path / "whole.warc").write_bytes(whole)
    (tmp_path / "changed.warc").write_bytes(whole.replace(b"21 people", b"20 people", 1))
    codes = [
        subprocess.run(
            [sys.executable, "-m", f"{tool}.cli", "check", f"{name}.warc"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        ).returncode
        for name in ("whole", "changed")
    ]
    assert codes == [0, 1]


def test_what_was_redacted_is_not_in_a_bundle_and_the_proof_of_the_rest_stands(seen, tmp_path):
    shutil.copy(seen, tmp_path / "a.db")
    with open_archive(tmp_path / "a.db") as archive:
        article = archive.find("1")
        archive.redact(article, [3, 4], now=BEGIN, reason="a court asked for it")
        states = {
            (one.state.value, one.article, one.version) for one in verify(archive) if one.state.value != "unprovable"
        }
        done = write_bundle(archive, article, tmp_path / "case.wacz", now=BEGIN)
    assert states
    assert all(state == "redacted" and article == 1 for state, article, _ in states)
    with zipfile.ZipFile(done.file) as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    held["archive/data.warc.gz"] = gzip.decompress(held["archive/data.warc.gz"])
    assert not [name for name, content in held.items() if b"Report 2: 21" in content]
    found = checker.check(done.file)
    assert found.faults == []
    assert any("were taken out of the archive" in line for line in found.shown)


def test_what_others_saw_is_in_a_bundle_with_where_it_came_from(seen, tmp_path):
    shutil.copy(seen, tmp_path / "a.db")
    body, origin = b"<p>an earlier page</p>", Origin("folder", "pages/1.html", BEGIN)
    name = hashlib.sha256(body).hexdigest()
    with open_archive(tmp_path / "a.db") as archive:
        article = archive.find("1")
        look = Snapshot(
            article.url, BEGIN, Outcome.OK, body=body, body_sha256=name, final_url=article.url, origin=origin
        )
        archive.bring(article, look)
        done = write_bundle(archive, article, tmp_path / "case.wacz", now=BEGIN)
    assert checker.check(done.file).faults == []
    with zipfile.ZipFile(done.file) as opened:
        warc = gzip.decompress(opened.read("archive/data.warc.gz"))
        kinds = [json.loads(line)["kind"] for line in opened.read("evidence/leaves.jsonl").splitlines()]
        readme, page = (opened.read(f"evidence/{name}").decode() for name in ("README.md", "diff-1-2.html"))
    assert "origin" in kinds
    assert b"WARC-Type: resource" in warc
    assert body in warc
    assert b"pages/1.html" in warc
    told = "1 look brought in from folder pages/1.html on 2024-11-20T09:00:00Z: its time is what that holder says"
    assert told in checker.check(done.file).shown
    assert f"- {told}\n" in readme
    assert "SHA-256 of the bytes" in page  # with where both versions come from


def test_looks_from_many_places_are_told_by_their_kind():
    def told(count):
        return checker.brought_in({"kind": "wayback", "place": f"p{n}", "imported_at": None} for n in range(count))

    assert len(told(5)) == 5
    assert told(6) == [
        "6 looks brought in from wayback (leaves.jsonl names each place): their times are what that holder says"
    ]


def test_faults_are_not_followed_by_what_a_sound_bundle_shows(members, tmp_path, capsys):
    assert checker.main([str(pack({**members, "evidence/more.txt": b"more"}, tmp_path / "case.wacz"))]) == 1
    said = capsys.readouterr().out
    assert "no byte of it was changed" not in said
    assert said.endswith(": 1 fault found\n")


def test_the_script_says_how_it_is_called(capsys):
    assert checker.main(["--help"]) == 0
    assert "python3 verify.py bundle.wacz" in capsys.readouterr().out
    assert checker.main(["one.wacz", "two.wacz"]) == checker.main(["--quiet"]) == 2


def test_the_text_of_a_version_commands_no_terminal_and_turns_no_line_around():
    text = checker.text_of({"headline": "Bridge \x1b[2Jcloses", "paragraphs": [{"text": "until \u202eyadirF\nיום"}]})
    assert text == "Bridge \\u001b[2Jcloses\n\nuntil \\u202eyadirF\nיום\n"
