"""OpenTimestamps: the proof that a text was there at a time, of what calendar servers answer. Opens no connection.

A calendar is told the SHA-256 of the text, and answers how it will come to stand in the Bitcoin chain. Together with
that hash its answer is a proof file (`.ots`), which `ots upgrade` completes some hours later, and anybody checks with
`ots verify`. The form is that of python-opentimestamps, in which answers are small trees of operations.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256

from revtrack.errors import SigningError

Post = Callable[[str, bytes, tuple[tuple[str, str], ...]], bytes]
"""Sends content to a URL with headers and gives the answer. Raises SigningError."""

_HEAD = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"  # version 1, of a SHA-256
_LARGEST = 4000  # bytes of an answer: no message in a proof may have more than 4096
_DEEPEST = 200
_FORK, _ATTESTED, _SHA256, _APPEND, _PREPEND = 0xFF, 0x00, 0x08, 0xF0, 0xF1
_PENDING = bytes.fromhex("83dfe30d2ef90c8e")
_ADDRESS = re.compile(rb"[A-Za-z0-9._/:-]{1,1000}")
_HEADERS = (("Accept", "application/vnd.opentimestamps.v1"), ("Content-Type", "application/x-www-form-urlencoded"))


def ask_calendars(text: bytes, calendars: Sequence[str], *, post: Post) -> bytes:
    """Return the proof file of a text, from all calendars that answer. Raises SigningError where none does."""
    ask = partial(_ask, sha256(text).digest(), post)
    with ThreadPoolExecutor(len(calendars)) as together:
        told = list(together.map(ask, calendars))
    answers = [one for one in told if isinstance(one, bytes)]
    if not answers:
        raise next(one for one in told if isinstance(one, SigningError))
    return proof_of(text, answers)


def _ask(digest: bytes, post: Post, calendar: str) -> bytes | SigningError:
    try:
        answer = post(f"{calendar.rstrip('/')}/digest", digest, _HEADERS)
    except SigningError as error:
        return error
    return answer if is_timestamp(answer) else SigningError(calendar, "what it answered is no timestamp")


def proof_of(text: bytes, answers: Iterable[bytes]) -> bytes:
    """Return the proof file of a text: its hash, and behind that each calendar's timestamp, branch by branch."""
    first, *others = answers
    return _HEAD + sha256(text).digest() + b"".join(map(_before_others, others)) + first


def _before_others(timestamp: bytes) -> bytes:
    """Return a timestamp to which more branches may follow: the mark of a fork stands before its last one too."""
    last = _last_branch(timestamp, 0, 0)
    return timestamp[:last] + bytes([_FORK]) + timestamp[last:]


def is_of(proof: bytes, text: bytes) -> bool:
    """Whether a proof file is one of this text, and whole."""
    start = _HEAD + sha256(text).digest()
    try:
        return proof.startswith(start) and _end(proof, len(start), 0) == len(proof)
    except (IndexError, ValueError):
        return False


def is_timestamp(answer: bytes) -> bool:
    """Whether an answer is one timestamp from its first byte to its last, of operations that calendars use."""
    try:
        return len(answer) <= _LARGEST and _end(answer, 0, 0) == len(answer)
    except (IndexError, ValueError):
        return False


def _end(proof: bytes, at: int, depth: int) -> int:
    """Return where the timestamp that begins at a place ends. Raises IndexError or ValueError for what is none."""
    if depth > _DEEPEST:
        raise ValueError("it is too deep")
    return _end_of_branch(proof, _last_branch(proof, at, depth), depth)


def _last_branch(proof: bytes, at: int, depth: int) -> int:
    """Return where the last branch of the timestamp that begins at a place begins."""
    while proof[at] == _FORK:
        at = _end_of_branch(proof, at + 1, depth)
    return at


def _end_of_branch(proof: bytes, at: int, depth: int) -> int:
    if proof[at] == _ATTESTED:
        kind, (start, end) = proof[at + 1 : at + 9], _counted(proof, at + 9)
        if kind == _PENDING and not _ADDRESS.fullmatch(proof, _counted(proof, start)[0], end):
            raise ValueError("a calendar's address is none")
        return end
    if proof[at] in {_APPEND, _PREPEND}:
        return _end(proof, _counted(proof, at + 1)[1], depth + 1)
    if proof[at] == _SHA256:
        return _end(proof, at + 1, depth + 1)
    raise ValueError("there is no such operation")


def _counted(proof: bytes, at: int) -> tuple[int, int]:
    """Return where bytes behind their own number begin and end; the number is in groups of seven bits, lowest first."""
    size, shift = proof[at] & 0x7F, 7
    while proof[at] & 0x80:
        at += 1
        size, shift = size | (proof[at] & 0x7F) << shift, shift + 7
    if not at + 1 + size <= len(proof):
        raise ValueError("it breaks off")
    return at + 1, at + 1 + size
