"""Two acts at the same moment: each in a thread, held until both have looked."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

Doing = Callable[[Engine], Any]
PATIENCE = 0.1  # seconds for the other to come as far; who waits for a lock of the first one never does
_WRITES = ("UPDATE", "INSERT", "DELETE", "WITH")


def at_once(engine: Engine, acts: Sequence[Doing], look_first: bool) -> list[Any]:
    """Do all of it, each in a thread, and return what came of it: values or exceptions.

    ``look_first`` holds every thread before its first write until the others have come as far, or can't.
    """
    outcomes: list[Any] = [None] * len(acts)
    looked = threading.Barrier(len(acts), timeout=PATIENCE)
    waited = threading.local()

    def wait_for_the_other(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().startswith(_WRITES) and not hasattr(waited, "once"):
            waited.once = True
            with suppress(threading.BrokenBarrierError):
                looked.wait()

    def run(number: int) -> None:
        try:
            outcomes[number] = acts[number](engine)
        except Exception as error:
            outcomes[number] = error
        looked.abort()  # nobody need wait for this one any more

    if look_first:
        sa.event.listen(engine, "before_cursor_execute", wait_for_the_other)
    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "one of them still waits"
    if look_first:
        sa.event.remove(engine, "before_cursor_execute", wait_for_the_other)
    return outcomes
