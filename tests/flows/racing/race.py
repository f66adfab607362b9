"""Two acts at the same moment: each in a thread, held until both have looked."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

Doing = Callable[[Engine], Any]
PATIENCE = 0.1  # seconds for the other to come as far; who waits for a lock of the first one never does
_WRITES = ("UPDATE", "INSERT", "DELETE", "WITH")


class Raced(list[Any]):
    """What came of each; ``met`` if all had looked before any wrote, or one waited for the other's lock."""

    met = False


def at_once(engine: Engine, acts: Sequence[Doing], look_first: bool) -> Raced:
    """Do all of it, each in a thread, and return what came of it: values or exceptions.

    ``look_first`` holds every thread before its first write until the others have come as far, or can't.
    """
    outcomes = Raced([None] * len(acts))
    looked = threading.Barrier(len(acts), timeout=PATIENCE)
    waited = threading.local()

    def wait_for_the_other(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().startswith(_WRITES) and not hasattr(waited, "once"):
            waited.once = True
            try:
                looked.wait()
                outcomes.met = True
            except threading.BrokenBarrierError:
                outcomes.met |= _waits_for_a_lock(engine)

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


def _waits_for_a_lock(engine: Engine) -> bool:
    """Whether some session of this PostgreSQL database is held up by another one's lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql(f"{waiting} AND wait_event_type = 'Lock'").scalar())
