"""Letters of several days that travel together: each matter is said once, as the newest of them says it."""

from collections.abc import Sequence
from datetime import date

from notifications.outbox.carried import Carried
from rules.outbox.payloads.office import NoContact


def newest(letters: Sequence[Carried]) -> list[Carried]:
    """One letter for a task and kind, in the order in which they came."""
    found = {(one.kind, one.task_id): one for one in sorted(letters, key=_age)}
    return [one for one in letters if found[one.kind, one.task_id] is one]


def _age(letter: Carried) -> tuple[date, int, int]:
    """The day it was written for; of one day the higher number of the series."""
    return letter.scheduled_on, letter.number or 0, letter.id


def by_body(letters: Sequence[Carried]) -> dict[str, list[int]]:
    """The bodies that could not be written to, each with all the tasks that letters name of it, in order."""
    found: dict[str, set[int]] = {}
    for one in letters:
        told = one.told(NoContact)
        found.setdefault(told.agency_id, set()).update(told.task_ids)
    return {body: sorted(tasks) for body, tasks in found.items()}
