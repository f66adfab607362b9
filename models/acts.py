"""What every record of an act says of it: who did it, for which body, and when; taken from the act alone."""

from typing import Any

from config.act import Act


def when(act: Act) -> dict[str, Any]:
    """The columns ``happened_at`` and ``happened_on`` of a history that names nobody."""
    return {"happened_at": act.now, "happened_on": act.today}


def signed(act: Act) -> dict[str, Any]:
    """The same with ``actor`` and ``actor_agency_id``, for a history that says who it was."""
    return {**when(act), "actor": act.actor, "actor_agency_id": act.body}
