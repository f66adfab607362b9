"""The door to every letter that leaves the building: facts in, one ``Letter`` out.

Pure functions: no clock, no database, no settings. The words stand in ``templates/<letter>.j2``.
"""

from notifications.letters.cases import decision_letter, escalation_letter, escalation_notice
from notifications.letters.digest import digest_letter
from notifications.letters.secretariat import confirmation_letter, no_contact_letter
from notifications.letters.tasks import assignment_letter, morning_letter

__all__ = [
    "assignment_letter",
    "confirmation_letter",
    "decision_letter",
    "digest_letter",
    "escalation_letter",
    "escalation_notice",
    "morning_letter",
    "no_contact_letter",
]
