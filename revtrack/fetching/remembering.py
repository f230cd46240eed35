"""What politeness remembers while a pass runs, and which of it is new. Knows nothing of what is remembered."""

from collections import deque
from collections.abc import Mapping


class Remembering(dict[str, str]):
    """A mapping that one thread writes, and whose changes another may take at any time."""

    def __init__(self, known: Mapping[str, str]) -> None:
        super().__init__(known)
        self._changed: deque[str] = deque()

    def __setitem__(self, key: str, value: str) -> None:
        super().__setitem__(key, value)
        self._changed.append(key)

    def take_changes(self) -> dict[str, str]:
        """Return what was written since the last time."""
        keys = {self._changed.popleft() for _ in range(len(self._changed))}
        return {key: self[key] for key in keys}
