"""Time stamps of RFC 3161: the request for a text, the reply of an authority, and whether it holds. Opens nothing.

The request goes out by a command of the user's, which takes it on its standard input and answers with the reply:

    curl -sS -H "Content-Type: application/timestamp-query" --data-binary @- https://authority.example/tsr
"""

import shlex
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from revtrack.errors import SigningError

_SHA256 = bytes.fromhex("300d06096086480165030402010500")  # AlgorithmIdentifier: sha256, no parameters
_PATIENCE = 30.0  # seconds
_LARGEST = 1 << 20


def stamp_request(text: bytes, *, nonce: int) -> bytes:
    """Return the request for a stamp of a text, DER as `openssl ts -query -sha256 -cert` writes it.

    `nonce` is a random number of up to 63 bits, which the reply repeats.
    """
    imprint = _tagged(0x30, _SHA256 + _tagged(0x04, sha256(text).digest()))
    wanted = _tagged(0x02, nonce.to_bytes(nonce.bit_length() // 8 + 1, "big"))
    return _tagged(0x30, _tagged(0x02, b"\1") + imprint + wanted + _tagged(0x01, b"\xff"))


def ask_for_stamp(text: bytes, *, command: str, nonce: int) -> bytes:
    """Return an authority's reply for a text, through the command of the settings. Raises SigningError.

    It is looked at only as far as that it grants a stamp of this text; whether it is signed, `why_stamp_is_wrong` says.
    """
    words = shlex.split(command)
    done = _run(words, stamp_request(text, nonce=nonce))
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise SigningError(words[0], said[-1] if said else f"it ended with {done.returncode}")
    reply = done.stdout
    if len(reply) > _LARGEST or not is_granted(reply, text):
        raise SigningError(words[0], "what it answered is no time stamp of this checkpoint")
    return reply


def is_granted(reply: bytes, text: bytes) -> bool:
    """Whether a reply says that it holds a stamp (PKIStatus 0 or 1), and one of this text."""
    try:
        _, start, _ = _opened(reply, 0)
        _, start, _ = _opened(reply, start)
        kind, start, end = _opened(reply, start)
    except IndexError:
        return False
    return kind == 0x02 and reply[start:end] in {b"\0", b"\1"} and sha256(text).digest() in reply


def why_stamp_is_wrong(reply: bytes, text: bytes, *, authority: Path) -> str:
    """Return why a reply does not hold for a text by an authority's certificates, "" if it does.

    Raises SigningError where there is no openssl.
    """
    with TemporaryDirectory() as folder:
        data, answer = Path(folder, "text"), Path(folder, "reply")
        data.write_bytes(text)
        answer.write_bytes(reply)
        files = ["-data", str(data), "-in", str(answer), "-CAfile", str(authority.expanduser())]
        done = _run(["openssl", "ts", "-verify", *files], b"")
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return "" if done.returncode == 0 else said[-1] if said else "openssl does not accept it"


def _run(words: Sequence[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - the command that the settings name, no shell
            words, input=given, capture_output=True, timeout=_PATIENCE, check=False
        )
    except FileNotFoundError:
        raise SigningError(words[0], "there is no such program") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SigningError(words[0], f"it gave no answer ({error})") from error


def _tagged(tag: int, content: bytes) -> bytes:
    """Return a DER value; contents here are shorter than 128 bytes."""
    return bytes([tag, len(content)]) + content


def _opened(der: bytes, start: int) -> tuple[int, int, int]:
    """Return a DER value's tag, and where its content begins and ends. Raises IndexError."""
    length = der[start + 1]
    if length < 0x80:  # the long form has this bit
        return der[start], start + 2, start + 2 + length
    count = length & 0x7F
    size = int.from_bytes(der[start + 2 : start + 2 + count], "big")
    return der[start], start + 2 + count, start + 2 + count + size
