"""Publishing a conclusion with 100 directives to 40 bodies: 1,500 tasks in one transaction."""

from itertools import cycle
from statistics import median
from time import perf_counter

from tests.bench.in_a_child import measured
from tests.bench.rows import Row
from tests.bench.towns import both

DIRECTIVES, BODIES, LEADS, HELPERS = 100, 40, 15, 2
TURNS = 3
LIMIT = 1.0  # seconds: the secretary waits for it


def publish() -> list[Row]:
    """Seconds from the button to the commit, start-up aside, the median of three conclusions."""
    rows = []
    for town in both(lambda url: None):
        with town.fresh() as url:
            found = measured("tests.bench.publish:issue_some", url)
        assert found["tasks"] == DIRECTIVES * LEADS, found
        rows.append(Row(f"publish 1,500 tasks, {town.kind}", found["seconds"], "s", limit=LIMIT))
    return rows


def issue_some(url: str) -> dict[str, float]:
    """In the child: conclusions one after the other, each to the same bodies."""
    from models.db import open_database
    from tests.cast import DUE_ON, by, directive, move_in, only_issue, register

    engine = move_in(open_database(url))
    bodies = [body.id for body in register().bodies if body.kind not in ("tap-the", "thanh-vien")]
    turn, seconds, tasks = cycle(bodies[:BODIES]), [], 0
    for number in range(TURNS):
        directives = [
            directive(
                f"Việc {number}.{n}: tham mưu cân đối kinh phí hỗ trợ hợp tác xã.",
                *(next(turn) for _ in range(LEADS)),
                cooperate=[next(turn) for _ in range(HELPERS)],
                due=by(DUE_ON),
            )
            for n in range(DIRECTIVES)
        ]
        start = perf_counter()
        tasks = len(only_issue(engine, *directives, number=f"{number}/TB-UBND").task_codes)
        seconds.append(perf_counter() - start)
    engine.dispose()
    return {"seconds": median(seconds), "tasks": tasks}
