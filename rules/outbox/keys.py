"""The keys that make a letter unique: ids, a rung or step, and ISO dates; never a person.

With the deadline in force in the key, an extension re-arms the reminders by itself.
"""

from datetime import date

from rules.letter_words import LetterKind, Stake, Unreached
from rules.vocabulary import CrossingTrigger, Rung


def assignment(task_id: int, version: int = 0) -> str:
    """One assignment letter a task, and one more whenever it is given again: ``version`` is the task's."""
    again = f":{version}" if version else ""
    return f"{LetterKind.ASSIGNMENT}:{task_id}{again}"


def reminder(task_id: int, due_on: date, step: int) -> str:
    """One reminder a task, deadline in force, and step (working days before; 0 = the day)."""
    return f"{LetterKind.REMINDER}:{task_id}:{due_on.isoformat()}:{step}"


def urging(task_id: int, number: int) -> str:
    """One letter for each number of the series."""
    return f"{LetterKind.URGING}:{task_id}:{number}"


def review(task_id: int, review_on: date) -> str:
    """One letter a review date."""
    return f"{LetterKind.REVIEW}:{task_id}:{review_on.isoformat()}"


def confirmation(task_id: int, version: int, repeat: int = 0) -> str:
    """One letter for each submission (the task's version tells them apart), and one for each repeat.

    ``repeat`` is 1, 2, 3... for each time that the secretariat is asked again.
    """
    first = f"{LetterKind.CONFIRMATION}:{task_id}:{version}"
    return f"{first}:{repeat}" if repeat else first


def escalation(case_id: int, rung: Rung) -> str:
    """One letter for each rung that a case reaches."""
    return f"{LetterKind.ESCALATION}:{case_id}:{rung}"


def escalation_notice(case_id: int, rung: Rung, agency_id: str) -> str:
    """Each body is told once that the case has reached ``rung``."""
    return f"{LetterKind.ESCALATION_NOTICE}:{case_id}:{rung}:{agency_id}"


def decision(case_id: int) -> str:
    """One decision a case."""
    return f"{LetterKind.DECISION}:{case_id}"


def digest(as_of: date, agency_id: str) -> str:
    """One digest a date and reader."""
    return f"{LetterKind.DIGEST}:{as_of.isoformat()}:{agency_id}"


def no_contact(agency_id: str, on: date) -> str:
    """The secretariat is told once a day of a body that cannot be reached."""
    return f"{LetterKind.NO_CONTACT}:{agency_id}:{on.isoformat()}"


def unreached(agency_id: str, on: date, why: Unreached) -> str:
    """The secretariat is told once a day, and once a reason, of a body that got no letter."""
    reason = "" if why is Unreached.NO_ADDRESS else f":{why}"
    return f"{no_contact(agency_id, on)}{reason}"


def unreached_urgings(key: str, first_task: int) -> str:
    """... and once more of urgings of the same day that the letter with ``key`` does not name."""
    return f"{key}:{LetterKind.URGING}:{first_task}"


def channel_down(channel: str, on: date) -> str:
    """The secretariat is told once a day of a channel that does not work."""
    return f"{LetterKind.CHANNEL_DOWN}:{channel}:{on.isoformat()}"


def crossing(task_id: int, trigger: CrossingTrigger, step: int, due_on: date) -> str:
    """Each step of climbing is told once a deadline in force."""
    return f"{LetterKind.CROSSING}:{task_id}:{trigger}:{step}:{due_on.isoformat()}"


def extension(request_id: int, version: int) -> str:
    """The assigner is told once of each state that a request takes."""
    return f"{LetterKind.EXTENSION}:{request_id}:{version}"


def extension_answer(request_id: int, version: int) -> str:
    """The lead is told once of each answer: a counter-proposal, then the decision."""
    return f"{LetterKind.EXTENSION_ANSWER}:{request_id}:{version}"


def returned(task_id: int, version: int) -> str:
    """One letter each time that a result is returned."""
    return f"{LetterKind.RETURNED}:{task_id}:{version}"


def refused(task_id: int, version: int) -> str:
    """One letter each time that a task is refused."""
    return f"{LetterKind.REFUSED}:{task_id}:{version}"


def withdrawn(task_id: int, agency_id: str) -> str:
    """The lead and each cooperating body are told once."""
    return f"{LetterKind.WITHDRAWN}:{task_id}:{agency_id}"


def handed_over(task_id: int, agency_id: str) -> str:
    """Each body that it concerns is told once; ``task_id`` is the task that closed."""
    return f"{LetterKind.HANDED_OVER}:{task_id}:{agency_id}"


def cooperation(task_id: int, agency_id: str, version: int = 0) -> str:
    """Each cooperating body is asked once, and once more if it was released: ``version`` is its part's."""
    again = f":{version}" if version else ""
    return f"{LetterKind.COOPERATION}:{task_id}:{agency_id}{again}"


def deadline(task_id: int, version: int, agency_id: str) -> str:
    """Each body is told once of a deadline that was set or moved; ``version`` is the task's after it."""
    return f"{LetterKind.DEADLINE}:{task_id}:{version}:{agency_id}"


def body_ended(agency_id: str, ended_on: date, task_id: int, stake: Stake) -> str:
    """The secretariat is told once of each task in which a body that has ended has a stake.

    Another last day is another end.
    """
    return f"{LetterKind.BODY_ENDED}:{agency_id}:{ended_on.isoformat()}:{task_id}:{stake}"


def calendar(counted_on: date, first_id: int) -> str:
    """The secretariat is told once of what one count by a changed calendar found."""
    return f"{LetterKind.CALENDAR}:{counted_on.isoformat()}:{first_id}"


def correction(task_id: int, version: int, agency_id: str) -> str:
    """Each body that a correction concerns is told once; ``version`` is the task's."""
    return f"{LetterKind.CORRECTION}:{task_id}:{version}:{agency_id}"


def reopened(task_id: int, version: int, agency_id: str) -> str:
    """The lead and each cooperating body are told once, each time that a task is opened again."""
    return f"{LetterKind.REOPENED}:{task_id}:{version}:{agency_id}"


def recalled(document_id: int, agency_id: str) -> str:
    """Each body that works on a document is told once that it was taken back."""
    return f"{LetterKind.RECALLED}:{document_id}:{agency_id}"


def paper_due(agency_id: str, prepared_on: date) -> str:
    """The secretariat is asked once to sign the paper of a day to a body."""
    return f"{LetterKind.PAPER_DUE}:{agency_id}:{prepared_on.isoformat()}"


def clock(over_on: date) -> str:
    """The secretariat is told of a leap of the clock when it is over; once a day, however often that is."""
    return f"{LetterKind.CLOCK}:{over_on.isoformat()}"
