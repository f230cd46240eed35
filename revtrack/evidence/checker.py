"""Check an evidence bundle of revtrack with nothing but Python (3.9 or later): no revtrack, no network.

    python3 verify.py bundle.wacz        or, from the unpacked folder:        python3 evidence/verify.py

Every member's digest; every look, reading, verdict and event against its leaf; every leaf against the checkpoint;
earlier checkpoints against it; every record of the WARC against its digests and the look that it is of; texts and
diffs against what was read. Exits with 0 where all of it agrees, 1 where anything does not, 2 for what is no bundle.
"""
# One file, however long: it lies in every bundle as evidence/verify.py, and must run there alone.

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import IO, Any

    Answer = tuple[dict[str, str], bytes]
    """The fields of a WARC record and the head of the answer that it holds: status line and headers."""

LIMITS = """\
What this shows: that everything in this bundle is what the archive had recorded when the checkpoint above was made,
and that no byte of it was changed since. How much that is worth hangs on the checkpoint: compare it with the one that
was mailed, posted, committed, signed or stamped at its time, and that you have from elsewhere. Whoever makes a bundle
can make a checkpoint for it.
What this cannot show: that the publisher served what was received, that the clock of the recording machine was right,
or that nothing else was seen that is not in this bundle. The server's own Date is among the headers of each look.
Of a look that was brought in, time and contents are its holder's word; recorded is that the holder had them so.
The pages evidence/*.html and README.md are only renderings: they are held to their digests and to nothing else."""

FAULTY = """\
So this bundle is not, as a whole, what the archive had recorded when its checkpoint was made, and shows nothing until
that is explained. Ask for it again, over another way; what is wrong above says where to look."""

_WARC = "archive/data.warc.gz"
_LEAVES = "evidence/leaves.jsonl"
_CHECKPOINT = "evidence/checkpoint.txt"
_PACKAGE = {"datapackage.json", "datapackage-digest.json"}
"""What lists the members of a WACZ file, and so is not listed itself."""
_LARGEST = 256 << 20  # bytes of a member or a record that are held at once
_MOST_HOLDERS = 5
_RENAMED = "X-Archive-Orig-"
"""What stands before the names of headers that frame a body, which was unframed to be kept."""
_OPEN_STAMP = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\1\x08"
"""How a proof of OpenTimestamps over a SHA-256 begins: its magic, version 1, and the kind of hash."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that command a terminal or turn a line around."""
_OWN_KIND = {"origin", "superseded"}
"""Kinds of records in whose entries another `kind` stands, that of what they tell of."""


class NoBundleError(Exception):
    """What was given cannot be read as a bundle at all."""


class Bundle:
    """The members of a bundle: those of a .wacz file or of the folder that it was unpacked to."""

    def __init__(self, path: Path) -> None:
        self._folder = path if path.is_dir() else None
        if self._folder:
            self.names = [str(file.relative_to(path).as_posix()) for file in sorted(path.rglob("*")) if file.is_file()]
            return
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise NoBundleError(f"{path} is no bundle that can be read: {error}") from error
        self.names = self._zip.namelist()

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Give a member to read from. Raises OSError or ValueError where it is not there or not whole."""
        try:
            with (self._folder / name).open("rb") if self._folder else self._zip.open(name) as member:
                yield member
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise ValueError(str(error)) from error

    def read(self, name: str) -> bytes:
        """Return a member's bytes. Raises as `opened` does, and ValueError for one that is too large to be held."""
        with self.opened(name) as member:
            content = member.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise ValueError(f"it is larger than {_LARGEST} bytes")
        return content


class Findings:
    """What was found: the faults, and what was shown to be so."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.shown: list[str] = []

    def need(self, holds: object, fault: str) -> None:
        """Note a fault unless something holds."""
        if not holds:
            self.faults.append(fault)


def check(path: Path) -> Findings:
    """Return what is found of a bundle, a .wacz file or a folder. Raises NoBundleError."""
    bundle, found = Bundle(path), Findings()
    if _PACKAGE - set(bundle.names):
        raise NoBundleError(f"{path} is no bundle: it has no {' or no '.join(sorted(_PACKAGE - set(bundle.names)))}")
    steps = {
        "members": _check_members,
        "leaves": _check_leaves,
        "records": _check_records,
        "versions": _check_versions,
        "diffs": _check_diffs,
        "signatures": _check_signatures,
        "stamps": _check_stamps,
    }
    for what, step in steps.items():
        try:
            step(bundle, found)
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, zlib.error) as error:
            found.faults.append(f"the {what} cannot be read ({type(error).__name__}: {error})")
    return found


# --- members -----------------------------------------------------------------------------------------------------


def _check_members(bundle: Bundle, found: Findings) -> None:
    described = bundle.read("datapackage.json")
    digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(described).hexdigest()}"}
    is_exact = bundle.read("datapackage-digest.json") == json.dumps(digest, indent=2).encode()
    found.need(is_exact, "datapackage.json is not what datapackage-digest.json says")
    listed = {resource["path"]: resource for resource in json.loads(described)["resources"]}
    for name in sorted(set(bundle.names) - _PACKAGE - set(listed)):
        found.faults.append(f"{name} is not listed in datapackage.json")
    found.need(len(bundle.names) == len(set(bundle.names)), "a member is in the file twice")
    for name, resource in listed.items():
        try:
            with bundle.opened(name) as member:
                size, measured = _measured(member)
        except (OSError, ValueError) as error:
            found.faults.append(f"{name} cannot be read: {error}")
            continue
        is_same = (size, f"sha256:{measured}") == (resource["bytes"], resource["hash"])
        found.need(is_same, f"{name} is not the file that was packed")
    found.shown.append(f"{_count(len(listed), 'member')}, each with its digest")


def _measured(member: IO[bytes]) -> tuple[int, str]:
    """Return size and SHA-256 of a member, however large."""
    size, digest = 0, sha256()
    while piece := member.read(1 << 20):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()


# --- leaves and checkpoints --------------------------------------------------------------------------------------


class Checkpoint(NamedTuple):
    """What an archive had come to at some time: the size and the Merkle root of its record. `origin` names it."""

    origin: str
    size: int
    root: bytes
    at: str


def _check_leaves(bundle: Bundle, found: Findings) -> None:
    now = read_checkpoint(bundle.read(_CHECKPOINT).decode())
    leaves = list(_lines(bundle, _LEAVES))
    for leaf in leaves:
        _check_leaf(leaf, now, found)
    if leaves and leaves[0]["position"] == 0:
        found.need(now.origin == f"revtrack/{leaves[0]['hash'][:16]}", "the checkpoint is of another archive")
    found.need(len({leaf["position"] for leaf in leaves}) == len(leaves), "a leaf is there twice")
    root = base64.b64encode(now.root).decode()
    found.shown.append(f"checkpoint of {now.at}: {now.origin}, {_count(now.size, 'record')}, root {root}")
    found.shown.append(f"in it: {_count(len(leaves), 'record')} of this article")
    found.shown.extend(brought_in(json.loads(leaf["entry"]) for leaf in leaves if leaf["kind"] == "origin"))
    gone = sum(leaf["contents"] is None for leaf in leaves)
    if gone:
        found.shown.append(f"the contents of {gone} of them were taken out of the archive; that they were there stands")
    for line in _lines(bundle, "evidence/earlier.jsonl"):
        earlier = read_checkpoint(line["checkpoint"])
        proof = [bytes.fromhex(node) for node in line["proof"]]
        holds = proves_consistency(proof, earlier.size, earlier.root, now.size, now.root)
        found.need(holds, f"the checkpoint of {earlier.at} is not the beginning of that of {now.at}")
        covered = sum(leaf["position"] < earlier.size for leaf in leaves)
        found.shown.append(f"checkpoint of {earlier.at}: the beginning of it, with {covered} of these records already")


def brought_in(entries: Iterable[dict[str, Any]]) -> list[str]:
    """Say of looks that the archive did not make itself where they are from, given the entries of their origins."""
    holders: dict[str, list[str]] = {}
    kinds: dict[str, list[str]] = {}
    for entry in entries:
        when, kind = entry["imported_at"] or "", entry["kind"]
        file = entry["place"].partition(" <")[0]  # without the id of the record in it
        holders.setdefault(f"{kind} {file}".rstrip(), []).append(when)
        kinds.setdefault(f"{kind} (leaves.jsonl names each place)", []).append(when)
    return [_told(name, whens) for name, whens in (holders if len(holders) <= _MOST_HOLDERS else kinds).items()]


def _told(holder: str, whens: list[str]) -> str:
    """Return that looks were brought in from a holder, and when they were."""
    known = sorted(when for when in whens if when)
    when = f" on {known[0]}" if known else ""
    when += f" to {known[-1]}" if known and known[0] != known[-1] else ""
    whose = "its time is" if len(whens) == 1 else "their times are"
    return f"{_count(len(whens), 'look')} brought in from {holder}{when}: {whose} what that holder says"


def _check_leaf(leaf: dict[str, Any], checkpoint: Checkpoint, found: Findings) -> None:
    """Hold a leaf against what it stands for and against the tree of a checkpoint."""
    about = f"record {leaf['position']} ({leaf['kind']})"
    entry, kept = json.loads(leaf["entry"]), bytes.fromhex(leaf["hash"])
    is_same = sha256(b"\0" + leaf["entry"].encode()).digest() == kept
    found.need(is_same and leaf["kind"] in {entry["kind"], *_OWN_KIND}, f"{about} is not what was recorded")
    if leaf["contents"] is not None:
        contents = sha256(bytes.fromhex(leaf["salt"]) + leaf["contents"].encode()).hexdigest()
        found.need(contents == entry["contents"], f"the contents of {about} are not what was recorded")
    proof = [bytes.fromhex(node) for node in leaf["proof"]]
    proven = proves_inclusion(proof, kept, leaf["position"], checkpoint.size, checkpoint.root)
    found.need(proven, f"{about} is not proven to be in the checkpoint")


def read_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint: a line each for origin, size, root in Base64, and time. Raises ValueError."""
    lines = text.split("\n")
    if len(lines) != 5 or lines[4] or not lines[0].startswith("revtrack/"):
        raise ValueError("this is no checkpoint")
    try:
        return Checkpoint(lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True), lines[3])
    except binascii.Error as error:
        raise ValueError("its root is not Base64") from error


def proves_inclusion(proof: Sequence[bytes], leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Whether an audit path leads from the leaf at `index` to the root of a tree of `size` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    _, reached, left = _climb([leaf, *proof], index, size - 1)
    return left == 0 and reached == root


def proves_consistency(proof: Sequence[bytes], size: int, root: bytes, new_size: int, new_root: bytes) -> bool:
    """Whether a proof shows a tree of `size` leaves to be the beginning of one of `new_size` (RFC 9162, 2.1.4.2)."""
    if size in {0, new_size}:
        return not proof and root == (new_root if size else sha256(b"").digest())
    nodes = ([root] if size & (size - 1) == 0 else []) + list(proof)
    if not 0 < size < new_size or not nodes:
        return False
    index, last = size - 1, new_size - 1
    while index % 2:
        index, last = index >> 1, last >> 1
    reached, new_reached, left = _climb(nodes, index, last)
    return left == 0 and reached == root and new_reached == new_root


def _climb(nodes: Sequence[bytes], index: int, last: int) -> tuple[bytes, bytes, int]:
    """Climb from the first of some nodes past its siblings, the others, in a tree whose level ends with node `last`.

    Return the root of the leaves up to that node, the root of all, and how much of the way is left: 0 at the top.
    """
    old = new = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            return old, new, 1  # the proof goes on past the root
        if index % 2 or index == last:
            old, new = _parent(sibling, old), _parent(sibling, new)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            new = _parent(new, sibling)
        index, last = index >> 1, last >> 1
    return old, new, last


def _parent(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


# --- what was asked and what came --------------------------------------------------------------------------------


def _check_records(bundle: Bundle, found: Findings) -> None:
    answers: dict[str, Answer] = {}
    counted = 0
    with bundle.opened(_WARC) as packed:
        for fields, block in _records(packed):
            counted += 1
            _check_record(fields, block, found)
            if fields["WARC-Type"] in {"response", "revisit", "resource"}:
                answers[fields.get("Revtrack-Look", "")] = (fields, block.partition(b"\r\n\r\n")[0])
    digests = {fields["WARC-Record-ID"]: fields["WARC-Payload-Digest"] for fields, _ in answers.values()}
    for fields, _ in answers.values():
        same = digests.get(fields.get("WARC-Refers-To", "")) == fields["WARC-Payload-Digest"]
        is_whole = fields["WARC-Type"] != "revisit" or same
        found.need(is_whole, f"the WARC record {fields['WARC-Record-ID']} refers to a body that is not here")
    looks = [leaf for leaf in _lines(bundle, _LEAVES) if leaf["kind"] == "look"]
    for leaf in looks:
        _check_look(leaf, answers, found)
    for look in sorted(answers.keys() - {str(json.loads(leaf["entry"])["id"]) for leaf in looks}):
        found.faults.append(f"the WARC holds an answer that no record tells of (look {look})")
    found.shown.append(f"{_count(counted, 'WARC record')}, of {_count(len(looks), 'look')}")


def _check_record(fields: dict[str, str], block: bytes, found: Findings) -> None:
    """Hold a WARC record against its own digests."""
    about, kind = f"the WARC record {fields.get('WARC-Record-ID')}", fields["WARC-Type"]
    found.need(fields.get("WARC-Block-Digest") == _digest(block), f"{about} is not what its digest says")
    if kind in {"response", "resource"}:
        body = block if kind == "resource" else block.partition(b"\r\n\r\n")[2]
        found.need(fields.get("WARC-Payload-Digest") == _digest(body), f"{about}: its body is not what it says")


def _check_look(leaf: dict[str, Any], answers: dict[str, Answer], found: Findings) -> None:
    """Hold the record of an answer against the look as it was recorded."""
    look = json.loads(leaf["entry"])
    body = json.loads(leaf["contents"])["body_sha256"] if leaf["contents"] else None
    about = f"look {look['id']} of {look['fetched_at']}"
    answer = answers.get(str(look["id"]))
    if answer is None:
        if body is not None:
            found.shown.append(f"{about}: its bytes are not in this bundle")
        return
    fields, head = answer
    agrees = {
        "time": fields["WARC-Date"] == look["fetched_at"],
        "address": fields["WARC-Target-URI"] == (look["final_url"] or look["url"]),
        "body": body is None or fields["WARC-Payload-Digest"] == f"sha256:{body}",
    }
    if fields["WARC-Type"] != "resource":
        first, *lines = head.split(b"\r\n")
        received = [(_encoded(name), _encoded(value)) for name, value in json.loads(look["headers"])]
        agrees["status"] = first.split(b" ")[1] == str(look["status"]).encode()
        agrees["headers"] = [_as_received(line) for line in lines] == received
    for what, same in agrees.items():
        found.need(same, f"{about}: the {what} of its WARC record is another than was recorded")


def _as_received(line: bytes) -> tuple[bytes, bytes]:
    """Return a header as it was received: the name of one that frames a body is given back."""
    name, _, value = line.partition(b": ")
    return name[len(_RENAMED) :] if name.startswith(_RENAMED.encode()) else name, value


def _encoded(text: str) -> bytes:
    """Return the bytes of a header's name or value, which stand on one line."""
    text = text.replace("\r", " ").replace("\n", " ")
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode()


def _records(packed: IO[bytes]) -> Iterator[tuple[dict[str, str], bytes]]:
    """Yield the fields and the block of every record of a packed WARC file. Raises ValueError."""
    with gzip.GzipFile(fileobj=packed) as records:
        while line := records.readline(100):
            if line != b"WARC/1.1\r\n":
                raise ValueError("the WARC does not go on where a record should begin")
            fields: dict[str, str] = {}
            while (line := records.readline(1 << 20)) != b"\r\n":
                name, _, value = line.decode().partition(": ")
                if not value:
                    raise ValueError("a WARC record breaks off")
                fields[name] = value.rstrip("\r\n")
            size = int(fields["Content-Length"])
            block = records.read(size) if 0 <= size <= _LARGEST else b""
            if len(block) != size or records.read(4) != b"\r\n\r\n":
                raise ValueError("a WARC record breaks off")
            yield fields, block


def _digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


# --- what was read -----------------------------------------------------------------------------------------------


def _check_versions(bundle: Bundle, found: Findings) -> None:
    counted = 0
    for number, story in _stories(bundle):
        name = f"evidence/version-{number}"
        if f"{name}.json" in bundle.names:
            counted += 1
            found.need(bundle.read(f"{name}.json").decode() == story, f"{name}.json is not the story that was recorded")
            is_text = bundle.read(f"{name}.txt").decode() == text_of(json.loads(story))
            found.need(is_text, f"{name}.txt is not the text of the story that was recorded")
    found.shown.append(f"{_count(counted, 'version')} as read")


def _check_diffs(bundle: Bundle, found: Findings) -> None:
    stories = {number: json.loads(story) for number, story in _stories(bundle)}
    counted = 0
    for name in bundle.names:
        sides = re.fullmatch(r"evidence/diff-(\d+)-(\d+)\.json", name)
        if not sides:
            continue
        counted += 1
        shown = json.loads(bundle.read(name))["diff"]
        for side, number in zip(("old", "new"), sides.groups()):  # noqa: B905 - `strict` came with Python 3.10
            recorded = stories.get(int(number))
            same = recorded is not None and text_of(shown[side]) == text_of(recorded)
            found.need(same, f"{name} does not compare what was recorded as version {number}")
    found.shown.append(f"{_count(counted, 'diff')} between versions")


def text_of(story: dict[str, Any]) -> str:
    """Return a story as plain text: headline, deck, byline, paragraphs and notes, an empty line between them.

    What could command a terminal or turn a line around is written out.
    """
    parts = [story.get("headline"), story.get("deck"), story.get("byline")]
    parts += [paragraph["text"] for paragraph in story.get("paragraphs") or ()]
    parts += [f"[{note['kind']}] {note['text']}" for note in story.get("notes") or ()]
    text = "\n\n".join(part for part in parts if part) + "\n"
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _stories(bundle: Bundle) -> Iterator[tuple[int, str]]:
    """Yield the numbers of versions and their stories, in JSON, as they were recorded."""
    for leaf in _lines(bundle, _LEAVES):
        if leaf["kind"] == "reading" and leaf["contents"]:
            yield json.loads(leaf["entry"])["number"], json.loads(leaf["contents"])["story"]


def _lines(bundle: Bundle, name: str) -> Iterator[dict[str, Any]]:
    """Yield what the lines of a member say, nothing where there is no such member."""
    if name in bundle.names:
        for line in bundle.read(name).decode().splitlines():
            yield json.loads(line)


# --- who signed --------------------------------------------------------------------------------------------------


def _check_signatures(bundle: Bundle, found: Findings) -> None:
    """Let ssh-keygen check signatures by the keys that came with them, where there are any and the tool is there."""
    signed = [one for one in _lines(bundle, "evidence/earlier.jsonl") if one["signature"]]
    text = bundle.read(_CHECKPOINT).decode()
    if "evidence/checkpoint.sig" in bundle.names:
        names = ("checkpoint.sig", "allowed_signers")
        signature, allowed = (bundle.read(f"evidence/{name}").decode() for name in names)
        signed.append({"checkpoint": text, "signature": signature, "allowed_signers": allowed})
    tool = shutil.which("ssh-keygen")
    for one in signed:
        signer, at = one["allowed_signers"].split(" ", 1)[0], one["checkpoint"].split("\n")[3]
        if tool and not _holds(tool, one["checkpoint"], one["signature"], one["allowed_signers"]):
            found.faults.append(f"the signature of {signer} below the checkpoint of {at} does not hold")
    for allowed in sorted({one["allowed_signers"].strip() for one in signed}):
        checked = "" if tool else ", unchecked as there is no ssh-keygen here"
        found.shown.append(f"signed{checked}, if this key is the signer's: {allowed}")
    if not signed:
        found.shown.append("no checkpoint here bears a signature")


def _holds(tool: str, text: str, signature: str, allowed: str) -> bool:
    """Whether `ssh-keygen` finds a signature below a text to be by one of the allowed signers."""
    with TemporaryDirectory() as folder:
        for name, content in (("signature", signature), ("allowed", allowed)):
            Path(folder, name).write_text(content, encoding="utf-8")
        signer = allowed.split(" ", 1)[0]
        command = [tool, "-Y", "verify", "-n", "revtrack", "-I", signer, "-s", "signature", "-f", "allowed"]
        done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=folder, check=False, timeout=60)  # noqa: S603
    return done.returncode == 0


def _check_stamps(bundle: Bundle, found: Findings) -> None:
    """Hold stamps of time against the checkpoint that they are of, and tell of other witnesses."""
    text = bundle.read(_CHECKPOINT).decode()
    if "evidence/checkpoint.tsr" in bundle.names:
        is_of_it = sha256(text.encode()).digest() in bundle.read("evidence/checkpoint.tsr")
        found.need(is_of_it, "the time stamp is not of this checkpoint")
        found.shown.append("the checkpoint bears a time stamp: README.md says how openssl checks it")
    if "evidence/checkpoint.txt.ots" in bundle.names:
        is_of_it = bundle.read("evidence/checkpoint.txt.ots").startswith(_OPEN_STAMP + sha256(text.encode()).digest())
        found.need(is_of_it, "the proof of OpenTimestamps is not of this checkpoint")
        found.shown.append("calendars of OpenTimestamps were told the checkpoint: README.md says how ots checks it")
    for one in _lines(bundle, "evidence/witnesses.jsonl"):
        if one["capture"]:
            found.shown.append(f"another archive saw the page at {one['seen_at']} by its own word: {one['capture']}")


def main(arguments: Sequence[str]) -> int:
    """Check the bundle named, or the folder that this file lies in, and say what was found."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        is_asked = not {"-h", "--help"}.isdisjoint(arguments)
        print(__doc__.strip(), file=sys.stdout if is_asked else sys.stderr)
        return 0 if is_asked else 2
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    try:
        found = check(path)
    except NoBundleError as error:
        print(_safe(str(error)), file=sys.stderr)  # noqa: T201
        return 2
    print(_told_of(path, found))  # noqa: T201
    return 1 if found.faults else 0


def _told_of(path: Path, found: Findings) -> str:
    """Return what was found of a bundle as lines for a terminal."""
    lines = [f"  {_safe(line)}" for line in found.shown] + [f"WRONG: {_safe(fault)}" for fault in found.faults]
    outcome = f"{_count(len(found.faults), 'fault')} found" if found.faults else "all of it agrees"
    return "\n".join([*lines, "", FAULTY if found.faults else LIMITS, "", f"{_safe(str(path))}: {outcome}"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _safe(text: str) -> str:
    """Return a text that commands no terminal."""
    return text.encode("ascii", "backslashreplace").decode() if text.isprintable() else ascii(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
