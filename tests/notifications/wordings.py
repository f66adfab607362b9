"""Every wording of a letter by one name, for the casts; ``test_letters.py`` holds it to the templates."""

from notifications.letters.cases import decision_letter, escalation_letter, escalation_notice
from notifications.letters.clock import clock_letter
from notifications.letters.deadlines import deadline_letter
from notifications.letters.digest import digest_letter
from notifications.letters.ended_bodies import body_ended_letter
from notifications.letters.extensions import counter_taken_letter, extension_answer, extension_letter
from notifications.letters.kit.about_tasks import ToldTasks
from notifications.letters.kit.matters import Matter, OfBody, OfEndedBody
from notifications.letters.lateness_reports import crossing_letter, paper_due_letter
from notifications.letters.mended import correction_letter, recalled_letter, reopened_letter
from notifications.letters.notices import (
    handed_over_letter,
    new_lead_letter,
    refused_letter,
    returned_letter,
    withdrawn_letter,
)
from notifications.letters.people import invitation_letter, officer_letter, sign_in_letter
from notifications.letters.recounts import ChangedCalendar, CountedAnew, calendar_letter
from notifications.letters.secretariat import (
    ChannelTold,
    channel_down_letter,
    confirmation_letter,
    no_contact_letter,
)
from notifications.letters.tasks import Morning, assignment_letter, cooperation_letter, morning_letter

__all__ = [
    "ChangedCalendar",
    "CountedAnew",
    "Matter",
    "Morning",
    "OfBody",
    "OfEndedBody",
    "ChannelTold",
    "ToldTasks",
    "assignment_letter",
    "body_ended_letter",
    "calendar_letter",
    "channel_down_letter",
    "clock_letter",
    "confirmation_letter",
    "counter_taken_letter",
    "cooperation_letter",
    "correction_letter",
    "crossing_letter",
    "deadline_letter",
    "decision_letter",
    "digest_letter",
    "escalation_letter",
    "escalation_notice",
    "extension_answer",
    "extension_letter",
    "handed_over_letter",
    "invitation_letter",
    "morning_letter",
    "new_lead_letter",
    "no_contact_letter",
    "officer_letter",
    "paper_due_letter",
    "recalled_letter",
    "refused_letter",
    "reopened_letter",
    "returned_letter",
    "sign_in_letter",
    "withdrawn_letter",
]
