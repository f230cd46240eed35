"""Check all that an archive holds: the file, every body, every leaf, and all of it against checkpoints kept elsewhere.

What this proves: that the archive says today what it said when a checkpoint was taken. Without a checkpoint that was
kept where nobody who can write the archive could change it, a forger who changes rows and hashes alike is not found. It
never proves that the publisher served what was received.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from revtrack.archive import Archive
from revtrack.archive.values import Leaf, Look
from revtrack.errors import ArchiveError, SigningError
from revtrack.evidence.calendars import is_of
from revtrack.evidence.checkpoints import Checkpoint, origin_of, stamp_of
from revtrack.evidence.signing import why_wrong
from revtrack.evidence.stamping import why_stamp_is_wrong
from revtrack.merkle import Tree
from revtrack.model import Article
from revtrack.rendering.wording import count

_MOST_SIGNATURES = 20  # each costs a process; the newest stand for all that was recorded before

_WHAT = {
    "reading": "the story that was read",
    "stated": "the time of change that its page stated",
    "article": "its address",
    "known": "the addresses that lead to it",
    "ended": "since when it is not looked at, or that it is another",
}
"""What records are called that are one of their article or version; others go by kind and number."""


class State(StrEnum):
    """What became of something that was recorded."""

    DAMAGED = "damaged"
    REDACTED = "redacted"
    UNPROVABLE = "unprovable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was recorded, was taken out on purpose, or cannot be proven.

    `article` and `version` say whose it is, None where that is not known, or where it is the whole archive.
    """

    state: State
    about: str
    says: str
    article: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """By what signatures and time stamps are checked: the text of an `allowed_signers` file, an authority's file."""

    signers: str = ""
    authority: str = ""


def verify(archive: Archive, checkpoints: Iterable[Checkpoint] = (), trust: Trust | None = None) -> Iterator[Finding]:
    """Yield everything that is not as it was recorded, the coarsest first, then what was redacted or is unprovable.

    Nothing at all comes of an archive that is whole, has lost nothing, and is covered by a checkpoint.
    """
    yield from (Finding(State.DAMAGED, "file", says) for says in archive.damage())
    yield from _bodies(archive)
    kept, held = bytearray(), list(checkpoints)
    for place, leaf in enumerate(archive.leaves()):
        kept += leaf.hash.ljust(32, b"\0")[:32]
        if leaf.position != place:
            yield Finding(State.DAMAGED, f"record {place}", "it is missing")
            break
        yield from _leaf(leaf)
    tree = Tree(bytes(kept[start : start + 32]) for start in range(0, len(kept), 32))
    for checkpoint in held:
        yield from _against(checkpoint, tree)
    yield from _signatures(archive, held, trust or Trust())
    yield from _uncovered(held, tree)


def _bodies(archive: Archive) -> Iterator[Finding]:
    """Yield the looks whose bytes are others than were received, and how many of each article have theirs no more."""
    kept: set[str] = set()
    wrong: set[str] = set()
    for name, found in archive.body_hashes():
        kept.add(name)
        if name != found:
            wrong.add(name)
    for article in archive.articles():
        yield from _bodies_of(archive, article, kept, wrong)
    for name in sorted(wrong):
        yield Finding(State.DAMAGED, f"body {name[:12]}", "its bytes are not those that were received")


def _bodies_of(archive: Archive, article: Article, kept: set[str], wrong: set[str]) -> Iterator[Finding]:
    """Yield what is found of one article's bytes; those of `wrong` that are told of here are taken out of it."""
    looks, says = _readable(archive, article)
    if says:
        yield Finding(State.DAMAGED, _named(article.id, None, "looks"), says, article.id)
    for look in looks:
        if look.snapshot.body_sha256 in wrong:
            seen = f"look {look.snapshot.id} of {look.snapshot.fetched_at:%F %T} UTC"
            says = "the bytes of the page are not those that were received"
            yield Finding(State.DAMAGED, _named(article.id, look.version, seen), says, article.id, look.version)
            wrong.discard(look.snapshot.body_sha256)
    gone = sum(bool(name) and name not in kept for name in (look.snapshot.body_sha256 for look in looks))
    if gone:
        says = "their bytes were let go by a rule of retention; that they came, and their hashes, stand"
        yield Finding(State.UNPROVABLE, _named(article.id, None, count(gone, "look")), says, article.id)


def _readable(archive: Archive, article: Article) -> tuple[list[Look], str]:
    """Return the looks at an article up to the first that cannot be read, and what is wrong with that one."""
    looks: list[Look] = []
    try:
        looks.extend(archive.looks(article))
    except ArchiveError:
        return looks, "headers and addresses of one of them cannot be read"
    return looks, ""


def _leaf(leaf: Leaf) -> Iterator[Finding]:
    whose = _named(leaf.article, leaf.version, (leaf.article and _WHAT.get(leaf.kind)) or leaf.about)
    if leaf.found == b"":
        says = "it was recorded and is not there any more"
        yield Finding(State.DAMAGED, whose, says, leaf.article, leaf.version)
    elif leaf.found is not None and leaf.found != leaf.hash:
        yield Finding(State.DAMAGED, whose, "it is not what was recorded", leaf.article, leaf.version)
    elif leaf.redacted:
        yield Finding(State.REDACTED, whose, leaf.redacted, leaf.article, leaf.version)


def _named(article: int | None, version: int | None, what: str) -> str:
    """Return what something is called: whose it is first."""
    owner = f"article {article}" + (f", version {version}" if version else "")
    return f"{owner}: {what}" if article is not None else what


def _against(checkpoint: Checkpoint, tree: Tree) -> Iterator[Finding]:
    if not len(tree) or checkpoint.origin != origin_of(tree.leaf(0)):
        says = "it is of another archive, or the first thing recorded here was changed"
    elif checkpoint.size > len(tree):
        says = f"it counts {checkpoint.size} records, and {len(tree)} are there: the end was cut off"
    elif tree.root(checkpoint.size) != checkpoint.root:
        says = "the records it stands for were changed"
    else:
        return
    yield Finding(State.DAMAGED, _called(checkpoint), says)


def _signatures(archive: Archive, checkpoints: Sequence[Checkpoint], trust: Trust) -> Iterator[Finding]:
    """Check the newest signatures and time stamps by the keys that are trusted."""
    signed = [(one, signature) for one in checkpoints for signature in one.signatures]
    for checkpoint, signature in signed[-_MOST_SIGNATURES:]:
        about = f"signature of {signature.signer} below the {_called(checkpoint)}"
        ask = partial(why_wrong, signature, checkpoint.text.encode(), signers=trust.signers)
        lacking = "no key is trusted to check it by: --signers names a file of them"
        yield from _attested(about, ask if trust.signers else None, lacking)
    stamped = [(one, stamp_of(archive, one)) for one in checkpoints if stamp_of(archive, one).exists()]
    for checkpoint, stamp in stamped[-_MOST_SIGNATURES:]:
        text, authority = checkpoint.text.encode(), Path(trust.authority)
        ask = partial(why_stamp_is_wrong, stamp.read_bytes(), text, authority=authority)
        lacking = "no authority is trusted to check it by: set authority under [evidence]"
        yield from _attested(f"time stamp of the {_called(checkpoint)}", ask if trust.authority else None, lacking)
    for checkpoint in checkpoints:
        proof = stamp_of(archive, checkpoint, ending="ots")
        if proof.exists() and not is_of(proof.read_bytes(), checkpoint.text.encode()):
            about = f"proof of OpenTimestamps of the {_called(checkpoint)}"
            yield Finding(State.DAMAGED, about, "it does not hold: it is of something else, or not whole")


def _attested(about: str, ask: Callable[[], str] | None, lacking: str) -> Iterator[Finding]:
    """Yield what is wrong with a signature: `ask` says why it does not hold; None, that nothing is there to ask."""
    try:
        why = ask() if ask else None
    except SigningError as error:
        why, lacking = None, str(error)
    if why is None:
        yield Finding(State.UNPROVABLE, about, lacking)
    elif why:
        yield Finding(State.DAMAGED, about, f"it does not hold: {why}")


def _uncovered(checkpoints: Sequence[Checkpoint], tree: Tree) -> Iterator[Finding]:
    """Say which records no checkpoint stands for: changed together with their hashes, nothing would tell."""
    covered = max((one.size for one in checkpoints if one.size <= len(tree)), default=0)
    if len(tree) > covered:
        since = "there is no checkpoint of them" if not covered else "they came after the last checkpoint"
        about = f"{len(tree) - covered} records"
        yield Finding(State.UNPROVABLE, about, f"{since}: whoever can write the archive could change them unseen")


def _called(checkpoint: Checkpoint) -> str:
    return f"checkpoint of {checkpoint.at:%Y-%m-%d %H:%M:%S} UTC"
