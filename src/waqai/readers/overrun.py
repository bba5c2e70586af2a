"""A time limit for one page: a page that overruns it is given up with its reason, and the run goes on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from waqai.errors import TooLarge

MAX_SECONDS = 20.0  # the slowest page within the bounds of `markup` takes 5 s on one busy core


class _Overrun(BaseException):
    """Not an Exception: the libraries between catch those and would go on."""


@contextmanager
def limited(where: str, seconds: float = MAX_SECONDS) -> Iterator[None]:
    """Gives up what runs inside after `seconds` of waiting. Raises TooLarge, naming `where`.

    It works by an alarm signal, which only the main thread of a Unix system gets; elsewhere, and where the program
    around has set an alarm of its own, the bounds on size and depth must do.
    """
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not usable or signal.getitimer(signal.ITIMER_REAL)[0] or signal.getsignal(signal.SIGALRM) is None:
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise _Overrun

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    except _Overrun:
        raise TooLarge(f"a page that takes more than {seconds:.0f} s", where, "save the article alone") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
