"""What a reader may not do: take more than its share, outlive its zygote, or leave its memory on the disk."""

import ctypes
import os
import resource
import signal
from pathlib import Path

from flows.actions.reading.apart.orders import Bounds

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 36, 38
_NICE = 10  # pages and sweeps come first
_FILES = 512
#: For the programs of a reader, which lift the soft limit to this one (``formats/ocr.py``, ``word_97.py``).
_MOST_CPU = 600


def adopt_strays() -> None:
    """Whoever of this process's descent loses its parent becomes its own child, whatever session it is in."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def confine(bounds: Bounds, zygote: int) -> None:
    """Bind this process, just forked by ``zygote``, and what it starts."""
    os.setsid()
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:  # it died before the line above
        os._exit(1)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    os.nice(_NICE)
    _lower(resource.RLIMIT_CORE, 0, 0)
    _lower(resource.RLIMIT_NOFILE, _FILES, _FILES)
    _lower(resource.RLIMIT_FSIZE, bounds.file_bytes, bounds.file_bytes)
    _lower(resource.RLIMIT_CPU, bounds.cpu_seconds, max(_MOST_CPU, bounds.cpu_seconds))
    _lower(resource.RLIMIT_AS, _address_space() + bounds.memory, resource.RLIM_INFINITY)


def _lower(kind: int, soft: int, hard: int) -> None:
    """Never above what this process has already been given."""
    known = resource.getrlimit(kind)[1]
    if known != resource.RLIM_INFINITY:
        soft = min(soft, known)
        hard = known if hard == resource.RLIM_INFINITY else min(hard, known)
    resource.setrlimit(kind, (soft, hard))


def _address_space() -> int:
    """Bytes of address space that this process has by now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
