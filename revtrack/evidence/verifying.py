"""Check all that an archive holds: the file, every body, every leaf, and all of it against checkpoints kept elsewhere.

What this proves: that the archive says today what it said when a checkpoint was taken. Without a checkpoint that was
kept where nobody who can write the archive could change it, a forger who changes rows and hashes alike is not found. It
never proves that the publisher served what was received.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from revtrack.archive import Archive
from revtrack.evidence.checkpoints import Checkpoint, origin_of
from revtrack.merkle import root


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was recorded."""

    about: str
    says: str


def verify(archive: Archive, checkpoints: Iterable[Checkpoint] = ()) -> Iterator[Damage]:
    """Yield everything that is not as it was recorded, the coarsest first; nothing when all is well."""
    yield from (Damage("file", says) for says in archive.damage())
    for name, found in archive.body_hashes():
        if name != found:
            yield Damage(f"body {name[:12]}", "its bytes are not those that were received")
    kept = []
    for place, leaf in enumerate(archive.leaves()):
        kept.append(leaf.hash)
        if leaf.position != place:
            yield Damage(f"leaf {place}", "it is missing")
            break
        if leaf.found == b"":
            yield Damage(leaf.about, "it was recorded and is not there any more")
        elif leaf.found is not None and leaf.found != leaf.hash:
            yield Damage(leaf.about, "it is not what was recorded")
    yield from _against(checkpoints, kept)


def _against(checkpoints: Iterable[Checkpoint], leaves: list[bytes]) -> Iterator[Damage]:
    for checkpoint in checkpoints:
        about = f"checkpoint of {checkpoint.at:%Y-%m-%d %H:%M:%S} UTC"
        if not leaves or checkpoint.origin != origin_of(leaves[0]):
            yield Damage(about, "it is of another archive, or the first thing recorded here was changed")
        elif checkpoint.size > len(leaves):
            cut = f"it counts {checkpoint.size} records, and {len(leaves)} are there: the end was cut off"
            yield Damage(about, cut)
        elif root(leaves[: checkpoint.size]) != checkpoint.root:
            yield Damage(about, "the records it stands for were changed")
