"""Checkpoints are signed by ssh-keygen and stamped by openssl, checked by the same, and kept without where that fails."""

import json
import subprocess
import zipfile
from base64 import b64encode
from datetime import timedelta

import pytest

from revtrack.archive import open_archive
from revtrack.config import EvidenceSettings
from revtrack.errors import SigningError
from revtrack.evidence import Trust, beside, checker, keep_checkpoint, read_checkpoints, verify
from revtrack.evidence.bundle import write_bundle
from revtrack.evidence.checkpoints import stamp_of
from revtrack.evidence.signing import read_signature, sign, trusted_by, why_wrong
from revtrack.evidence.stamping import ask_for_stamp, is_granted, stamp_request, why_stamp_is_wrong
from tests.archive.test_sqlite import NOW, seen, story

TEXT = b"revtrack/0\n1\nAAAA\n2024-11-20T09:00:00Z\n"
AUTHORITY = """
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
certs = {folder}/tsa.pem
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def call(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with two keys, and a time-stamp authority of our own that openssl runs."""
    made = tmp_path_factory.mktemp("keys")
    for name in ("key", "other"):
        call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "a desk", "-f", str(made / name))
    (made / "tsa.cnf").write_text(AUTHORITY.format(folder=made))
    (made / "serial").write_text("01")
    use = ("-addext", "extendedKeyUsage=critical,timeStamping")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(made / "tsa.key"))
    call("openssl", "req", "-x509", *key, "-subj", "/CN=Stamps", *use, "-out", str(made / "tsa.pem"))
    return made


@pytest.fixture
def settings(folder):
    command = f"sh -c 'cat > {folder}/q && openssl ts -reply -config {folder}/tsa.cnf -queryfile {folder}/q'"
    return EvidenceSettings(
        key=str(folder / "key"), signer="desk@example.org", timestamp=command, authority=str(folder / "tsa.pem")
    )


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "a.db") as opened:
        seen(opened, opened.add_article("https://a.test/story", now=NOW)[0], story(12))
        yield opened


def trust(settings):
    return Trust(trusted_by(signers="", key=settings.key, signer=settings.signer), settings.authority)


def test_a_signature_holds_for_its_text_and_its_key_alone(folder, tmp_path):
    made = sign(TEXT, key=folder / "key", signer="desk@example.org")
    other = sign(TEXT, key=folder / "other", signer="desk@example.org")
    assert read_signature(str(made)) == made
    assert made.public_key in (folder / "key.pub").read_text()
    assert why_wrong(made, TEXT, signers=made.allowed) == ""
    assert why_wrong(made, TEXT + b"\n", signers=made.allowed)
    assert why_wrong(other, TEXT, signers=made.allowed)
    (tmp_path / "sig").write_text(made.armor)
    (tmp_path / "allowed").write_text(made.allowed)
    said = call(
        *("ssh-keygen", "-Y", "verify", "-n", "revtrack", "-I", "desk@example.org"),
        *("-f", str(tmp_path / "allowed"), "-s", str(tmp_path / "sig")),
        input=TEXT,
    )
    assert b"Good" in said


@pytest.mark.parametrize(
    "line", ["— desk abcd1234==", "— desk " + b64encode(b"0000SSHSIG" + b"\0" * 60).decode(), "-- desk"]
)
def test_a_line_that_is_no_such_signature_is_passed_over(line):
    assert read_signature(line) is None


@pytest.mark.parametrize(("key", "signer"), [("absent", "desk"), ("key", "the desk"), ("key", 'desk"')])
def test_what_cannot_be_signed_is_told(folder, key, signer):
    with pytest.raises(SigningError):
        sign(TEXT, key=folder / key, signer=signer)


def test_a_stamp_request_is_one_to_openssl():
    for nonce in (0, 127, 128, (1 << 63) - 1):
        said = call(
            "openssl", "ts", "-query", "-in", "/dev/stdin", "-text", input=stamp_request(TEXT, nonce=nonce)
        ).decode()
        assert "Hash Algorithm: sha256" in said
        assert "Certificate required: yes" in said


def test_a_stamp_holds_for_its_text_alone(folder, settings):
    reply = ask_for_stamp(TEXT, command=settings.timestamp, nonce=1 << 60)
    assert why_stamp_is_wrong(reply, TEXT, authority=folder / "tsa.pem") == ""
    assert why_stamp_is_wrong(reply, TEXT + b"\n", authority=folder / "tsa.pem")
    assert not is_granted(reply, TEXT + b"\n")
    assert not is_granted(b"\x30\x84", TEXT)
    changed = bytearray(reply)
    changed[-1] ^= 1
    assert why_stamp_is_wrong(bytes(changed), TEXT, authority=folder / "tsa.pem")


@pytest.mark.parametrize("command", ["no-such-program", "false", "echo no"])
def test_an_authority_that_gives_no_stamp_is_told(command):
    with pytest.raises(SigningError):
        ask_for_stamp(TEXT, command=command, nonce=1)


def test_a_checkpoint_is_signed_and_stamped_and_both_are_checked(archive, settings):
    keep_checkpoint(archive, NOW, settings, complain=pytest.fail)
    (kept,) = read_checkpoints(beside(archive))
    assert [signature.signer for signature in kept.signatures] == ["desk@example.org"]
    assert list(verify(archive, [kept], trust(settings))) == []
    unchecked = [finding.about.split()[0] for finding in verify(archive, [kept]) if finding.state == "unprovable"]
    assert unchecked == ["signature", "time"]


def test_a_signature_or_stamp_that_does_not_hold_is_found(archive, settings):
    keep_checkpoint(archive, NOW, settings)
    file = beside(archive)
    file.write_text(file.read_text().replace("2024-11-20T09:00:00Z", "2024-11-19T09:00:00Z"))
    (kept,) = read_checkpoints(file)
    found = [
        finding.about.split()[0] for finding in verify(archive, [kept], trust(settings)) if finding.state == "damaged"
    ]
    assert found == ["signature", "time"]


def test_nothing_that_fails_keeps_a_checkpoint_from_being_written(archive, folder):
    said = []
    settings = EvidenceSettings(key=str(folder / "absent"), timestamp="no-such-program")
    keep_checkpoint(archive, NOW, settings, complain=said.append)
    (kept,) = read_checkpoints(beside(archive))
    assert kept.signatures == ()
    assert not stamp_of(archive, kept).exists()
    assert [line.split(":")[0] for line in said] == ["the checkpoint is not signed", "the checkpoint is not stamped"]


def test_signed_and_plain_checkpoints_stand_in_one_file(archive, settings):
    keep_checkpoint(archive, NOW)
    for hours in (1, 2):
        seen(archive, archive.find("1"), story(20 + hours), at=NOW + timedelta(hours=hours))
        keep_checkpoint(archive, NOW + timedelta(hours=hours), settings)
    assert [len(one.signatures) for one in read_checkpoints(beside(archive))] == [0, 1, 1]


def test_a_bundle_brings_signatures_and_stamp_for_the_tools_of_others(archive, folder, settings, tmp_path):
    keep_checkpoint(archive, NOW, settings)
    seen(archive, archive.find("1"), story(21), at=NOW + timedelta(hours=1))
    write_bundle(archive, archive.find("1"), tmp_path / "case.wacz", now=NOW, settings=settings)
    assert checker.check(tmp_path / "case.wacz").faults == []
    with zipfile.ZipFile(tmp_path / "case.wacz") as opened:
        opened.extractall(tmp_path)
    (earlier,) = (tmp_path / "evidence" / "earlier.jsonl").read_text().splitlines()
    assert {"signature", "stamp"} <= {name for name, value in json.loads(earlier).items() if value}
    verified = ("openssl", "ts", "-verify", "-data", "checkpoint.txt", "-in", "checkpoint.tsr", "-CAfile")
    call(*verified, str(folder / "tsa.pem"), cwd=tmp_path / "evidence")
    readme = (tmp_path / "evidence" / "README.md").read_text()
    (command,) = (line for line in readme.splitlines() if "ssh-keygen -Y verify" in line)
    assert b"Good" in call("sh", "-c", command, cwd=tmp_path / "evidence")
