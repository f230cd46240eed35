"""Being asked to stop: SIGTERM is heard as Ctrl-C is, and neither is lost."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """Raise KeyboardInterrupt on SIGINT and SIGTERM; yield a check to call between two steps.

    Python swallows what is raised within a callback of its own (a finalizer's, a weak reference's). The check raises
    again what was lost that way.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    heard: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    def check() -> None:
        if heard:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
