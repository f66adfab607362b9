"""Letters of several days that travel together: each matter is said once, as the newest of them says it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from notifications.carried import Carried


def newest(letters: Sequence[Carried]) -> list[Carried]:
    """One letter for a task and kind, in the order in which they came."""
    found = {(one.kind, one.task_id): one for one in sorted(letters, key=_age)}
    return [one for one in letters if found[one.kind, one.task_id] is one]


def _age(letter: Carried) -> tuple[date, int, int]:
    """The day it was written for; of one day the higher number of the series."""
    return letter.scheduled_on, letter.number or 0, letter.id


def by_body(letters: Sequence[Carried]) -> list[Carried]:
    """One letter for each body that could not be written to, with all the tasks that they name."""
    found: dict[str, Carried] = {}
    for one in letters:
        body = one.data["agency_id"]
        tasks = {*found.get(body, one).data["task_ids"], *one.data["task_ids"]}
        found[body] = replace(found.get(body, one), data=one.data | {"task_ids": sorted(tasks)})
    return list(found.values())
